"""`./yike map`: an OpenStreetMap extract becomes the offline base map, without a database."""

"""The citizen's door: on a cheap phone, perhaps seventy years old, perhaps upset."""

"""OGC API - Features at /ogc: layers of the map for other platforms and programs such as QGIS."""

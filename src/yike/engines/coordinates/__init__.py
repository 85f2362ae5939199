"""Map coordinates of China: WGS84 (CGCS2000), GCJ-02, BD-09; shifted uploads are recognised."""

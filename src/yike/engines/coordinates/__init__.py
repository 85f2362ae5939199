"""Map coordinates of China: WGS84 (CGCS2000), GCJ-02, BD-09; shifted uploads are recognised.

`systems` converts, `projected` reads metres of Gauss-Krüger zones, `shifted` recognises an upload
that is not what it is said to be. Nothing here converts silently.
"""

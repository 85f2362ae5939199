"""Exact travel times at an instant, with scheduled lines over a static network.

`scan` walks the connections of a day backwards once, `answers` then asks for any instant, `plan`
holds the two together. The network enters as times only: between stops, from stops to stations,
from rows (nodes or cells) to both.
"""

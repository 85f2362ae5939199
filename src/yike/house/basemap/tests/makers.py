"""A small bay for tests: land in the west, an island at sea, a lake with an islet, roads, names."""

from __future__ import annotations

from pathlib import Path

import osmium

#: West, south, east, north of the extract.
BOX = (121.80, 29.10, 122.00, 29.30)
#: A point of each: open sea, the mainland, the island in the sea, the lake, the islet in it.
SEA, LAND, ISLAND = (121.98, 29.12), (121.82, 29.12), (121.96, 29.25)
LAKE, ISLET = (121.845, 29.215), (121.855, 29.225)

_ROUND = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))  # counter-clockwise: land inside a coast
Corners = list[tuple[float, float]]


def write(path: Path, *, coast: bool = True, open_coast: bool = False) -> Path:
    """This will write the bay as an OpenStreetMap file."""
    header = osmium.io.Header()
    header.add_box(osmium.osm.Box(*BOX))
    with osmium.SimpleWriter(str(path), header=header) as writer:
        Bay(writer).draw(coast=coast, open_coast=open_coast)
    return path


class Bay:
    """Writes nodes as they come, and ways and relations after them."""

    def __init__(self, writer: osmium.SimpleWriter) -> None:
        self.writer = writer
        self.nodes = 0
        self.ways: list[tuple[list[int], dict[str, str]]] = []

    def draw(self, *, coast: bool, open_coast: bool) -> None:
        """This will write everything, nodes before ways before the lake."""
        if coast:
            # the sea is on the right of a coast: northward, it lies in the east
            end = 29.20 if open_coast else 29.40
            self.way([(121.90, 29.00), (121.90, 29.15), (121.91, end)], {"natural": "coastline"})
            self.way(_box(121.95, 29.24, 0.02), {"natural": "coastline"})
        outer = self.way(_box(121.84, 29.21, 0.03), {})
        inner = self.way(_box(121.85, 29.22, 0.01), {})
        self.way([(121.81, 29.15), (121.89, 29.15)], {"highway": "primary", "name": "沿海路"})
        self.way([(121.85, 29.15), (121.85, 29.18)], {"highway": "residential", "name": "渔港路"})
        self.way([(121.89, 29.20), (121.95, 29.25)], {"route": "ferry", "name": "轮渡"})
        self.way(_box(121.815, 29.152, 0.0005), {"building": "yes"})
        self.way(_box(121.81, 29.16, 0.02), {"landuse": "forest"})
        self.way([(121.83, 29.0), (121.83, 29.11)], {"waterway": "river", "name": "白溪"})
        self.node(121.85, 29.16, {"place": "town", "name": "Shipu", "name:zh": "石浦镇"})
        self.node(121.82, 29.13, {"place": "village", "name": "东门村"})
        self.node(121.851, 29.151, {"amenity": "courthouse", "name": "石浦人民法庭"})
        self.node(121.852, 29.151, {"amenity": "courthouse"})
        for number, (refs, tags) in enumerate(self.ways, start=1):
            self.writer.add_way(osmium.osm.mutable.Way(id=number, nodes=refs, tags=tags, version=1))
        told = {"type": "multipolygon", "natural": "water", "name": "石浦湖"}
        members = [("w", outer, "outer"), ("w", inner, "inner")]
        self.writer.add_relation(
            osmium.osm.mutable.Relation(id=1, members=members, tags=told, version=1)
        )

    def node(self, lon: float, lat: float, tags: dict[str, str] | None = None) -> int:
        """This will write one node."""
        self.nodes += 1
        self.writer.add_node(
            osmium.osm.mutable.Node(id=self.nodes, location=(lon, lat), tags=tags or {}, version=1)
        )
        return self.nodes

    def way(self, corners: Corners, tags: dict[str, str]) -> int:
        """This will write the nodes of a way, and keep it until all nodes are written."""
        closed = corners[0] == corners[-1]
        refs = [self.node(*corner) for corner in (corners[:-1] if closed else corners)]
        self.ways.append(([*refs, refs[0]] if closed else refs, tags))
        return len(self.ways)


def _box(west: float, south: float, side: float) -> Corners:
    return [(west + side * x, south + side * y) for x, y in _ROUND]

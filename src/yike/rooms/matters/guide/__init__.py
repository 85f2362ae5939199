"""法务地图: where help is near, for whom, by which way, whether it is open and who stands there.

Whoever asks (portal, desk, a printed guide) gets the same answer. Public facts alone: no actor is
asked for, and where somebody is, is neither kept nor logged.
"""

from yike.rooms.matters.guide.around import (
    ITEMS_OF,
    MOST,
    PAGE,
    Asked,
    GuideFace,
    around,
    need_of,
    spot_of,
    spots_in,
)
from yike.rooms.matters.guide.heading import FACING, Heading, heading
from yike.rooms.matters.guide.rules import direct, far, read_aloud, straight
from yike.rooms.matters.guide.spots import NEEDS, SERVICE_OF, SORTS, Spot, Stands
from yike.rooms.matters.guide.starts import Start, start_at, start_of
from yike.rooms.matters.guide.ways import Way, cut_off, way_of

__all__ = [
    "FACING", "ITEMS_OF", "MOST", "NEEDS", "PAGE", "SERVICE_OF", "SORTS", "Asked", "GuideFace",
    "Heading", "Spot", "Stands", "Start", "Way", "around", "cut_off", "direct", "far", "heading",
    "need_of", "read_aloud", "spot_of", "spots_in", "start_at", "start_of",
    "straight", "way_of",
]  # fmt: skip

"""How a unit is called in speech: the short name of a village, the full name of an address."""

from __future__ import annotations

from yike.rooms.regions.codes import Level

_ENDINGS = (
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("村村民委员会", "村"),
    ("村民委员会", "村"),
    ("村村委会", "村"),
    ("村委会", "村"),
    ("居民委员会", "社区"),
    ("居委会", "社区"),
)


def short_name(name: str, level: Level) -> str:
    """This will return what people say: 旭拱岙村委会 → 旭拱岙村; other levels keep their name."""
    if level != "village":
        return name
    for ending, spoken in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending) + spoken
    return name

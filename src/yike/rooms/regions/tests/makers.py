"""The tree for tests: the shipped one, loaded by the house, and people who look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from yike.rooms.core import actor as actors
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.regions import actions, codes, reference

HOUSE = actors.system("test")
COUNTY = "330225000000"
SHIPU = "330225101000"
JINPING = "330225101004"
#: Keepers of the registers of 象山县 and of 寿县.
KEEPER = Actor(
    kind="staff", ref="01900000-0000-7000-8000-000000000001", roles=frozenset({"dispatcher"}),
    region_from="330225000000", region_until="330226000000",
)  # fmt: skip
STRANGER = Actor(
    kind="staff", ref="01900000-0000-7000-8000-000000000002", roles=frozenset({"dispatcher"}),
    region_from="340422000000", region_until="340423000000",
)  # fmt: skip
GUEST = actors.visitor("portal")


#: 浙江省, 宁波市 and their names are needed to say where 象山县 lies.
ABOVE = [("330000000000", "330000000001"), ("330200000000", "330200000001")]


@contextmanager
def county(*more: str) -> Iterator[Actor]:
    """The house acts, with 象山县 (and other units with all below them): 0.1 s, not 0.7."""
    with acting(HOUSE):
        plant(*more)
        yield HOUSE


def plant(*more: str) -> None:
    """Write 象山县 and other units into the tree, inside a transaction of the house."""
    spans = [*ABOVE, codes.span(COUNTY), *(codes.span(code) for code in more)]
    actions.load_regions(regions=reference.region_facts(*spans), populations=[], actor=HOUSE)


@contextmanager
def tree() -> Iterator[Actor]:
    """The house acts, with the whole shipped tree."""
    with acting(HOUSE):
        reference.load_reference(actor=HOUSE)
        yield HOUSE

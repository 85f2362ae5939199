"""Printed sheets: the map's arithmetic, and that what is told is set as it was told."""

from __future__ import annotations

import itertools
import json
from math import hypot
from typing import Any

import pytest
import shapely
import typst

from yike.doors.kit import outline, press, qr
from yike.doors.kit.outline import Chart

#: markup of typst, of svg and of shells: all of it only words
NASTY = '石浦 #strong[x] $x^2$ \\ "a" </svg><script> *b* @ref // `c`'
CHART = Chart(
    outlines={"own": shapely.box(121.8, 29.1, 122.0, 29.3)}, own="own",
    points={n: (121.9 + n / 100_000, 29.2) for n in range(1, 9)}, labels={NASTY: (121.9, 29.25)},
)  # fmt: skip


def test_points_that_cover_one_another_are_moved_aside() -> None:
    frame = outline.framed(CHART, 760, 480)
    placed = outline.apart({n: frame.at(point) for n, point in CHART.points.items()})
    for one, other in itertools.combinations(placed.values(), 2):
        assert hypot(one[0] - other[0], one[1] - other[1]) >= 22, "each number can be read"
    assert placed[1] == frame.at(CHART.points[1]), "the first stays where it is"


@pytest.mark.parametrize("size", [(760, 480), (300, 900)])
def test_what_is_drawn_fits_and_keeps_its_shape(size: tuple[int, int]) -> None:
    frame = outline.framed(CHART, *size)
    west, north = frame.at((121.8, 29.3))
    east, south = frame.at((122.0, 29.1))
    assert min(west, north) >= 30
    assert east <= size[0] - 30
    assert south <= size[1] - 30
    across, down = 0.2 * 97_100, 0.2 * 111_195  # metres at 29.2 degrees
    assert (east - west) / (south - north) == pytest.approx(across / down, rel=0.01)
    assert frame.metres_a_pixel * (south - north) == pytest.approx(down, rel=0.001)


@pytest.mark.parametrize(("a_pixel", "metres"), [(1, 100), (3.2, 500), (40, 5000), (0.1, 100)])
def test_the_bar_is_a_round_length(a_pixel: float, metres: int) -> None:
    assert outline.bar_metres(a_pixel, 160) == metres


def test_a_map_without_anything_is_still_a_map() -> None:
    empty = Chart(outlines={}, points={}, labels={})
    assert outline.drawn(empty, width=300, height=200, family="x", title="空").endswith("</svg>")


def _sheet() -> dict[str, Any]:
    row = {"drawn": True, "kind": "工作站", "where": NASTY, "hours": "", "phone": ""}
    chart = outline.drawn(CHART, width=760, height=480, family="x", title=NASTY)
    return {
        "title": NASTY, "subtitle": NASTY, "paper": "a4", "chart": chart, "chart_note": NASTY,
        "qr": qr.picture("https://x.example/map"), "source": NASTY, "left": 3,
        "rows": [{"number": n, "name": f"{n} {NASTY}", **row} for n in range(1, 41)],
    }  # fmt: skip


@pytest.mark.skipif(press.font() is None, reason="no font with Chinese letters here")
def test_what_is_told_is_only_ever_text() -> None:
    told, font = _sheet(), press.font()
    assert font is not None
    assert "<script>" not in told["chart"]
    form = press.FORMS / "guide.typ"
    inputs = {"told": press.written(told), "family": font.family}
    set_ = typst.Compiler(form, press.FORMS, font.fonts, True, inputs)
    names = json.loads(set_.query("<row>", field="value"))
    assert names == [row["name"] for row in told["rows"]]
    pages = set_.compile(format="svg")
    assert isinstance(pages, list)
    assert len(pages) in (2, 3), "forty entries and a map"
    assert press.pdf("guide", told).startswith(b"%PDF-")
    assert press.pdf("guide", told) is press.pdf("guide", told), "set once"

"""A plain map to print: outlines, numbered points, scale bar and north, as one SVG. Pure.

No outside map and no script. Points that would cover one another are moved aside on a thin line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely

Point = tuple[float, float]
Pixel = tuple[float, float]

#: radius of a numbered point, and how far two stay apart
_R, _APART = 11.0, 24.0
_MARGIN = 36.0
_METRES_A_DEGREE = 111_195.0
_BARS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
#: widest angle shown where there is neither an outline nor two points
_LEAST = 0.02


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What is drawn: outlines by name (lon, lat polygons), points by number, labels at centres."""

    outlines: Mapping[str, Any]
    points: Mapping[int, Point]
    labels: Mapping[str, Point]
    #: the outline that is the place itself, drawn stronger
    own: str = ""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Degrees to pixels: a plane true at its middle latitude, fitted into width and height."""

    west: float
    north: float
    #: pixels of a degree of longitude and of latitude
    east: float
    high: float
    dx: float
    dy: float

    def at(self, point: Point) -> Pixel:
        """This will return where a point lies in the picture."""
        lon, lat = point
        return (
            self.dx + (lon - self.west) * self.east,
            self.dy + (self.north - lat) * self.high,
        )

    @property
    def metres_a_pixel(self) -> float:
        """How many metres one pixel is."""
        return _METRES_A_DEGREE / self.high


def drawn(chart: Chart, *, width: int, height: int, family: str, title: str) -> str:
    """This will draw a map of so many pixels; `family` is the font of its labels."""
    frame = framed(chart, width, height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f" aria-label={quoteattr(title)} font-family={quoteattr(family)}>",
        f'<rect width="{width}" height="{height}" fill="#eef4fa"/>',
        *_outlines(chart, frame),
        *_labels(chart, frame),
        *_points(chart, frame),
        *_bar(frame, height),
        *_north(width),
        "</svg>",
    ]
    return "".join(parts)


def framed(chart: Chart, width: int, height: int) -> Frame:
    """This will fit what is drawn into the picture, with a margin."""
    west, south, east, north = _box(chart)
    squeeze = cos(radians((south + north) / 2))
    wide, high = max(east - west, _LEAST) * squeeze, max(north - south, _LEAST)
    scale = min((width - 2 * _MARGIN) / wide, (height - 2 * _MARGIN) / high)
    return Frame(
        west=(west + east) / 2 - wide / squeeze / 2, north=(south + north) / 2 + high / 2,
        east=scale * squeeze, high=scale,
        dx=(width - wide * scale) / 2, dy=(height - high * scale) / 2,
    )  # fmt: skip


def apart(pixels: Mapping[int, Pixel]) -> dict[int, Pixel]:
    """This will move points that cover one another to free places around them, nearest first."""
    taken: list[Pixel] = []
    found: dict[int, Pixel] = {}
    for number, pixel in sorted(pixels.items()):
        free = next(
            (spot for spot in _around(pixel)
             if all(hypot(spot[0] - x, spot[1] - y) >= _APART for x, y in taken)),
            pixel,
        )  # fmt: skip
        taken.append(free)
        found[number] = free
    return found


def bar_metres(metres_a_pixel: float, at_most: float) -> int:
    """This will choose the longest round length of at most so many pixels for the scale bar."""
    fitting = [one for one in _BARS if one / metres_a_pixel <= at_most]
    return fitting[-1] if fitting else _BARS[0]


def _around(pixel: Pixel) -> Iterator[Pixel]:
    yield pixel
    for ring in range(1, 12):
        for step in range(8 * ring):
            turn = 2 * pi * step / (8 * ring)
            yield (pixel[0] + _APART * ring * cos(turn), pixel[1] + _APART * ring * sin(turn))


def _box(chart: Chart) -> tuple[float, float, float, float]:
    own = chart.outlines.get(chart.own)
    if own is not None:
        box = own.bounds
        return (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
    shapes = [shape.bounds for shape in chart.outlines.values()]
    dots = [*chart.points.values(), *chart.labels.values()]
    spans = shapes + [(lon, lat, lon, lat) for lon, lat in dots] or [(0, 0, 0, 0)]
    wests, souths, easts, norths = zip(*spans, strict=True)
    return (min(wests), min(souths), max(easts), max(norths))


def _outlines(chart: Chart, frame: Frame) -> Iterator[str]:
    for name, shape in sorted(chart.outlines.items(), key=lambda one: one[0] == chart.own):
        strong = name == chart.own
        for ring in _rings(shape):
            path = "L".join(f"{x:.1f} {y:.1f}" for x, y in map(frame.at, ring))
            yield (
                f'<path d="M{path}Z" fill="{"#ffffff" if strong or not chart.own else "#f6f8fa"}" '
                f'stroke="{"#6b1a1a" if strong else "#8a939c"}" '
                f'stroke-width="{1.6 if strong else 0.8}"/>'
            )


def _rings(shape: Any) -> Iterator[list[Point]]:
    for part in shapely.get_parts(shape):
        yield [(float(x), float(y)) for x, y in part.exterior.coords]


def _labels(chart: Chart, frame: Frame) -> Iterator[str]:
    for name, point in chart.labels.items():
        x, y = frame.at(point)
        yield (
            f'<text x="{x:.1f}" y="{y + 24:.1f}" font-size="13" text-anchor="middle" '
            f'fill="#4a525b">{escape(name)}</text>'
        )


def _points(chart: Chart, frame: Frame) -> Iterator[str]:
    true = {number: frame.at(point) for number, point in chart.points.items()}
    placed = apart(true)
    for number, (x, y) in placed.items():
        if (x, y) != true[number]:
            at = true[number]
            yield (
                f'<line x1="{at[0]:.1f}" y1="{at[1]:.1f}" x2="{x:.1f}" y2="{y:.1f}" '
                f'stroke="#0b4fa0" stroke-width="1"/>'
                f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="2.5" fill="#0b4fa0"/>'
            )
    for number, (x, y) in placed.items():
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_R}" fill="#0b4fa0" stroke="#ffffff" '
            f'stroke-width="1.5"/><text x="{x:.1f}" y="{y + 4:.1f}" font-size="12" '
            f'font-weight="700" text-anchor="middle" fill="#ffffff">{number}</text>'
        )


def _bar(frame: Frame, height: int) -> Iterator[str]:
    metres = bar_metres(frame.metres_a_pixel, 160)
    long = metres / frame.metres_a_pixel
    said = f"{metres} 米" if metres < 1000 else f"{metres // 1000} 公里"
    y = height - 14
    yield (
        f'<path d="M14 {y - 5}V{y}H{14 + long:.1f}V{y - 5}" fill="none" stroke="#1c2024" '
        f'stroke-width="1.5"/><text x="{20 + long:.1f}" y="{y}" font-size="12" '
        f'fill="#1c2024">{said}</text>'
    )


def _north(width: int) -> Iterator[str]:
    x = width - 24
    yield (
        f'<path d="M{x} 12l7 20l-7 -5l-7 5z" fill="#1c2024"/>'
        f'<text x="{x}" y="46" font-size="12" text-anchor="middle" fill="#1c2024">北</text>'
    )

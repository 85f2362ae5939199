"""The marks on a receipt: a barcode of the order number, a QR code that leads to the progress page.

Code 128 (ISO/IEC 15417), set B: each sign is six bars and spaces; drawn as one SVG path.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yike.doors.kit import qr
from yike.rooms.matters.faces import MatterPage

#: widths of bars and spaces of the values 0…106, then the stop sign
_ROWS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232",
    "122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122",
    "321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311",
    "211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113",
    "213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422",
    "121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111",
    "241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121",
    "412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412",
    "211214 211232 2331112",
)
_WIDTHS = " ".join(_ROWS).split()
_START_B, _STOP = 104, 106
_HEIGHT, _QUIET = 48, 10


@dataclass(frozen=True)
class Drawn:
    """The two marks of a receipt, as SVG."""

    barcode: SafeString
    qr: SafeString
    address: str


def codes_of(page: MatterPage) -> Drawn:
    """This will draw the order number and the citizen's address of a matter."""
    address = f"{settings.YIKE.public_url}/follow?{urlencode({'reference': page.reference})}"
    drawn = qr.drawn(address, "查进度的二维码")
    number = page.order_no or page.reference  # answered on the spot: there is no order
    return Drawn(barcode(number), drawn, address)


def rating_link(path: str) -> SafeString:
    """This will draw the address at which a citizen rates, for their own telephone."""
    address = f"{settings.YIKE.public_url.rstrip('/')}{path}"
    return qr.drawn(address, "评价二维码")


def barcode(text: str) -> SafeString:
    """This will draw a text of ASCII signs as Code 128 B; ValueError for other signs."""
    path, at = [], _QUIET
    for value in values(text):
        for place, width in enumerate(map(int, _WIDTHS[value])):
            if place % 2 == 0:
                path.append(f"M{at} 0h{width}v{_HEIGHT}h-{width}z")
            at += width
    return format_html(
        '<svg class="barcode" viewBox="0 0 {} {}" role="img" aria-label="工单号条形码 {}">'
        '<path d="{}"/></svg>',
        at + _QUIET, _HEIGHT, text, " ".join(path),
    )  # fmt: skip


def values(text: str) -> list[int]:
    """This will return the code values: start B, the signs, the check modulo 103, stop."""
    if not text or any(not 32 <= ord(sign) < 127 for sign in text):
        raise ValueError(f"{text!r} cannot be drawn in Code 128 B")
    signs = [ord(sign) - 32 for sign in text]
    check = (_START_B + sum(place * sign for place, sign in enumerate(signs, 1))) % 103
    return [_START_B, *signs, check, _STOP]

"""QR codes drawn inline: they print, they need no request, and the page's policy allows them."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def drawn(address: str) -> SafeString:
    """This will return the address as an inline svg, dark on white in either colour scheme."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass=None,
                          lineclass=None, title="查进度的二维码")  # fmt: skip
    return mark_safe(svg)  # noqa: S308 - made here of an address of this house

"""QR codes drawn inline: they print, they need no request, and the page's policy allows them."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def drawn(address: str, title: str, *, error: str = "m") -> SafeString:
    """This will return the address as an inline svg, dark on white in either colour scheme.

    It has a view box and no size of its own: a style sheet scales it whole and can never cut it.
    `error`: how much of it may be damaged, "m" 15 %, "q" 25 % (ISO/IEC 18004).
    """
    code = segno.make(address, error=error, micro=False)
    svg = code.svg_inline(scale=1, border=4, dark="#000", light="#fff", svgclass=None,
                          lineclass=None, title=title, omitsize=True)  # fmt: skip
    return mark_safe(svg)  # noqa: S308 - modules of a code, and a title of this house


def picture(address: str, *, error: str = "q") -> str:
    """This will return the address as a whole svg file, for a sheet that is printed."""
    out = io.BytesIO()
    code = segno.make(address, error=error, micro=False)
    code.save(out, kind="svg", xmldecl=False, border=4, dark="#000", light="#fff", omitsize=True)
    return out.getvalue().decode()

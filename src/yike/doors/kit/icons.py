"""Icons of bootstrap-icons, drawn inline: no font, no extra request. Read once, then kept."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_NAME = re.compile(r"[a-z0-9-]+")


def svg(name: str, label: str = "") -> SafeString:
    """This will return the icon as svg; with a label it is an image with that name."""
    if label:
        told = format_html('role="img" aria-label="{}"', label)
    else:
        told = mark_safe('aria-hidden="true" focusable="false"')
    return format_html(
        '<svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="currentColor" {}>{}'
        "</svg>",
        told,
        _inside(name),
    )


@lru_cache(maxsize=512)
def _inside(name: str) -> SafeString:
    """The paths of an icon of our own package; an unknown name is a mistake of the template."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no icon name.")
    file: Path = settings.NODE_MODULES / "bootstrap-icons" / "icons" / f"{name}.svg"
    found = _INSIDE.search(file.read_text(encoding="utf-8"))
    if not found:
        raise ValueError(f"{file} holds no svg.")
    return mark_safe(" ".join(found.group(1).split()))  # noqa: S308

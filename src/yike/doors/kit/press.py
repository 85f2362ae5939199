"""Sheets to print as PDF, set by typst: its own process's memory, no network, no markup of ours.

What is told comes as JSON through `sys.inputs` and is only ever text there: nothing typed anywhere
can become typst's own markup. The forms of the sheets are `print/*.typ`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import typst
from django.http import HttpResponse
from django.utils.functional import cached_property

from yike.rooms.core import clock
from yike.rooms.core.refusal import Refusal, TooMany

FORMS = Path(__file__).parent / "print"
#: font files by the family they hold, the best first; macOS, Debian, Fedora, Windows
FONTS: tuple[tuple[str, str], ...] = (
    ("PingFang SC", "/System/Library/Fonts/PingFang.ttc"),
    ("Noto Sans CJK SC", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    ("Noto Sans CJK SC", "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"),
    ("Noto Sans CJK SC", "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc"),
    ("Noto Sans CJK SC", "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc"),
    ("WenQuanYi Zen Hei", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
    ("WenQuanYi Micro Hei", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    ("Hiragino Sans GB", "/System/Library/Fonts/Hiragino Sans GB.ttc"),
    ("STHeiti", "/System/Library/Fonts/STHeiti Light.ttc"),
    ("Microsoft YaHei", "C:/Windows/Fonts/msyh.ttc"),
    ("SimSun", "C:/Windows/Fonts/simsun.ttc"),
)
#: sheets set at once in one process; others are asked to come again
_AT_ONCE = threading.BoundedSemaphore(2)


class NoFont(Refusal):
    """No font with Chinese letters is installed: a sheet would be empty boxes."""

    status = 503
    code = "no-font"


@dataclass(frozen=True)
class Font:
    """An installed font: its family, and the folder typst reads it from."""

    family: str
    folder: Path

    @cached_property
    def fonts(self) -> typst.Fonts:
        """What typst knows of that folder, read once: reading takes longer than setting."""
        return typst.Fonts(include_system_fonts=False, font_paths=[self.folder])


@lru_cache(maxsize=1)
def font() -> Font | None:
    """This will return the first font with Chinese letters that is installed here, or None."""
    for family, path in FONTS:
        if Path(path).exists():
            return Font(family, Path(path).parent)
    return None


def pdf(form: str, told: Mapping[str, Any]) -> bytes:
    """This will set one sheet; the same sheet again is not set again. Refuses NoFont, TooMany."""
    if font() is None:
        raise NoFont(
            "服务器没有装中文字体，生成不了 PDF。",
            way_on="请管理员安装字体（apt install fonts-noto-cjk），或者用“网页打印”。",
        )
    return _set(form, written(told))


def written(told: Mapping[str, Any]) -> str:
    """This will write what a form reads: everything that is told, as one JSON."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=64)
def _set(form: str, told: str) -> bytes:
    found = font()
    assert found is not None
    if not _AT_ONCE.acquire(timeout=10):
        raise TooMany("现在打印的人多，请过半分钟再试。", retry_after=30)
    try:
        return typst.compile(
            FORMS / f"{form}.typ", root=FORMS, font_paths=found.fonts, format="pdf",
            ignore_system_fonts=True, timestamp=int(clock.now().timestamp()),
            sys_inputs={"told": told, "family": found.family},
        )  # fmt: skip
    finally:
        _AT_ONCE.release()


def sent(content: bytes, name: str, *, public: bool = False) -> HttpResponse:
    """This will hand out a sheet to look at; a public one may be kept for ten minutes."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=600" if public else "private, no-store"
    return response

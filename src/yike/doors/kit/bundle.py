"""One style sheet and one script for all pages, joined from their parts without a bundler.

kit/yike.css = Bootstrap with its dark colours also following the system, then our tokens;
kit/yike.js = htmx, then our own few lines. The map's style and modules (kit/map*) are loaded only
by pages with a map. Made in the state folder when a part has changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

_OWN = Path(__file__).parent / "parts"
_DARK = re.compile(r"[^{}]*\[data-bs-theme=dark\][^{}]*\{[^{}]*\}")
_MAP = re.compile(r"/[*/][#@] sourceMappingURL=[^\s*]*(\s*\*/)?")


def _styles() -> str:
    kit = (settings.NODE_MODULES / "bootstrap/dist/css/bootstrap.min.css").read_text("utf-8")
    own = (_OWN / "yike.css").read_text("utf-8")
    return with_system_dark(_MAP.sub("", kit)) + "\n" + with_system_dark(own)


def _scripts() -> str:
    htmx = (settings.NODE_MODULES / "htmx.org/dist/htmx.min.js").read_text("utf-8")
    return _MAP.sub("", htmx) + ";\n" + (_OWN / "yike.js").read_text("utf-8")


def with_system_dark(css: str) -> str:
    """This will repeat each dark rule for systems set to dark, unless the reader chose light."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    dark = "".join(_DARK.findall(bare))
    follow = dark.replace("[data-bs-theme=dark]", ":root:not([data-bs-theme=light])")
    return f"{css}\n@media (prefers-color-scheme:dark){{{follow}}}"


def _map_styles() -> str:
    return with_system_dark((_OWN / "map.css").read_text("utf-8"))


#: They import one another by these names: the plain copies beside the hashed ones.
_MAPS = ("map.mjs", "map_base.mjs", "map_layers.mjs", "map_pick.mjs", "map_swarm.mjs")
_MADE: dict[str, Callable[[], str]] = {
    "kit/yike.css": _styles,
    "kit/yike.js": _scripts,
    "kit/map.css": _map_styles,
    **{f"kit/{name}": partial((_OWN / name).read_text, "utf-8") for name in _MAPS},
}


def _parts() -> list[Path]:
    theirs = ("bootstrap/dist/css/bootstrap.min.css", "htmx.org/dist/htmx.min.js")
    own = [_OWN / name for name in ("yike.css", "yike.js", "map.css", *_MAPS)] + [Path(__file__)]
    return own + [settings.NODE_MODULES / name for name in theirs]


class BundleFinder(BaseFinder):
    """Finds the joined files, and joins them first when they are older than a part."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """This will return the joined file behind a static path, or nothing."""
        if path not in _MADE:
            return []
        found = str(_made(path))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        """This will list the joined files with the storage they lie in."""
        for path in _MADE:
            _made(path)
            yield path, FileSystemStorage(location=_home())


def _home() -> Path:
    home: Path = settings.YIKE.state_dir / "bundle"
    return home


def _made(path: str) -> Path:
    file = _home() / path
    newest = max(part.stat().st_mtime for part in _parts())
    if not file.exists() or file.stat().st_mtime < newest:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_MADE[path](), encoding="utf-8")
    return file

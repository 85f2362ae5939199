"""Static files: ours, and third-party ones straight from node_modules by an allow-list.

Nothing third-party is committed, and nothing is collected that no page asks for. Third-party files
stand under `vendor/<package>/`: `{% static "vendor/htmx/htmx.min.js" %}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import utils
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Static prefix → folder below node_modules, and the files of it that may be served.
#: maplibre and echarts are ES modules that load their parts by relative names: they find the
#: plain copies that collectstatic keeps beside the hashed ones.
ALLOWED: dict[str, tuple[str, tuple[str, ...]]] = {
    "vendor/bootstrap": (
        "bootstrap/dist",
        ("css/bootstrap.min.css", "js/bootstrap.bundle.min.js", "js/bootstrap.esm.min.js"),
    ),
    "vendor/htmx": ("htmx.org/dist", ("htmx.min.js", "ext/hx-sse.min.js")),
    "vendor/maplibre": (
        "maplibre-gl/dist",
        (
            "maplibre-gl.css",
            "maplibre-gl.mjs",
            "maplibre-gl-shared.mjs",
            "maplibre-gl-worker.mjs",
        ),
    ),
    "vendor/pmtiles": ("pmtiles/dist", ("pmtiles.js",)),
    "vendor/echarts": ("echarts/dist", ("echarts.esm.min.mjs", "echarts.simple.min.js")),
}


class NpmFinder(BaseFinder):
    """Finds the allowed files of node_modules, for runserver and for collectstatic."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """This will report allowed files that are not installed."""
        missing = [path for path in _allowed() if not _source(path).is_file()]
        if not missing:
            return []
        return [
            Error(
                f"Front-end files are missing: {', '.join(missing)}.",
                hint="Run ./yike setup (or npm ci), or correct ALLOWED in house/static.py.",
                id="house.E001",
            )
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """This will return the file behind a static path, or an empty list."""
        wanted = path.replace("\\", "/")
        if wanted not in set(_allowed()) or not _source(wanted).is_file():
            return []
        return [str(_source(wanted))] if find_all else str(_source(wanted))

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """This will list every allowed file with the storage that holds it."""
        for prefix, (folder, names) in ALLOWED.items():
            storage = FileSystemStorage(location=Path(settings.NODE_MODULES) / folder)
            storage.prefix = prefix  # type: ignore[attr-defined]
            for name in names:
                if not utils.matches_patterns(name, list(ignore_patterns or [])):
                    yield name, storage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed names. Source maps are not shipped, so their mention is left alone."""

    patterns = tuple(
        (
            glob,
            tuple(
                rule
                for rule in rules
                if "sourceMappingURL" not in (rule if isinstance(rule, str) else rule[0])
            ),
        )
        for glob, rules in CompressedManifestStaticFilesStorage.patterns
    )

    def stored_name(self, name: str) -> str:
        """This will return the hashed name; the plain one where nothing was collected (tests)."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name


def _allowed() -> Iterator[str]:
    for prefix, (_, names) in ALLOWED.items():
        for name in names:
            yield f"{prefix}/{name}"


def _source(path: str) -> Path:
    prefix = "/".join(path.split("/")[:2])
    return Path(settings.NODE_MODULES) / ALLOWED[prefix][0] / path[len(prefix) + 1 :]

"""Static files: ours, and third-party ones straight from node_modules by an allow-list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage


class NpmFinder(BaseFinder):
    """Finds the allowed files of node_modules."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """This will return the file behind a static path, or nothing."""
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        """This will list all allowed files."""
        return []


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed names."""

"""Third-party files: what is allowed is found and collected, everything else is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from yike.house.static import NpmFinder


@pytest.fixture
def finder() -> NpmFinder:
    return NpmFinder()


def test_allowed_files_are_installed_and_found(finder: NpmFinder) -> None:
    assert finder.check() == []
    for prefix_name, storage in finder.list(None):
        path = f"{storage.prefix}/{prefix_name}"
        assert Path(finder.find(path)).is_file()
        assert finder.find(path, find_all=True) == [finder.find(path)]


@pytest.mark.parametrize(
    "path",
    [
        "vendor/htmx/htmx.js",
        "vendor/htmx/../../axe-core/axe.min.js",
        "vendor/bootstrap/css/bootstrap.min.css.map",
        "htmx.org/dist/htmx.min.js",
    ],
)
def test_other_files_of_node_modules_are_not_served(path: str, finder: NpmFinder) -> None:
    assert finder.find(path) == []
    assert finders.find(path) is None


def test_a_missing_file_is_a_check_that_says_what_to_do(
    settings: Any, tmp_path: Path, finder: NpmFinder
) -> None:
    settings.NODE_MODULES = tmp_path
    (fault,) = finder.check()
    assert "vendor/htmx/htmx.min.js" in fault.msg
    assert "./yike setup" in str(fault.hint)


def test_collecting_hashes_names_and_keeps_the_modules_of_the_map(
    settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    names = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()}
    assert "vendor/maplibre/maplibre-gl-worker.mjs" in names
    assert any(
        name.startswith("vendor/htmx/htmx.min.") and name != "vendor/htmx/htmx.min.js"
        for name in names
    )
    assert not any("bootstrap-icons" in name or "axe" in name for name in names)

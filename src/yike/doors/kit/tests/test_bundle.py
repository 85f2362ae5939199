"""One style sheet, one script, small enough for a cheap phone."""

from __future__ import annotations

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders

from yike.doors.kit.bundle import with_system_dark


def test_both_bundles_are_found_and_small() -> None:
    sizes = {}
    for name in ("kit/yike.css", "kit/yike.js"):
        file = finders.find(name)
        assert isinstance(file, str)
        content = Path(file).read_bytes()
        assert b"sourceMappingURL" not in content
        sizes[name] = len(gzip.compress(content))
    assert sum(sizes.values()) < 80_000


def test_dark_rules_follow_the_system_unless_light_was_chosen() -> None:
    css = with_system_dark(".a{b:c}[data-bs-theme=dark] .x{y:z}")
    assert "@media (prefers-color-scheme:dark)" in css
    assert ":root:not([data-bs-theme=light]) .x{y:z}" in css
    assert css.count(".a{b:c}") == 1

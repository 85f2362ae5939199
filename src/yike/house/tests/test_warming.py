"""Every word and question can be asked of the made-up grid, and beside the open house only once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from yike.engines import compiled
from yike.house import warming


def test_all_is_asked_and_not_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []
    ask = warming._ask

    def heard(one: dict[str, Any]) -> None:
        asked.append(one["word"])
        ask(one)

    monkeypatch.setattr(compiled, "shelf", lambda: tmp_path)
    monkeypatch.setattr(os, "nice", lambda by: by)
    monkeypatch.setattr(warming, "_ask", heard)
    assert warming.main(["--once"]) == 0
    assert {"trips", "area", "what_if", "hours"} == set(asked)
    count = len(asked)
    assert warming.main(["--once"]) == 0
    assert len(asked) == count
    assert warming.main() == 0
    assert len(asked) == 2 * count

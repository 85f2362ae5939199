"""First rows: each part once, stamped last, and only what the configuration wants."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from types import SimpleNamespace

import pytest

from yike.house import database, firststart
from yike.house.config import Config


class Notes:
    """Stamps kept in memory, and what was loaded in which order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, demo_fails: bool = False) -> None:
        self.stamps: dict[str, str] = {}
        self.loaded: list[str] = []
        self.demo_fails = demo_fails
        monkeypatch.setattr(database, "stamped", lambda config, name: self.stamps.get(name, ""))
        monkeypatch.setattr(firststart, "_stamp", self.stamp)
        monkeypatch.setattr(firststart, "load_reference", lambda: self.loaded.append("reference"))
        monkeypatch.setattr(firststart, "seal_leftovers", lambda: self.loaded.append("sealed"))
        monkeypatch.setattr(firststart, "_module", lambda name: self.demo())
        monkeypatch.setattr(firststart, "_has_demo", lambda: True)

    def stamp(self, config: Config, name: str, version: str) -> None:
        self.stamps[name] = version

    def demo(self) -> SimpleNamespace:
        return SimpleNamespace(
            foreground=self.foreground,
            background=lambda: self.loaded.append("year"),
            logins=lambda: [("局长", "director", "一刻")],
        )

    def foreground(self) -> None:
        if self.demo_fails:
            raise RuntimeError("killed half-way")
        self.loaded.append("demo")


def _twice(config: Config) -> None:
    for _ in range(2):
        firststart.furnish(config)
        firststart.foreground(config)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(state_dir=tmp_path)


def test_reference_comes_before_the_demo_and_each_once(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = Notes(monkeypatch)
    assert not firststart.is_done(config)
    _twice(config)
    assert notes.loaded == ["reference", "sealed", "demo"]
    assert firststart.is_done(config)
    assert "director" in firststart.logins(config)


def test_a_demo_that_broke_is_tried_again(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = Notes(monkeypatch, demo_fails=True)
    with pytest.raises(RuntimeError):
        firststart.foreground(config)
    assert not firststart.is_done(config)
    notes.demo_fails = False
    firststart.foreground(config)
    assert notes.loaded == ["demo"]


def test_changed_reference_data_is_loaded_again(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = Notes(monkeypatch)
    firststart.furnish(config)
    monkeypatch.setattr(firststart, "reference_fingerprint", lambda: "newer")
    assert not firststart.is_done(config)
    firststart.furnish(config)
    assert notes.loaded == ["reference", "sealed"] * 2


def test_an_office_without_demo_gets_none(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = dataclasses.replace(config, demo=False)
    notes = Notes(monkeypatch)
    _twice(plain)
    assert notes.loaded == ["reference", "sealed"]
    assert firststart.is_done(plain)
    assert firststart.year_is_done(plain)
    assert firststart.logins(plain) == ""


def test_the_year_follows_once(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = Notes(monkeypatch)
    firststart.foreground(config)
    assert not firststart.year_is_done(config)
    firststart.background(config)
    assert firststart.year_is_done(config)
    assert notes.loaded == ["demo", "year"]

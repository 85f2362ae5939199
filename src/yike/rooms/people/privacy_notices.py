"""Notices on personal data (PIPL 17): each version's text stays as it was agreed to.

A new text is a new file under data/notices; a version that somebody agreed to is never edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from yike.rooms.core.refusal import BadInput, NotFound


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One version: its parts, each a heading and a sentence or two."""

    version: str
    parts: tuple[tuple[str, str], ...]


@cache
def versions() -> tuple[str, ...]:
    """This will return all versions, oldest first: year and number."""
    found = resources.files("yike.rooms.people").joinpath("data/notices").iterdir()
    names = [file.name.removesuffix(".txt") for file in found if file.name.endswith(".txt")]
    return tuple(sorted(names, key=lambda name: [int(part) for part in name.split("-")]))


def current() -> str:
    """This will return the version shown to whoever asks today."""
    return versions()[-1]


def known(version: str) -> str:
    """This will return a version there is. Refuses another with BadInput: nobody agreed to it."""
    if version not in versions():
        raise BadInput("告知书已经更新。", way_on="请重新打开核对页，看过再提交。", field="agreed")
    return version


@cache
def notice(version: str = "") -> Notice:
    """This will return one version, the current one unless named. Refuses with NotFound."""
    wanted = version or current()
    if wanted not in versions():
        raise NotFound("没有这一版告知书。")
    file = resources.files("yike.rooms.people").joinpath(f"data/notices/{wanted}.txt")
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line]
    parts = tuple((head, words) for head, _, words in (line.partition("：") for line in lines))
    return Notice(version=wanted, parts=parts)

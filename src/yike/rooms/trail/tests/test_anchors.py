"""The head outside the database: one writer at a time, never an older one over a newer one."""

from __future__ import annotations

import threading
from pathlib import Path

from yike.rooms.trail import anchors
from yike.rooms.trail.anchors import Anchor


def an_anchor(seq: int, second: int) -> Anchor:
    return Anchor(
        seq=seq, entry_id=seq, digest=f"{seq:064x}", made_at=f"2026-05-06T09:00:{second:02d}Z"
    )


def head(folder: Path) -> int:
    (found,) = [one.seq for one in anchors.read(folder) if one.source == anchors.HEAD]
    return found


def test_an_older_head_that_comes_late_does_not_cover_the_newer(tmp_path: Path) -> None:
    anchors.write(tmp_path, an_anchor(12, 2), seconds=2)
    anchors.write(tmp_path, an_anchor(10, 1), seconds=1)
    assert head(tmp_path) == 12
    anchors.write(tmp_path, an_anchor(11, 2), seconds=2)
    assert head(tmp_path) == 12


def test_after_a_restore_the_chain_goes_on_from_a_lower_place(tmp_path: Path) -> None:
    anchors.write(tmp_path, an_anchor(12, 2), seconds=2)
    anchors.write(tmp_path, an_anchor(9, 3), seconds=3)
    assert head(tmp_path) == 9


def test_many_at_once_leave_the_newest_head_and_no_parts(tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def write(first: int) -> None:
        try:
            for seq in range(first, 240, 8):
                anchors.write(tmp_path, an_anchor(seq, 0), seconds=0)
        except BaseException as reason:
            failed.append(reason)

    writers = [threading.Thread(target=write, args=(first,)) for first in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failed
    assert head(tmp_path) == 239
    assert {file.name for file in tmp_path.iterdir()} == {".lock", "2026.jsonl", anchors.HEAD}

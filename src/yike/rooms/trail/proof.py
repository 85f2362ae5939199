"""The proof file: every sealed entry with its digest, one JSON line each, then a manifest.

Pure: it is checked on a machine without database. Entries hold ids and masked names by design,
so the file holds no personal data in clear. A name that ends in .gz is packed.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from yike.rooms.trail.anchors import Anchor
from yike.rooms.trail.chain import Line, Link
from yike.rooms.trail.examine import Examiner, Fault, Piece

VERSION = 1
_PIECE = 2000


class Writer:
    """Writes a proof beside its place, and puts it there whole."""

    def __init__(self, file: Path) -> None:
        self._file, self._part = file, file.with_name(f"{file.name}.{os.getpid()}")
        self._out = _open(self._part, "w", packed=file.suffix == ".gz")

    def add(self, links: Sequence[Link], lines: Sequence[Line]) -> None:
        """This will add a piece that was found whole."""
        self._out.writelines(
            json.dumps([seal.seq, seal.digest.hex(), *line], ensure_ascii=False) + "\n"
            for seal, line in zip(links, lines, strict=True)
        )

    def finish(self, walked: Examiner, *, made_at: str) -> None:
        """This will add the manifest and put the file in its place."""
        manifest = {
            "yike-trail-proof": VERSION,
            "count": walked.seq,
            "first_id": walked.first_id,
            "last_id": walked.entry_id,
            "head": walked.digest.hex(),
            "made_at": made_at,
        }
        self._out.write(json.dumps({"manifest": manifest}) + "\n")
        self._out.close()
        self._part.replace(self._file)

    def drop(self) -> None:
        """This will leave no file behind: there is nothing whole to prove."""
        self._out.close()
        self._part.unlink(missing_ok=True)


def check(file: Path, anchors: Sequence[Anchor] = ()) -> tuple[Examiner, Fault | None]:
    """This will walk along a proof file and return how far it is whole, and its first fault."""
    walked = Examiner(anchors)
    manifest: dict[str, Any] | None = None
    try:
        with _open(file, "r", packed=file.suffix == ".gz") as source:
            while rows := [json.loads(text) for text in islice(source, _PIECE)]:
                if isinstance(rows[-1], dict):
                    manifest = rows.pop()["manifest"]
                fault = walked.take(_piece(rows))
                if fault:
                    return walked, fault
                if manifest is not None:
                    break
    except (ValueError, TypeError, KeyError, IndexError, EOFError, OSError) as error:
        return walked, _damaged(walked, f"it cannot be read on ({type(error).__name__}: {error})")
    return walked, _finish(walked, manifest)


def head_of(file: Path) -> Anchor:
    """This will return the head that an earlier proof file ends with.

    Refuses with ValueError a file without a manifest.
    """
    last = ""
    with _open(file, "r", packed=file.suffix == ".gz") as source:
        for last in source:  # noqa: B007 - the last line is wanted
            pass
    try:
        manifest = json.loads(last)["manifest"]
        return Anchor(
            seq=manifest["count"],
            entry_id=manifest["last_id"],
            digest=manifest["head"],
            made_at=manifest["made_at"],
            source=file.name,
        )
    except (ValueError, TypeError, KeyError):
        raise ValueError(f"{file} is not a whole proof file: it has no manifest") from None


def _piece(rows: list[list[Any]]) -> Piece:
    links, lines = [], []
    for seq, digest, *facts in rows:
        line = Line(*facts)
        links.append(Link(seq, line.id, bytes.fromhex(digest)))
        lines.append(line)
    return Piece(links=links, lines=lines)


def _finish(walked: Examiner, manifest: dict[str, Any] | None) -> Fault | None:
    if manifest is None:
        return _damaged(walked, "its end with the manifest is missing")
    said = (manifest.get("count"), manifest.get("last_id"), manifest.get("head"))
    if said != (walked.seq, walked.entry_id, walked.digest.hex()):
        return _damaged(walked, f"the manifest speaks of {said[0]} entries and head {said[2]}")
    return walked.finish()


def _damaged(walked: Examiner, why: str) -> Fault:
    return Fault(
        what="damaged",
        seq=walked.seq + 1,
        entry_id=walked.entry_id,
        words=f"The proof file is whole up to place {walked.seq}; {why}.",
    )


def _open(file: Path, mode: str, *, packed: bool) -> TextIO:
    if packed:
        return gzip.open(file, mode + "t", encoding="utf-8")  # type: ignore[return-value]
    return file.open(mode, encoding="utf-8")  # type: ignore[return-value]

"""`./yike trail verify`: proves that nobody altered, removed, reordered or inserted an entry.

With `--proof FILE` it needs neither Django nor a database: any machine can check.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from yike.rooms.trail import anchors as anchor_files
from yike.rooms.trail import proof
from yike.rooms.trail.anchors import Anchor
from yike.rooms.trail.examine import Examiner, Fault, Piece

WHOLE, FAULTY, UNUSABLE = 0, 1, 2


def needs_database(argv: Sequence[str]) -> bool:
    """This will say whether these words ask for the database: a proof file is checked without."""
    return not any(word == "--proof" or word.startswith("--proof=") for word in argv)


def main(argv: Sequence[str]) -> int:
    """This will check and report; returns 0 when whole, 1 at a fault, 2 when it cannot look."""
    asked = _parser().parse_args(list(argv))
    try:
        known = _anchors(asked)
        begun = time.monotonic()
        if asked.proof:
            walked, fault = proof.check(asked.proof, known)
        else:
            walked, fault = _database(asked, known)
    except (OSError, ValueError) as error:
        _say(f"Cannot look: {error}")
        return UNUSABLE
    return _report(walked, fault, anchors=len(known), seconds=time.monotonic() - begun)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./yike trail")
    words = parser.add_subparsers(dest="word", required=True)
    verify = words.add_parser("verify", help="prove that nobody altered the trail")
    place = verify.add_mutually_exclusive_group()
    place.add_argument("--proof", type=Path, metavar="FILE", help="check this file, no database")
    place.add_argument("--write-proof", type=Path, metavar="FILE", help="write a proof file")
    verify.add_argument(
        "--against", type=Path, action="append", default=[], metavar="FILE",
        help="an earlier proof file, or a folder of anchors kept elsewhere (may be repeated)",
    )  # fmt: skip
    return parser


def _anchors(asked: argparse.Namespace) -> list[Anchor]:
    """Earlier proofs and kept anchors; for the database also the anchors beside it."""
    known: list[Anchor] = []
    for place in asked.against:
        known += list(anchor_files.read(place)) if place.is_dir() else [proof.head_of(place)]
    if not asked.proof:
        from django.conf import settings

        known += anchor_files.read(Path(settings.ANCHORS_DIR))
    return known


def _database(asked: argparse.Namespace, known: Sequence[Anchor]) -> tuple[Examiner, Fault | None]:
    """One snapshot of the whole, so that what is written meanwhile does not matter."""
    from yike.rooms.trail import reading

    writer = proof.Writer(asked.write_proof) if asked.write_proof else None
    walked = Examiner(known)
    try:
        fault = walk(walked, reading.pieces(), writer)
    except BaseException:
        if writer:
            writer.drop()
        raise
    if writer and fault:
        writer.drop()
    elif writer:
        writer.finish(walked, made_at=f"{datetime.fromtimestamp(time.time(), UTC):%FT%TZ}")
        _say(f"Proof written to {asked.write_proof}.")
    return walked, fault


def walk(
    walked: Examiner, pieces: Iterator[Piece], writer: proof.Writer | None = None
) -> Fault | None:
    """This will walk along all pieces, hand whole ones to the writer, return the first fault."""
    for piece in pieces:
        if fault := walked.take(piece):
            return fault
        if writer:
            writer.add(piece.links, piece.lines)
        if walked.seq % 1_000_000 < len(piece.links):
            _say(f"… {walked.seq:,} entries whole so far", to=sys.stderr)
    return walked.finish()


def _report(walked: Examiner, fault: Fault | None, *, anchors: int, seconds: float) -> int:
    if fault:
        _say(f"NOT WHOLE at place {fault.seq} ({fault.what}).\n{fault.words}")
        _say(f"Everything before place {min(fault.seq, walked.seq + 1)} is whole.")
        return FAULTY
    rate = walked.seq / seconds if seconds else 0
    _say(f"Whole: {walked.seq:,} entries, ids {walked.first_id} to {walked.entry_id}.")
    _say(f"Head: {walked.digest.hex()}")
    _say(f"Compared with {anchors:,} anchors. {seconds:.1f} s, {rate:,.0f} entries a second.")
    if not anchors:
        _say("Without anchors or an earlier proof (--against), a rewritten chain looks whole.")
    return WHOLE


def _say(words: str, *, to: TextIO | None = None) -> None:
    out = to or sys.stdout
    out.write(words + "\n")
    out.flush()

"""Examines a chain piece by piece with constant memory, and says what was done to it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from yike.rooms.trail.anchors import Anchor
from yike.rooms.trail.chain import GENESIS, Line, Link, link

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Sink = Callable[[Sequence[Link], Sequence[Line]], None]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """The first thing that is wrong: which place in the chain, which entry, and in words."""

    #: altered | removed | inserted | reordered | seal-altered | seal-removed | cut | rewritten
    #: | damaged
    what: str
    seq: int
    entry_id: int
    words: str


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some seals in order, and all entries after the seal before them up to the last of them."""

    links: Sequence[Link]
    lines: Sequence[Line]


class Examiner:
    """Walks along a chain. Give it pieces, then `finish`; the first Fault ends the walk."""

    def __init__(self, anchors: Iterable[Anchor] = ()) -> None:
        self.seq, self.entry_id, self.digest = 0, 0, GENESIS
        self.first_id = 0
        self._last: Line | None = None
        self._anchors: dict[int, list[Anchor]] = {}
        for anchor in anchors:
            self._anchors.setdefault(anchor.seq, []).append(anchor)
        self._highest = max(self._anchors, default=0)

    def take(self, piece: Piece) -> Fault | None:
        """This will walk over a piece; returns the first fault in it."""
        lines, at = piece.lines, 0
        for place, seal in enumerate(piece.links):
            line = lines[at] if at < len(lines) else None
            if seal.seq != self.seq + 1 or seal.entry_id <= self.entry_id:
                return self._lost_seal(seal)
            if line is None or line.id > seal.entry_id:
                return self._removed(seal, line)
            if line.id < seal.entry_id:
                return self._inserted(line)
            digest = link(self.digest, line)
            if digest != seal.digest:
                return self._mismatch(piece, place, at, digest)
            self.seq, self.entry_id, self.digest = seal.seq, seal.entry_id, digest
            self.first_id = self.first_id or seal.entry_id
            self._last = line
            at += 1
            if seal.seq in self._anchors and (fault := self._against(seal)):
                return fault
        return self._inserted(lines[at]) if at < len(lines) else None

    def finish(self) -> Fault | None:
        """This will say whether the chain reaches as far as it was known to reach."""
        if self._highest <= self.seq:
            return None
        anchor = self._anchors[self._highest][-1]
        return Fault(
            what="cut",
            seq=self.seq + 1,
            entry_id=self.entry_id,
            words=(
                f"The tail was cut: on {anchor.made_at} the chain had {anchor.seq} entries "
                f"({anchor.source}); now it has {self.seq}. The last one left is "
                f"{self._named(self._last)}."
            ),
        )

    def _lost_seal(self, seal: Link) -> Fault:
        return Fault(
            what="seal-removed",
            seq=self.seq + 1,
            entry_id=self.entry_id,
            words=(
                f"Seal {self.seq + 1} is missing or out of place: after {self._named(self._last)} "
                f"comes seal {seal.seq} of entry {seal.entry_id}."
            ),
        )

    def _removed(self, seal: Link, following: Line | None) -> Fault:
        after = f", before {self._named(following)}" if following else ""
        return Fault(
            what="removed",
            seq=seal.seq,
            entry_id=seal.entry_id,
            words=(
                f"Entry {seal.entry_id} was removed: it stood at place {seal.seq}, after "
                f"{self._named(self._last)}{after}."
            ),
        )

    def _inserted(self, line: Line) -> Fault:
        return Fault(
            what="inserted",
            seq=self.seq + 1,
            entry_id=line.id,
            words=(
                f"{self._named(line)} was inserted after place {self.seq}: no seal belongs to it."
            ),
        )

    def _mismatch(self, piece: Piece, place: int, at: int, digest: bytes) -> Fault:
        """Tells an altered entry from an exchanged one and from an altered seal."""
        seal, line = piece.links[place], piece.lines[at]
        for other in piece.lines:
            if other.id != line.id and link(self.digest, other._replace(id=line.id)) == seal.digest:
                words = f"What was sealed as entry {line.id} now stands as {self._named(other)}"
                return self._fault("reordered", seal, f"{words}: entries were reordered.")
        following = piece.lines[at + 1] if at + 1 < len(piece.lines) else None
        ahead = piece.links[place + 1] if place + 1 < len(piece.links) else None
        if following and ahead and link(digest, following) == ahead.digest:
            words = f"The seal of {self._named(line)} was altered; the entry itself is whole."
            return self._fault("seal-altered", seal, words)
        return self._fault("altered", seal, f"{self._named(line)} was altered after it was sealed.")

    def _against(self, seal: Link) -> Fault | None:
        for anchor in self._anchors[seal.seq]:
            if anchor.digest != seal.digest.hex():
                words = (
                    f"The chain was rewritten somewhere up to place {seal.seq}: on "
                    f"{anchor.made_at} its digest there was {anchor.digest[:16]}… "
                    f"({anchor.source}), now it is {seal.digest.hex()[:16]}…."
                )
                return self._fault("rewritten", seal, words)
        return None

    def _fault(self, what: str, seal: Link, words: str) -> Fault:
        return Fault(what=what, seq=seal.seq, entry_id=seal.entry_id, words=words)

    @staticmethod
    def _named(line: Line | None) -> str:
        if line is None:
            return "the beginning"
        moment = _EPOCH + timedelta(microseconds=line.at)
        about = f" about {line.about} {line.subject}" if line.about else ""
        return f"entry {line.id} ({line.kind}{about}, {moment:%Y-%m-%d %H:%M:%S} UTC)"

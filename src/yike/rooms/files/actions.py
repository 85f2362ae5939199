"""Keeping files, attaching them, opening them, and clearing away what belongs to nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction

from yike.engines.seal import sm3
from yike.rooms.core import clock, refs
from yike.rooms.core.actor import CONFIDENTIAL, INTERNAL, Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, Refusal
from yike.rooms.files import access, events, intake, queries, shelf, types
from yike.rooms.files.faces import FileFace
from yike.rooms.files.models import File
from yike.rooms.trail import actions as trail_actions

#: Loose files that one draft or matter may have at a time.
MOST_LOOSE = 30
LOOSE_DAYS = 30
LEFTOVER_HOURS = 24


class Readable(Protocol):
    """Anything with `read(n)`: an upload, an open file, BytesIO."""

    def read(self, size: int = ..., /) -> bytes: ...


@transaction.atomic
def keep_file(
    *, name: str, content: bytes | Readable, claim: str, actor: Actor, level: int = INTERNAL
) -> FileFace:
    """This will check a file, seal it on disk and return its face; it is loose until attached.

    `claim`: the draft key, or the matter it is meant for. Refuses with BadInput(field="file"):
    empty, over 20 MB, of a type not accepted or other than its name says, damaged, with macros, a
    virus-test mark or a state-secret mark; and the thirty-first loose file of one claim.
    """
    if not claim:
        raise ValueError("keep_file needs a claim: the draft key, or the matter's id")
    _room_for(claim)
    checked = intake.check(name=name, content=_read(content))
    file_id = refs.new_id()
    ref, key = _owner(actor, claim)
    row = File.objects.create(
        id=file_id,
        kept_at=clock.now(),
        name=checked.name,
        media_type=checked.media_type,
        size=len(checked.content),
        digest=sm3(checked.content).hex(),
        token=shelf.put(file_id, checked.content),
        level=level,
        own_level=level,
        claim=claim,
        owner_kind=actor.kind,
        owner_ref=ref,
        owner_key=key,
    )
    face = queries.face_of(row)
    kept = events.FileKept(
        file_id=face.id, media_type=face.media_type, size=face.size, digest=face.digest
    )
    trail_actions.record(kept, actor=actor)
    return face


@transaction.atomic
def attach_files(
    *, file_ids: Sequence[UUID], about: str, subject: str, level: int, actor: Actor
) -> list[FileFace]:
    """This will make loose files part of one thing; part of a deed that says so itself.

    Files that are already part of the same thing stay as they are, so a repeated deed is harmless.
    Refuses with NotFound what this actor does not see, with Clash what is part of another thing.
    """
    rows = access.files_for(list(dict.fromkeys(file_ids)), lock=True)
    for row in rows:
        if (row.about, row.subject) not in {("", ""), (about, subject)}:
            raise Clash(f"材料“{row.name}”已经用在别处。", way_on="请重新上传一份。", field="file")
        row.about, row.subject, row.level = about, subject, max(level, row.own_level)
    File.objects.bulk_update(rows, ["about", "subject", "level"])
    return [queries.face_of(row) for row in rows]


@transaction.atomic
def set_level_of(*, about: str, subject: str, level: int, actor: Actor) -> int:
    """This will carry the files of one thing along when its level changes; returns how many moved.

    None goes below its own level. Part of a deed that says so itself and holds the thing locked.
    Row security decides: whoever may not move the thing's level changes none of its files.
    """
    rows = access.files_of(about, subject, lock=True)
    moved = [row for row in rows if row.level != max(level, row.own_level)]
    for row in moved:
        row.level = max(level, row.own_level)
    found: int = File.objects.bulk_update(moved, ["level"])
    if found != len(moved):
        raise NotAllowed("材料的密级没有改成。", way_on="请由承办单位调整。")
    return found


@transaction.atomic
def open_file(*, file_id: UUID, actor: Actor) -> Iterator[bytes]:
    """This will return the content in chunks, each proven before it is given out.

    Leaves an entry when the file is confidential or private. Refuses with NotFound: absent and
    hidden alike. The chunks may be read after the transaction has ended.
    """
    row = access.file_for(file_id)
    try:
        chunks = shelf.open_(row.id, row.token)
    except FileNotFoundError:
        raise Refusal(
            "这份材料的内容暂时取不出来。", way_on="请联系管理员检查文件存储。", field="file"
        ) from None
    if row.level >= CONFIDENTIAL:
        read = events.FileRead(
            file_id=row.id, belongs_about=row.about, belongs_subject=row.subject, level=row.level
        )
        trail_actions.record(read, actor=actor)
    return chunks


@transaction.atomic
def drop_file(*, file_id: UUID, actor: Actor) -> None:
    """This will forget a loose file of this actor; its sealed content goes when that is certain.

    Refuses with NotFound what is hidden, and with Clash what is part of something already.
    """
    row = access.file_for(file_id, lock=True)
    if row.about:
        raise Clash(f"材料“{row.name}”已经提交，不能删除。", field="file")
    token = row.token
    row.delete()
    transaction.on_commit(lambda: shelf.remove(token))


@transaction.atomic
def sweep_orphans(*, now: datetime, actor: Actor) -> tuple[int, int]:
    """This will remove loose files after 30 days, and sealed leftovers without a row after a day.

    Returns how many of each. A leftover comes from a deed that was rolled back or killed.
    """
    if actor.kind != "system":
        raise PermissionError("only the house sweeps: others do not see all rows")
    # Before any row is deleted: were this deed rolled back, the row would have lost its content.
    leftovers = _leftovers(now - timedelta(hours=LEFTOVER_HOURS))
    old = File.objects.filter(about="", kept_at__lt=now - timedelta(days=LOOSE_DAYS))
    rows = list(old.select_for_update(skip_locked=True).order_by("id")[:1000])
    File.objects.filter(id__in=[row.id for row in rows]).delete()
    for row in rows:
        transaction.on_commit(lambda token=row.token: shelf.remove(token))  # type: ignore[misc]
    for token in leftovers:
        shelf.remove(token)
    if rows or leftovers:
        swept = events.FilesSwept(rows=len(rows), leftovers=len(leftovers))
        trail_actions.record(swept, actor=actor)
    return len(rows), len(leftovers)


@transaction.atomic
def reseal_files(*, after: UUID | None, limit: int, actor: Actor) -> UUID | None:
    """This will seal files behind `after` under the current key, at most `limit` looked at.

    Returns where to go on, None at the end: after a rotation, call it until then, each call in a
    transaction of its own. The house only. What the disk lost is left as it is.
    """
    if actor.kind != "system":
        raise PermissionError("only the house seals files anew")
    rows = File.objects.filter(id__gt=after) if after else File.objects.all()
    found = list(rows.order_by("id").select_for_update()[:limit])
    for row in found:
        with suppress(FileNotFoundError):
            if shelf.is_old(row.token):
                old, row.token = row.token, shelf.reseal(row.id, row.token)
                row.save(update_fields=["token"])
                transaction.on_commit(lambda token=old: shelf.remove(token))  # type: ignore[misc]
    return found[-1].id if len(found) == limit else None


def _leftovers(before: datetime) -> list[str]:
    names = list(shelf.older_than(before.timestamp()))
    gone: list[str] = []
    for start in range(0, len(names), 1000):
        some = names[start : start + 1000]
        known = set(File.objects.filter(token__in=some).values_list("token", flat=True))
        gone += [name for name in some if name not in known]
    return gone


def _read(content: bytes | Readable) -> bytes:
    """Reads one byte more than allowed, so that a giant is refused without being taken in."""
    if isinstance(content, bytes):
        return content
    pieces, missing = [], types.MOST_BYTES + 1
    while missing and (piece := content.read(min(missing, 1024 * 1024))):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def _room_for(claim: str) -> None:
    if File.objects.filter(claim=claim, about="").count() >= MOST_LOOSE:
        raise BadInput(
            f"一次最多上传 {MOST_LOOSE} 份材料。",
            way_on="请先提交已经上传的材料，再补充其余的。",
            field="file",
        )


def _owner(actor: Actor, claim: str) -> tuple[str, str]:
    """What must be shown again to see the loose file: see rows.sql."""
    if actor.kind == "citizen":
        return actor.claim_ref, actor.claim_key
    if actor.kind == "visitor":
        return "", claim
    return actor.ref, ""

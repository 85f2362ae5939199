"""Looks a file up; row security decides whether it is there."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from yike.rooms.core.refusal import NotFound
from yike.rooms.files.models import File


def file_for(file_id: UUID, *, lock: bool = False) -> File:
    """This will return the file, or refuse with NotFound whether it is absent or hidden."""
    found = files_for([file_id], lock=lock)
    return found[0]


def files_of(about: str, subject: str, *, lock: bool = False) -> list[File]:
    """This will return the files attached to one thing that the actor sees, in id order.

    Locked if asked: then only those whose level they may change, by row security.
    """
    rows = File.objects.filter(about=about, subject=subject).order_by("id")
    return list(rows.select_for_update() if lock else rows)


def files_for(file_ids: Sequence[UUID], *, lock: bool = False) -> list[File]:
    """This will return all these files in the order given, locked in id order if asked.

    Refuses with NotFound when one of them is absent or hidden.
    """
    rows = File.objects.filter(id__in=file_ids).order_by("id")
    if lock:
        rows = rows.select_for_update()
    found = {row.id: row for row in rows}
    if any(file_id not in found for file_id in file_ids):
        raise NotFound("找不到这份材料。", way_on="请刷新页面，或者重新上传。", field="file")
    return [found[file_id] for file_id in file_ids]

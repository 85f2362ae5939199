"""Papers of a draft: each is kept at once under the draft's key, so none is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from yike.doors.portal import drafts
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.files import queries as files_queries
from yike.rooms.files.faces import FileFace
from yike.rooms.guard import limits


def of_draft(request: HttpRequest) -> Sequence[FileFace]:
    """This will return the papers given so far, oldest first."""
    return files_queries.loose_files(drafts.key_of(request))


def keep(request: HttpRequest, upload: UploadedFile[Any]) -> FileFace:
    """This will keep one paper and note it in the draft. Refuses what `files` refuses."""
    face = keep_for(request, upload, drafts.key_of(request))
    _note(request)
    return face


def keep_for(
    request: HttpRequest, upload: UploadedFile[Any], claim: str, *, actor: Actor | None = None
) -> FileFace:
    """This will keep one paper under a claim: a draft's key, or the reference of a matter."""
    actor = actor or cast(Actor, request.actor)  # type: ignore[attr-defined]
    limits.allow(what="portal.upload", who=actor.address, per_seconds=600, at_most=300)
    return files_actions.keep_file(name=upload.name or "", content=upload, claim=claim, actor=actor)


def drop(request: HttpRequest, file_id: str) -> None:
    """This will take a paper back. Refuses with NotFound what is not of this draft."""
    actor = cast(Actor, request.actor)  # type: ignore[attr-defined]
    files_actions.drop_file(file_id=_uuid(file_id), actor=actor)
    _note(request)


def _note(request: HttpRequest) -> None:
    """The draft names its papers: a resend then tells exactly the same, and opens nothing new."""
    ids = [paper.id for paper in of_draft(request)]
    drafts.keep(request, drafts.fields_of(request), {"papers": ids})


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise NotFound("没有这份材料") from None

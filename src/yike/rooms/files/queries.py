"""Reading what is known of files. Content: `actions.open_file`, since a look can be a deed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from yike.rooms.files import access, types
from yike.rooms.files.faces import FileFace
from yike.rooms.files.models import File

#: What is accepted, in words for the upload field.
ACCEPTED = types.ACCEPTED
#: Endings for the `accept` attribute of an upload field.
ENDINGS = types.ENDINGS
#: Largest file taken in, bytes.
MOST_BYTES = types.MOST_BYTES


def file_face(file_id: UUID) -> FileFace:
    """This will return one file's face. Refuses with NotFound: absent and hidden alike."""
    return face_of(access.file_for(file_id))


def faces(file_ids: Iterable[UUID]) -> dict[UUID, FileFace]:
    """This will return the faces of those files that the acting person sees, by id."""
    return {row.id: face_of(row) for row in File.objects.filter(id__in=list(file_ids))}


def files_of(about: str, subject: str) -> Sequence[FileFace]:
    """This will return the files attached to one thing, oldest first."""
    rows = File.objects.filter(about=about, subject=subject).order_by("id")
    return [face_of(row) for row in rows]


def loose_files(claim: str) -> Sequence[FileFace]:
    """This will return the files kept under a claim and not attached yet, oldest first."""
    rows = File.objects.filter(claim=claim, about="").order_by("id")
    return [face_of(row) for row in rows]


def face_of(row: File) -> FileFace:
    """This will return the face of a row."""
    return FileFace(
        id=row.id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        digest=row.digest,
        level=row.level,
        kept_at=row.kept_at,
        about=row.about,
        subject=row.subject,
    )

"""A paper on its way out: streamed, never run by the browser, kept by no cache."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse

from yike.rooms.core.actor import Actor
from yike.rooms.files import actions as files_actions
from yike.rooms.files import queries as files_queries

#: Types a browser may show itself; everything else is saved.
_SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})


def send_file(request: HttpRequest, file_id: UUID) -> StreamingHttpResponse:
    """This will stream a file to whoever row security shows it. Refuses NotFound otherwise."""
    face = files_queries.file_face(file_id)
    actor = cast(Actor, request.actor)  # type: ignore[attr-defined]
    chunks = files_actions.open_file(file_id=file_id, actor=actor)
    how = "inline" if face.media_type in _SHOWN else "attachment"
    response = StreamingHttpResponse(chunks, content_type=face.media_type)
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(face.name)}"
    response.headers["Content-Length"] = str(face.size)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response

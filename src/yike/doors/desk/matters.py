"""Pages of one matter: the whole of it, its dossier, its papers, and every deed done to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from yike.doors.desk import deeds, seat
from yike.doors.desk.forms.deed import DeedForm
from yike.doors.desk.forms.unmask import Unmask
from yike.doors.kit import door
from yike.doors.kit.forms import attempt
from yike.doors.kit.pages import go, show, wants_part
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import flow
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import FilePart, MatterPage
from yike.rooms.people import actions as people_actions

#: What may be asked for by name; outcomes and what only the house does may not.
_VERBS = {row.verb for row in flow.ROWS if not row.outcome and set(row.who) != {"system"}}


@door.staff(roles=seat.WORKERS)
@require_GET
def matter(request: HttpRequest, reference: str) -> HttpResponse:
    """This will show one matter and the deeds allowed now."""
    page = matters_queries.matter_page(seat.who(request), reference)
    if page.look_noted:
        matters_actions.note_look(reference=reference, actor=seat.who(request))
    return _page(request, page, done=deeds.done_words(request.GET.get("done", "")))


@door.staff(roles=seat.WORKERS)
@require_GET
def trail(request: HttpRequest, reference: str) -> HttpResponse:
    """This will show every entry about one matter, looks included, to those who answer for it."""
    after = request.GET.get("after", "")
    face = matters_queries.trail_of(seat.who(request), reference, after=after)
    return show(request, "desk/matter_trail.html", face, reference=reference, doors=seat.DOORS)


@door.staff(roles=seat.WORKERS)
@require_POST
def deed(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """This will do one verb; refused, the page comes back as it is now, with what was typed."""
    if verb not in _VERBS:
        raise Http404
    actor = seat.who(request)
    page = matters_queries.matter_page(actor, reference)
    form = deeds.form_for(page, verb, request.POST, request.FILES)
    if form.is_valid() and (done := attempt(form, lambda: deeds.do(form, page, actor))):
        return go(request, deeds.after(verb, reference, done))
    fresh = matters_queries.matter_page(actor, reference)
    return _page(request, fresh, bound=form, status=422)


@door.staff(roles=seat.WORKERS)
@require_GET
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """This will show what the same person asked before, and what the words suggest."""
    face = matters_queries.dossier(seat.who(request), reference)
    return show(request, "desk/dossier.html", face, part="desk/_dossier.html")


@door.staff(roles=seat.WORKERS)
@require_POST
def unmask(request: HttpRequest, reference: str) -> HttpResponse:
    """This will show the identity in full, once, for the reason given."""
    actor = seat.who(request)
    page = matters_queries.matter_page(actor, reference)
    form = Unmask(request.POST)
    seen = None
    if form.is_valid() and page.party:
        seen = attempt(form, lambda: _unmask(form, page, actor))
    if wants_part(request):
        return show(request, "desk/_unmask.html", page, unmask=form, seen_person=seen)
    return _page(request, page, unmask=form, seen_person=seen)


@door.staff(roles=seat.WORKERS)
@require_GET
def paper(request: HttpRequest, reference: str, file_id: UUID) -> HttpResponseBase:
    """This will stream one paper of the matter to somebody who may see the matter."""
    actor = seat.who(request)
    found = _paper(matters_queries.matter_page(actor, reference), file_id)
    chunks = files_actions.open_file(file_id=file_id, actor=actor)
    answer = StreamingHttpResponse(chunks, content_type=found.media_type)
    saved = found.media_type not in _SHOWN
    answer.headers["Content-Disposition"] = content_disposition_header(saved, found.name) or ""
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


#: Types a browser may show in place; everything else is saved.
_SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})


def _paper(page: MatterPage, file_id: UUID) -> FilePart:
    of_messages = (part for message in page.messages for part in message.files)
    for part in (*page.files, *of_messages):
        if part.id == file_id:
            return part
    raise NotFound("没有这份材料。")


def _unmask(form: Unmask, page: MatterPage, actor: Actor) -> list[tuple[str, str]]:
    assert page.party is not None
    told = form.cleaned_data
    found = people_actions.unmask(
        party_id=page.party.id,
        fields=told["parts"],
        purpose=told["purpose"],
        reason=told["reason"],
        actor=actor,
    )
    names = dict(Unmask.PARTS)
    return [(names[part], found.values[part] or "没有登记") for part in told["parts"]]


def _contact_note(request: HttpRequest, page: MatterPage) -> str:
    """How to reach them safely, to the office that holds it: read on each showing, kept nowhere."""
    if page.party is None or not page.party.contact_noted:
        return ""
    actor = seat.who(request)
    return matters_actions.read_contact_note(reference=page.reference, actor=actor)


def _page(
    request: HttpRequest,
    page: MatterPage,
    *,
    bound: DeedForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    boxes = deeds.boxes(page, bound)
    drawn: dict[str, Any] = {
        "verbs": [one for one in boxes if not one.more],
        "more": [one for one in boxes if one.more],
        "more_open": any(one.more and one.open for one in boxes),
        "points": deeds.points(page, bound),
        "failed": deeds.failed(bound, page) if bound else None,
        "unmask": Unmask(),
        "contact_note": _contact_note(request, page),
        "may_trail": bool(page.may_trail),
        "advises": any(one.verb in ("assign", "reassign") for one in page.verbs),
        "may_rate": page.answered_at is not None and seat.who(request).has(*seat.RATERS),
    }
    return show(request, "desk/matter.html", page, status=status, **drawn | more)

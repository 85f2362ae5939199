"""After the demand was sent: see each step, write, bring papers, withdraw, say if it helped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_POST

from yike.doors.kit import door, sessions
from yike.doors.kit.downloads import send_file
from yike.doors.kit.forms import Form, attempt, succeeds
from yike.doors.kit.pages import go, show
from yike.doors.portal import faces, papers
from yike.doors.portal.forms import follow as follow_forms
from yike.rooms.booking import queries as booking_queries
from yike.rooms.core import refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.guard import limits
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.people import sealing
from yike.rooms.quality import actions as quality_actions

#: The same words for a wrong phone and for a reference that does not exist.
UNKNOWN = "没有找到。请核对查询编号，以及提交时填的电话。"


@door.open
def ask(request: HttpRequest) -> HttpResponse:
    """This will ask for reference and phone, and open the matter that both belong to."""
    known = {"reference": request.GET.get("reference", "")[:40]}
    form = follow_forms.ClaimForm(request.POST or None, initial=known)
    if form.is_valid() and (where := attempt(form, lambda: _prove(request, form.cleaned_data))):
        return go(request, where)
    return show(request, "portal/follow.html", form=form, status=_status(form))


@door.citizen
def matter(request: HttpRequest) -> HttpResponse:
    """This will show where the matter stands, and what the citizen may do now."""
    return _page(request)


@require_POST
@door.citizen
def message(request: HttpRequest) -> HttpResponse:
    """This will send one more message, perhaps with a paper."""
    return _write(request, matters_actions.send_message)


@require_POST
@door.citizen
def bring(request: HttpRequest) -> HttpResponse:
    """This will hand in the papers that were asked for; the promise runs again."""
    return _write(request, matters_actions.bring_papers)


@door.citizen
def withdraw(request: HttpRequest) -> HttpResponse:
    """This will ask once more, and then take the matter back."""
    form = follow_forms.WithdrawForm(request.POST or None)
    if form.is_valid() and succeeds(form, lambda: _withdraw(request, form.cleaned_data["reason"])):
        return go(request, "portal:matter")
    face = faces.follow_face(request)
    return show(request, "portal/withdraw.html", face, form=form, status=_status(form))


@require_POST
@door.citizen
def helped(request: HttpRequest) -> HttpResponse:
    """This will rate the answer: it closes the matter, or has it done once more."""
    form = follow_forms.RateForm(request.POST)
    if form.is_valid() and succeeds(form, lambda: _rate(request, form.cleaned_data)):
        return go(request, "portal:matter")
    return _page(request, helped=form)


@require_POST
@door.citizen
def hurry(request: HttpRequest) -> HttpResponse:
    """This will remind the office, once a day."""
    form = follow_forms.HurryForm(request.POST, auto_id="hurry_%s")
    if form.is_valid() and succeeds(form, lambda: _hurry(request, form.cleaned_data["words"])):
        return go(request, "portal:matter")
    return _page(request, hurry=form)


@door.citizen
def paper(request: HttpRequest, file_id: UUID) -> StreamingHttpResponse:
    """This will give out a paper of one's own matter."""
    return send_file(request, file_id)


@require_POST
@door.open
def close(request: HttpRequest) -> HttpResponse:
    """This will forget the claim, as one should on somebody else's phone."""
    sessions.drop_claim(request)
    return go(request, "portal:home")


def _prove(request: HttpRequest, typed: dict[str, str]) -> str:
    """Counts every try before looking, so that guessing is slow whatever the answer is.

    Returns the page of what was proved: a demand or a booking.
    """
    reference, key = _read(typed)
    for what, who, most in (
        ("follow.address", _actor(request).address, 20),
        ("follow.reference", reference, 10),
    ):
        limits.allow(what=what, who=who, per_seconds=600, at_most=most)
    with acting(_actor(request).claiming(reference, key)) as citizen:
        found = next((page for page, look in _PAGES.items() if _shows(look, citizen)), "")
    if not found:
        raise BadInput(UNKNOWN, way_on="找不到编号？打 12348，工作人员可以帮您查。")
    limits.forget(what="follow.reference", who=reference)
    sessions.keep_claim(request, reference, key)
    return found


#: what reference and phone may belong to → how one looks whether they do
_PAGES: dict[str, Callable[[Actor], object]] = {
    "portal:matter": matters_queries.citizen_page,
    "portal:booking": booking_queries.mine,
}


def _shows(look: Callable[[Actor], object], citizen: Actor) -> bool:
    try:
        look(citizen)
    except NotFound:
        return False
    return True


def _read(typed: dict[str, str]) -> tuple[str, str]:
    reference = refs.read_reference(typed["reference"])
    if not reference:
        raise BadInput("这个编号不完整或有写错的地方，请对照回执再看一遍。", field="reference")
    return reference, sealing.phone_index(typed["phone"])


def _write(request: HttpRequest, deed: Callable[..., None]) -> HttpResponse:
    form = follow_forms.MessageForm(request.POST, request.FILES)
    if form.is_valid() and succeeds(form, lambda: _say(request, form, deed)):
        return go(request, "portal:matter")
    return _page(request, form=form)


@transaction.atomic  # a paper whose words are refused is not kept either
def _say(request: HttpRequest, form: Form, deed: Callable[..., None]) -> bool:
    actor = _actor(request)
    upload = form.cleaned_data.get("file")
    given = [papers.keep_for(request, upload, actor.claim_ref).id] if upload else []
    deed(reference=actor.claim_ref, words=form.cleaned_data["words"], file_ids=given, actor=actor)
    return True


def _withdraw(request: HttpRequest, reason: str) -> bool:
    actor = _actor(request)
    seen = request.POST.get("seen", "")
    matters_actions.withdraw(reference=actor.claim_ref, reason=reason, actor=actor, seen=seen)
    return True


def _hurry(request: HttpRequest, words: str) -> bool:
    actor = _actor(request)
    matters_actions.hurry(reference=actor.claim_ref, words=words, actor=actor)
    return True


def _rate(request: HttpRequest, typed: dict[str, Any]) -> bool:
    device = request.draft_key  # type: ignore[attr-defined]
    quality_actions.rate(**typed, device=device, actor=_actor(request))
    return True


def _page(
    request: HttpRequest,
    form: Form | None = None,
    helped: Form | None = None,
    hurry: Form | None = None,
) -> HttpResponse:
    shown: dict[str, Any] = {
        "form": form or follow_forms.MessageForm(),
        "helped": helped or follow_forms.RateForm(),
        "hurry": hurry or follow_forms.HurryForm(auto_id="hurry_%s"),
    }
    status = 422 if form or helped or hurry else 200
    face = faces.follow_face(request)
    return show(request, "portal/matter.html", face, status=status, **shown)


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]

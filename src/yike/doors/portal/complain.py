"""Complaining about service, and following the complaint by its reference and phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from yike.doors.kit import door, sessions
from yike.doors.kit.forms import Form, succeeds
from yike.doors.kit.pages import go, show
from yike.doors.portal import papers
from yike.doors.portal.follow import UNKNOWN
from yike.doors.portal.forms.complain import AppealForm, ComplainForm
from yike.doors.portal.forms.follow import ClaimForm
from yike.rooms.core import refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.guard import limits
from yike.rooms.guard.acting import acting
from yike.rooms.people import sealing
from yike.rooms.quality import actions as quality_actions
from yike.rooms.quality import queries as quality_queries
from yike.rooms.quality.actions import ComplaintReceipt, Grievance


@dataclass(frozen=True)
class _Claim:
    """Who complains: the citizen of a matter, or a visitor."""

    actor: Actor
    reference: str


@door.open
def complain(request: HttpRequest) -> HttpResponse:
    """This will take a complaint, about a matter or about anything, and show its receipt."""
    known = {"reference": request.GET.get("reference", "")[:40], "key": str(new_id())}
    form = ComplainForm(request.POST or None, request.FILES or None, initial=known)
    if form.is_valid() and succeeds(form, lambda: _make(request, form.cleaned_data)):
        return go(request, "portal:complaint")
    return show(request, "portal/complain.html", form=form, status=_status(form))


@door.open
def ask(request: HttpRequest) -> HttpResponse:
    """This will ask for the complaint's reference and phone, and open it."""
    form = ClaimForm(request.POST or None)
    if form.is_valid() and succeeds(form, lambda: _prove(request, form.cleaned_data)):
        return go(request, "portal:complaint")
    return show(request, "portal/complain_follow.html", form=form, status=_status(form))


@door.citizen
def mine(request: HttpRequest) -> HttpResponse:
    """This will show where the complaint stands, and what may be done now."""
    return _page(request, AppealForm())


@require_POST
@door.citizen
def appeal(request: HttpRequest) -> HttpResponse:
    """This will take the answer to the upper level, once."""
    form, actor = AppealForm(request.POST), _actor(request)
    face = quality_queries.complaint_face(actor)
    if form.is_valid() and succeeds(
        form, lambda: quality_actions.appeal(case_id=face.id, actor=actor, **form.cleaned_data)
    ):
        return go(request, "portal:complaint")
    return _page(request, form)


@require_POST
@door.citizen
def withdraw(request: HttpRequest) -> HttpResponse:
    """This will take the complaint back."""
    actor = _actor(request)
    face = quality_queries.complaint_face(actor)
    quality_actions.withdraw_complaint(case_id=face.id, actor=actor)
    return go(request, "portal:complaint")


@transaction.atomic  # a paper whose complaint is refused is not kept either
def _make(request: HttpRequest, typed: dict[str, Any]) -> ComplaintReceipt:
    claim = _claimed(request, typed)
    upload, key = typed.pop("file", None), typed.pop("key")
    with acting(claim.actor):
        given: tuple[UUID, ...] = ()
        if upload:
            where = claim.reference or request.draft_key  # type: ignore[attr-defined]
            given = (papers.keep_for(request, upload, where, actor=claim.actor).id,)
        told = {**typed, "reference": claim.reference, "file_ids": given}
        made = quality_actions.make_complaint(
            grievance=Grievance(**told), key=key, actor=claim.actor
        )
    sessions.keep_claim(request, made.reference, sealing.phone_index(typed["phone"]))
    return made


def _claimed(request: HttpRequest, typed: dict[str, Any]) -> _Claim:
    """With a reference, phone and reference must belong together: the same answer for both."""
    visitor = _actor(request)
    if not typed["reference"].strip():
        return _Claim(visitor, "")
    reference, key = _read(typed)
    _slow(visitor, reference)
    citizen = visitor.claiming(reference, key)
    try:
        with acting(citizen):
            quality_queries.rate_page(citizen)
    except NotFound:
        raise BadInput(
            UNKNOWN, way_on="不记得编号就不填，直接写情况。", field="reference"
        ) from None
    return _Claim(citizen, reference)


def _prove(request: HttpRequest, typed: dict[str, Any]) -> str:
    reference, key = _read(typed)
    _slow(_actor(request), reference)
    try:
        with acting(_actor(request).claiming(reference, key)) as citizen:
            quality_queries.complaint_face(citizen)
    except NotFound:
        raise BadInput(UNKNOWN, way_on="找不到编号？打 12348，工作人员可以帮您查。") from None
    sessions.keep_claim(request, reference, key)
    return reference


def _read(typed: dict[str, Any]) -> tuple[str, str]:
    reference = refs.read_reference(typed["reference"])
    if not reference:
        raise BadInput("这个编号不完整或有写错的地方，请对照回执再看一遍。", field="reference")
    return reference, sealing.phone_index(typed["phone"])


def _slow(visitor: Actor, reference: str) -> None:
    """Counts every try before looking, so that guessing is slow whatever the answer is."""
    for what, who, most in (
        ("follow.address", visitor.address, 20),
        ("follow.reference", reference, 10),
    ):
        limits.allow(what=what, who=who, per_seconds=600, at_most=most)


def _page(request: HttpRequest, form: Form) -> HttpResponse:
    face = quality_queries.complaint_face(_actor(request))
    return show(request, "portal/complaint.html", face, form=form, status=_status(form))


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]

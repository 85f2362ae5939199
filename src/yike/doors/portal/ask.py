"""The way in, one question a page: words, kind, details, care, place, person, papers, check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from yike.doors.kit import door, qr, sessions
from yike.doors.kit.forms import Form, attempt, succeeds
from yike.doors.kit.pages import go, show
from yike.doors.portal import drafts, faces, papers
from yike.doors.portal.county import county
from yike.doors.portal.forms import ask as ask_forms
from yike.doors.portal.situations import needs_care, situation
from yike.rooms.core.refusal import NotFound
from yike.rooms.guard import limits
from yike.rooms.matters import actions as matters_actions
from yike.rooms.people import privacy_notices, sealing
from yike.rooms.regions import queries as regions_queries

#: Demands that one address may bring in ten minutes.
_OPEN_MOST = 60


@door.open
def words(request: HttpRequest) -> HttpResponse:
    """This will ask what happened."""
    about = situation(request.POST.get("about") or request.GET.get("about") or "")
    fields = drafts.fields_of(request)
    form = ask_forms.WordsForm(request.POST or None, initial=fields)
    more: dict[str, str | None] = {}
    if about:
        more = {"about": about.slug, "category": None, "item_code": None}
    if item := request.POST.get("item") or request.GET.get("item"):
        more["item_code"] = item
    return _step(
        request, fields, form, "portal/words.html", "portal:kind", more, about=about, item=item
    )


@require_POST
@door.open
def keep(request: HttpRequest) -> HttpResponse:
    """This will keep the words while they are still being written; wrong ones are not kept."""
    form = ask_forms.WordsForm(request.POST)
    fields = drafts.fields_of(request)
    if form.is_valid() and succeeds(form, lambda: drafts.keep(request, fields, form.cleaned_data)):
        return drafts.remember(request, HttpResponse(status=204))
    return HttpResponse(status=204)


@door.open
def kind(request: HttpRequest) -> HttpResponse:
    """This will offer likely kinds and services, with what happens next."""
    fields = drafts.fields_of(request)
    if not fields.get("text"):
        return go(request, "portal:words")
    face = faces.kind_face(fields)
    form = _kind_form(request, fields, face)
    guide = drafts.guide_of({"item_code": request.POST.get("item_code", "")})
    then = "portal:details" if guide and guide.form else "portal:careful"
    return _step(request, fields, form, "portal/kind.html", then, face=face)


def _kind_form(
    request: HttpRequest, fields: drafts.Fields, face: faces.KindFace
) -> ask_forms.KindForm:
    return ask_forms.KindForm(
        request.POST or None,
        initial={
            "category": face.category,
            "item_code": face.item_code,
            "demand_type": fields.get("demand_type", "1"),
        },
        categories=[(one.code, one.name) for one in face.categories],
        items=[(one.code, one.name) for one in face.items],
    )


@door.open
def details(request: HttpRequest) -> HttpResponse:
    """This will ask what the chosen service wants to know beyond the common questions, if any."""
    fields = drafts.fields_of(request)
    guide = drafts.guide_of(fields)
    if guide is None or not guide.form:
        return _onward(request, "portal:careful")
    form = ask_forms.DetailsForm(request.POST or None, initial=fields, asked=guide.form)
    return _step(request, fields, form, "portal/details.html", "portal:careful", face=guide)


@door.open
def careful(request: HttpRequest) -> HttpResponse:
    """This will ask, only where it matters, whether the person is safe and how to reach them."""
    fields = drafts.fields_of(request)
    told = {name: fields.get(name, "") for name in ("text", "category", "about")}
    if not needs_care(**told):
        return _onward(request, "portal:town")
    form = ask_forms.CarefulForm(request.POST or None, initial=fields)
    return _step(request, fields, form, "portal/careful.html", "portal:town", quick_exit=True)


@door.open
def town(request: HttpRequest) -> HttpResponse:
    """This will ask for the town, or take it from the phone's position."""
    fields = drafts.fields_of(request)
    towns = regions_queries.towns_of(county())
    form = ask_forms.TownForm(
        request.POST or None, initial=fields, towns=[(row.code, row.name) for row in towns]
    )
    more = {} if request.POST.get("town") == fields.get("town") else {"village": None}
    return _step(
        request, fields, form, "portal/town.html", "portal:village", more,
        position=ask_forms.PositionForm(),
    )  # fmt: skip


@door.open
def position(request: HttpRequest) -> HttpResponse:
    """This will propose town and village from the phone's position; outside is kindly refused."""
    form = ask_forms.PositionForm(request.POST or None)
    found = None
    if form.is_valid():
        told = form.cleaned_data
        found = attempt(
            form, lambda: regions_queries.locate(told["lon"], told["lat"], county=county())
        )
    return show(request, "portal/position.html", found, form=form, suffix=_suffix(request))


@door.open
def village(request: HttpRequest) -> HttpResponse:
    """This will ask for the village of the town chosen."""
    fields = drafts.fields_of(request)
    chosen = request.POST.get("town") or fields.get("town", "")
    if not chosen:
        return go(request, "portal:town")
    if chosen not in {row.code for row in regions_queries.towns_of(county())}:
        raise NotFound("没有这个乡镇（街道）")
    rows = regions_queries.villages_of(chosen)
    start = {"village": fields["village"] or ask_forms.UNKNOWN} if "village" in fields else {}
    form = ask_forms.VillageForm(
        request.POST or None, initial=start, villages=[(row.code, row.name) for row in rows]
    )
    more = {"town": regions_queries.region(chosen).code}
    face = regions_queries.path_of(chosen)
    return _step(request, fields, form, "portal/village.html", "portal:person", more, face=face)


@door.open
def person(request: HttpRequest) -> HttpResponse:
    """This will ask who it is and how to reach them."""
    fields = drafts.fields_of(request)
    start = fields | {"needs": drafts.list_of(fields, "needs")}
    form = ask_forms.PersonForm(request.POST or None, initial=start)
    return _step(request, fields, form, "portal/person.html", "portal:papers")


@door.open
def give_papers(request: HttpRequest) -> HttpResponse:
    """This will take papers one by one; each is kept at once."""
    if "drop" in request.POST:
        papers.drop(request, request.POST["drop"])
        return go(request, "portal:papers")
    given = request.method == "POST"
    form = ask_forms.PaperForm(request.POST if given else None, request.FILES if given else None)
    if form.is_valid() and succeeds(form, lambda: papers.keep(request, form.cleaned_data["file"])):
        return drafts.remember(request, go(request, "portal:papers"))
    face = papers.of_draft(request)
    return show(request, "portal/papers.html", face, form=form, status=_status(form))


@door.open
def check(request: HttpRequest) -> HttpResponse:
    """This will show all answers, and open the matter when they are confirmed."""
    fields = drafts.fields_of(request)
    if lacking := drafts.missing(fields):
        return go(request, lacking if fields or not sessions.has_claim(request) else "portal:sent")
    start = {"notice": privacy_notices.current()}
    form = ask_forms.SendForm(request.POST or None, initial=start)
    told = fields | {"agreed": request.POST.get("notice", "")}
    if form.is_valid() and succeeds(form, lambda: _send(request, told)):
        return drafts.forget(go(request, "portal:sent"))
    face = faces.check_face(fields, papers.of_draft(request))
    return show(request, "portal/check.html", face, form=form, status=_status(form))


@door.citizen
def sent(request: HttpRequest) -> HttpResponse:
    """This will show the receipt: reference, promise, who holds it, what happens next."""
    face = faces.follow_face(request)
    query = urlencode({"reference": face.page.reference})
    where = f"{settings.YIKE.public_url.rstrip('/')}{reverse('portal:follow')}?{query}"
    return show(request, "portal/sent.html", face, qr=qr.drawn(where, "查进度的二维码"))


@door.open
def leave(request: HttpRequest) -> HttpResponse:
    """This will forget everything in this browser and show a harmless page elsewhere."""
    sessions.leave(request)
    response = HttpResponse(status=302, headers={"Location": "https://www.weather.com.cn/"})
    response.headers["Clear-Site-Data"] = '"cookies", "cache"'
    return drafts.forget(response)


def _send(request: HttpRequest, fields: drafts.Fields) -> None:
    """The draft's key is the key of the deed: however often it is sent, one matter opens.

    A whole hall may share one address; a program that floods the offices may not.
    """
    address = request.actor.address  # type: ignore[attr-defined]
    limits.allow(what="portal.open", who=address, per_seconds=600, at_most=_OPEN_MOST)
    receipt = matters_actions.open_matter(
        demand=drafts.demand_of(fields),
        key=drafts.key_of(request),
        actor=request.actor,  # type: ignore[attr-defined]
    )
    sessions.keep_claim(request, receipt.reference, sealing.phone_index(fields["phone"]))


def _step(
    request: HttpRequest,
    fields: drafts.Fields,
    form: Form,
    template: str,
    then: str,
    more: Mapping[str, Any] | None = None,
    face: Any = None,
    **shown: Any,
) -> HttpResponse:
    """Shows a question, keeps its answer, and goes on: onward, or back to the check."""
    typed = (form.cleaned_data | dict(more or {})) if form.is_valid() else {}
    if typed and succeeds(form, lambda: drafts.keep(request, fields, typed)):
        return drafts.remember(request, _onward(request, then))
    shown |= {"form": form, "suffix": _suffix(request), "near": fields.get("town", "")}
    return show(request, template, face, status=_status(form), **shown)


def _onward(request: HttpRequest, then: str) -> HttpResponse:
    """Whoever came from the check goes back there, after the question that belongs to this one."""
    suffix = _suffix(request)
    if suffix and then not in ("portal:details", "portal:careful", "portal:village"):
        return go(request, "portal:check")
    return go(request, reverse(then) + suffix)


def _suffix(request: HttpRequest) -> str:
    return "?to=check" if request.GET.get("to") == "check" else ""


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200

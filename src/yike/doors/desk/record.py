"""Writing down what somebody says at the window or on the telephone: one screen, two endings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, drawing, seat
from yike.doors.desk.forms.record import Record, typed
from yike.doors.kit import door
from yike.doors.kit.forms import attempt
from yike.doors.kit.pages import go, show
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Refusal
from yike.rooms.files import actions as files_actions
from yike.rooms.files import queries as files_queries
from yike.rooms.guard import secrecy
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import codes, hotlines, lines, splitting
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import EarlierRow, Receipt
from yike.rooms.matters.queries import Duplicate
from yike.rooms.people import roles


@dataclass(frozen=True)
class Screen:
    """What stands beside the form: earlier demands of the number, and what the words suggest."""

    earlier: tuple[EarlierRow, ...]
    #: why there are none: nothing asked, no number, none found
    told: str
    categories: tuple[catalogue_queries.MatterSuggestion, ...]
    items: tuple[catalogue_queries.ItemSuggestion, ...]
    #: the line the call belongs to; the questions the words ask; what was told before already
    advice: lines.LineAdvice | None = None
    points: tuple[str, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()


@door.staff(roles=seat.RECORDERS)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """This will take down a demand and answer it on the spot or make it an order."""
    do = request.POST.get("do", "order")
    if request.method == "GET" or do not in ("order", "spot"):
        return _screen(request, _unjudged(request))
    form, actor = _bound(request), seat.who(request)
    if form.is_valid() and (made := attempt(form, lambda: _make(form, do, actor))):
        return go(request, "desk:receipt", made.reference)
    return _screen(request, form, status=422)


@door.staff(roles=seat.RECORDERS)
@require_POST
def earlier(request: HttpRequest) -> HttpResponse:
    """This will show what the same number asked before (a part of the screen)."""
    return show(request, "desk/_earlier.html", _beside(request))


@door.staff(roles=seat.RECORDERS)
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """This will show which category and items the words suggest (a part of the screen)."""
    return show(request, "desk/_suggest.html", _beside(request))


@door.staff(roles=seat.RECORDERS)
@require_POST
def villages(request: HttpRequest) -> HttpResponse:
    """This will show the villages of the town just chosen (a part of the screen)."""
    form = _unjudged(request)
    return show(request, "desk/_village.html", form=form)


@door.staff(roles=seat.WORKERS)
@require_GET
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """This will show what to read aloud and print: number, promise, holder, citizen code."""
    page = matters_queries.matter_page(seat.who(request), reference)
    onward = any(verb.verb == "continue_as" for verb in page.verbs)
    return show(
        request, "desk/receipt.html", page, drawn=drawing.codes_of(page), can_continue=onward
    )


def _make(form: Record, do: str, actor: Actor) -> Receipt:
    made = _receipt(form, do, actor)
    ticket = form.cleaned_data["ticket"]
    if ticket and not made.repeated:
        matters_actions.serve_ticket(ticket_id=ticket, reference=made.reference, actor=actor)
    return made


def _receipt(form: Record, do: str, actor: Actor) -> Receipt:
    demand, told = form.demand(), form.cleaned_data
    if do == "order":
        return matters_actions.open_matter(demand=demand, key=told["key"], actor=actor)
    return matters_actions.answer_on_spot(
        demand=demand, answer=told["answer"], result=told["result"],
        minutes=told["minutes"], key=told["key"], actor=actor,
    )  # fmt: skip


def _screen(request: HttpRequest, form: Record, status: int = 200) -> HttpResponse:
    return show(request, "desk/record.html", _beside(request), form=form, status=status)


def _bound(request: HttpRequest) -> Record:
    """The form as sent. Papers are kept before anything is judged: an error never loses them."""
    data, key, refused = request.POST.copy(), request.POST.get("key", ""), []
    for paper in request.FILES.getlist("papers"):
        try:
            secrecy.refuse_state_secrets(
                *map(str, data.values())
            )  # beside marked words nothing is kept
            kept = files_actions.keep_file(
                name=paper.name or "", content=paper, claim=key, actor=seat.who(request)
            )
            data.appendlist("file_ids", str(kept.id))
        except Refusal as no:
            refused.append(f"{paper.name}：{no.sentence}{no.way_on}")
    form = Record(data, offered=_offered(request, key))
    for sentence in refused:
        form.add_error("papers", sentence)
    return form


def _unjudged(request: HttpRequest) -> Record:
    """The form with what was typed so far, without a word about what is still missing."""
    told: dict[str, Any] = {
        "key": uuid4().hex, "channel": _usual_channel(seat.who(request)), "demand_type": "1",
        **typed(request.POST or request.GET),
    }  # fmt: skip
    if request.POST.get("do") == "points":
        told["points"] = "\n".join(splitting.suggest(told.get("text") or ""))
    return Record(initial=told, offered=_offered(request, told["key"]))


def _usual_channel(actor: Actor) -> str:
    return "02" if actor.has(roles.AGENT) and not actor.has(roles.CLERK) else "01"


def _offered(request: HttpRequest, key: str) -> dict[str, choices.Choices]:
    town = (request.POST or request.GET).get("town", "")
    loose = files_queries.loose_files(key) if key else ()
    return {
        "category": choices.categories(blank="按诉求内容自动判断"),
        "item_code": choices.items(blank="按类别自动判断"),
        "urgency": choices.of(
            ((str(code), name) for code, name in codes.URGENCIES.items()), blank="按内容自动判断"
        ),
        "town": choices.towns(),
        "village": choices.villages(town),
        "file_ids": [(str(one.id), f"{one.name}（{one.size_words}）") for one in loose],
    }


def _beside(request: HttpRequest) -> Screen:
    """What stands beside the form; nothing is asked for what was not typed."""
    told = request.POST or request.GET
    text, category = told.get("text", "").strip(), told.get("category", "")
    likely = catalogue_queries.suggest_matters(text) if text else ()
    best = category or (likely[0].code if likely else "")
    things = catalogue_queries.suggest_items(text, best) if text else ()
    rows, asked = _earlier(request)
    line = told.get("line", "")
    return Screen(
        rows, asked, likely, things,
        advice=_advice(text, line) if text and (line or _calls(request)) else None,
        points=splitting.suggest(text) if text else (),
        duplicates=_duplicates(request, text),
    )  # fmt: skip


def _advice(text: str, line: str) -> lines.LineAdvice:
    """By this county's own table."""
    return lines.decide(text, line=line, table=hotlines.in_force(choices.county()).rules)


def _calls(request: HttpRequest) -> bool:
    """Whether somebody is on the telephone."""
    return (request.POST or request.GET).get("channel", "") in ("02", "03")


def _duplicates(request: HttpRequest, text: str) -> tuple[Duplicate, ...]:
    told = request.POST or request.GET
    if not text:
        return ()
    return matters_queries.duplicates_of_words(
        seat.who(request), text=text, phone=told.get("phone", ""),
        id_number=told.get("id_number", ""),
        region_code=told.get("village", "") or told.get("town", ""),
    )  # fmt: skip


def _earlier(request: HttpRequest) -> tuple[tuple[EarlierRow, ...], str]:
    told = request.POST or request.GET
    phone, number = told.get("phone", "").strip(), told.get("id_number", "").strip()
    if not (phone or number):
        return (), ""
    try:
        found = matters_queries.earlier_of(seat.who(request), phone=phone, id_number=number)
    except BadInput as no:
        return (), no.sentence
    return tuple(found), "" if found else "这个号码以前没有诉求。"

"""The deeds of a case's page: how each is shown, and how its form becomes one call inward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from yike.doors.desk.forms.deed import DeedForm
from yike.doors.kit.forms import succeeds
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Refusal
from yike.rooms.files import actions as files_actions
from yike.rooms.quality import actions as quality_actions
from yike.rooms.quality import flow
from yike.rooms.quality import queries as quality_queries
from yike.rooms.quality.faces import CasePage

_IDS = frozenset({"to_org", "mend_org", "account_id"})
_TRUTHS = frozenset({"hard", "upheld"})
#: a case's id is told by its address
_HIDDEN = frozenset({"seen"})


@dataclass(frozen=True)
class Box:
    """One deed, ready to be drawn."""

    verb: str
    label: str
    grave: bool
    open: bool
    form: DeedForm


def is_verb(noun: str, verb: str) -> bool:
    """This will say whether a case of this noun has such a deed for people."""
    return any(
        row.noun == noun and row.verb == verb and not {"system", "party"} & set(row.who)
        for row in flow.ROWS
    )


def boxes(page: CasePage, bound: DeedForm | None = None) -> list[Box]:
    """This will return the deeds allowed now; the one just tried keeps its form and is open."""
    found = []
    for place, face in enumerate(page.verbs):
        tried = bound is not None and bound.face.verb == face.verb
        form = bound if tried and bound else DeedForm.of(face, seen=page.version)
        first = bound is None and place == 0
        found.append(Box(face.verb, face.label, face.grave, tried or first, form))
    return found


def form_for(page: CasePage, verb: str, data: Any, files: Any) -> DeedForm:
    """This will return a deed's form with what was typed, also when it is allowed no more."""
    face = next((one for one in page.verbs if one.verb == verb), None)
    return DeedForm.of(face or quality_queries.bare(verb), data, files, seen=page.version)


def done(form: DeedForm, page: CasePage, actor: Actor) -> bool:
    """This will do the deed of a valid form; False leaves the page to say why not."""
    return form.is_valid() and succeeds(form, lambda: _do(form, page, actor))


@transaction.atomic  # a paper whose words are refused is not kept either
def _do(form: DeedForm, page: CasePage, actor: Actor) -> object:
    told = {name: value for name, value in form.cleaned_data.items() if name not in _HIDDEN}
    arguments = {name: _plain(name, value) for name, value in told.items()}
    if "file_ids" in arguments:
        arguments["file_ids"] = [_keep(paper, page, actor) for paper in told["file_ids"]]
    action: Callable[..., object] = getattr(quality_actions, form.face.verb)
    seen = form.cleaned_data["seen"]
    return action(case_id=page.row.id, seen=seen, actor=actor, **arguments)


def after(verb: str, noun: str, case_id: UUID) -> str:
    """This will return where the page goes on."""
    where = reverse("desk:quality_case", args=[noun, case_id])
    return f"{where}?{urlencode({'done': verb})}"


def done_words(verb: str) -> str:
    """This will say that a deed is done; "" for anything that is no deed."""
    found = next((row for row in flow.ROWS if row.verb == verb), None)
    return f"已办：{found.label}。" if found else ""


def _plain(name: str, value: Any) -> Any:
    if name in _TRUTHS:
        return value == "1"
    if name not in _IDS:
        return value
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        raise BadInput("请从列表里选择。", field=name) from None


def _keep(paper: Any, page: CasePage, actor: Actor) -> UUID:
    """A paper is kept for this case first; one that is refused is named."""
    try:
        face = files_actions.keep_file(
            name=paper.name or "", content=paper, claim=str(page.row.id), actor=actor
        )
    except Refusal as no:
        said = f"{paper.name}：{no.sentence}"
        raise BadInput(said, way_on=no.way_on, field="file_ids") from no
    return face.id

"""What a citizen has typed so far: kept sealed by matters under the key in this browser's cookie.

Nothing typed is lost by an error, an ended session or a lost connection; nothing is in the cookie.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yike.doors.kit.incoming import DRAFT
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.catalogue.queries import ItemGuide
from yike.rooms.core.refusal import NotFound
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.demand import Demand

#: Before the names of a service's own questions, so that they never meet the common ones.
OWN = "own_"
#: A draft is offered again for a week.
KEEP_SECONDS = 7 * 24 * 3600

Fields = dict[str, str]


def key_of(request: HttpRequest) -> str:
    """This will return the key of this browser's draft, a fresh one when there is none yet."""
    return str(request.draft_key)  # type: ignore[attr-defined]


def fields_of(request: HttpRequest) -> Fields:
    """This will return what was typed so far; empty when nothing is kept."""
    if DRAFT not in request.COOKIES:
        return {}
    found = matters_queries.draft(key_of(request), request.actor)  # type: ignore[attr-defined]
    return dict(found.fields) if found else {}


def keep(request: HttpRequest, before: Fields, typed: Mapping[str, Any]) -> Fields:
    """This will keep what was typed with what was there; None takes an answer away.

    Refuses state secrets with BadInput; then nothing is kept.
    """
    told = {name: _plain(value) for name, value in typed.items() if value is not None}
    gone = {name for name, value in typed.items() if value is None}
    fields = {name: value for name, value in before.items() if name not in gone} | told
    matters_actions.save_draft(
        key=key_of(request),
        fields=fields,
        actor=request.actor,  # type: ignore[attr-defined]
    )
    return fields


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """This will put the draft's key into this browser's cookie."""
    response.set_cookie(
        DRAFT, key_of(request), max_age=KEEP_SECONDS, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """This will take the key from this browser."""
    response.delete_cookie(DRAFT, samesite="Lax")
    return response


def list_of(fields: Mapping[str, str], name: str) -> tuple[str, ...]:
    """This will return the values of a field with several answers."""
    return tuple(value for value in fields.get(name, "").split(",") if value)


def demand_of(fields: Mapping[str, str]) -> Demand:
    """This will return the demand that the draft tells. Nothing is decided here."""
    company = fields.get("party_kind") == "company"
    behalf = fields.get("for_other") == "yes"
    number = fields.get("id_number", "")
    item = fields.get("item_code", "")
    return Demand(
        text=fields.get("text", ""),
        region_code=fields.get("village") or fields.get("town", ""),
        name=fields.get("name", ""),
        phone=fields.get("phone", ""),
        demand_type=fields.get("demand_type", "1"),
        category=fields.get("category", ""),
        item_code="" if item == "none" else item,
        channel="04",
        party_kind="company" if company else "person",
        uscc=fields.get("uscc", "") if company else "",
        id_type="111" if number else "",
        id_number=number,
        on_behalf_of=fields.get("on_behalf_of", "") if behalf else "",
        relation=fields.get("relation", "") if behalf else "",
        contact_way=fields.get("contact_way", ""),
        safe_from=fields.get("safe_from", ""),
        safe_until=fields.get("safe_until", ""),
        contact_note=fields.get("contact_note", ""),
        needs=list_of(fields, "needs"),
        person_categories=list_of(fields, "person_categories"),
        file_ids=tuple(UUID(paper) for paper in list_of(fields, "papers")),
        answers=answers_of(fields),
        agreed=fields.get("agreed", ""),
        demo=settings.YIKE.demo,
    )


def guide_of(fields: Mapping[str, str]) -> ItemGuide | None:
    """This will return the guide of the service chosen; None when none is, or it has ended."""
    item = fields.get("item_code", "")
    if item in ("", "none"):
        return None
    try:
        return catalogue_queries.item_guide(item)
    except NotFound:
        return None


def answers_of(fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """This will return what was answered to the service's own questions: (field name, typed)."""
    guide = guide_of(fields)
    names = [str(one["name"]) for one in guide.form] if guide else []
    return tuple((name, fields[OWN + name]) for name in names if fields.get(OWN + name))


def missing(fields: Mapping[str, str]) -> str:
    """This will name the first step that is still to be answered; "" when all is there."""
    if not fields.get("text"):
        return "portal:words"
    if "category" not in fields:
        return "portal:kind"
    if not fields.get("town"):
        return "portal:town"
    if "village" not in fields:
        return "portal:village"
    if not (fields.get("name") and fields.get("phone")):
        return "portal:person"
    return ""


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ",".join(str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return value.strftime("%H:%M") if hasattr(value, "strftime") else str(value or "")

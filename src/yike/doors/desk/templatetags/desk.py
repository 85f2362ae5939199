"""The desk's own words in templates: where one may go from here."""

from __future__ import annotations

from typing import Any

from django import template

from yike.doors.desk import seat

register = template.Library()


@register.inclusion_tag("desk/_nav.html", takes_context=True)
def desk_nav(context: dict[str, Any]) -> dict[str, Any]:
    """This will list the pages this person's roles open, the daily ones first."""
    request = context["request"]
    more = seat.more_places(request.actor, request.path)
    here = (place.name for _, places in more for place in places if place.here)
    daily = seat.daily_places(request.actor, request.path)
    return {"places": daily, "more": more, "within": next(here, "")}


@register.simple_tag(takes_context=True)
def works_on_matters(context: dict[str, Any]) -> bool:
    """This will say whether there is anything to find here for this person."""
    return seat.works(context["request"].actor)


@register.simple_tag(takes_context=True)
def may_record(context: dict[str, Any]) -> bool:
    """This will say whether this person writes down what somebody says."""
    return bool(context["request"].actor.has(*seat.RECORDERS))


@register.filter
def named(names: dict[Any, str], key: Any) -> str:
    """This will return the name of a key, "" for none."""
    return names.get(key, "") if key else ""


@register.filter
def times(value: int, by: int) -> int:
    """This will multiply: the lines of a box stand one below the other."""
    return value * by


@register.filter
def asked(names: dict[str, str], need: str) -> str:
    """This will return a field's name, and whether it may be left empty."""
    name = names.get(need.rstrip("?"), need)
    return f"{name}（可不填）" if need.endswith("?") else name

"""Words for times, names and people in every template."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.forms import BoundField, RadioSelect
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yike.doors.kit import icons, words
from yike.doors.kit.forms import Boxes
from yike.rooms.core import clock

register = template.Library()


@register.simple_tag
def when(moment: datetime | date | None, empty: str = "—") -> str | SafeString:
    """This will say "今天 14:20", with the full date in the title."""
    if moment is None:
        return empty
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        words.full_time(moment),
        words.short_time(moment, clock.now()),
    )


@register.simple_tag
def due(
    moment: datetime | None,
    warn_at: datetime | None = None,
    done_at: datetime | None = None,
    paused: bool = False,
    alert: str | None = None,
) -> str | SafeString:
    """This will say how a promise stands: colour, icon and word together, never colour alone.

    `alert` is the colour a room reckoned (green, yellow, orange, red); without it the instant says.
    """
    if moment is None:
        return format_html('<span class="due due-none">{}</span>', "没有期限")
    told = words.promise(
        moment, clock.now(), warn_at=warn_at, done_at=done_at, paused=paused, alert=alert
    )
    return format_html(
        '<span class="due due-{}" title="期限 {}">{}<span>{}</span></span>',
        told.tone,
        words.full_time(moment),
        icons.svg(told.icon),
        told.sentence,
    )


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """This will draw an icon inline; without a label it is decoration."""
    return icons.svg(name, label)


@register.filter
def mask(value: str | None) -> str | SafeString:
    """This will mark a value that a room has masked already, so that listeners know it too."""
    if not value:
        return "—"
    return format_html('<span class="masked" title="为保护隐私，只显示一部分">{}</span>', value)


@register.filter
def full_time(moment: datetime | date | None) -> str:
    """This will write the whole date, where nobody can hover: on phones and on paper."""
    return words.full_time(moment) if moment else "—"


@register.filter
def doer(label: object) -> str:
    """This will name who did something: people by their names, a job of the house as 系统."""
    name = str(label or "")
    return words.SYSTEM if words.is_job(name) else name


@register.filter
def dates(sentence: object) -> str:
    """This will write the dates within a sentence as people say them."""
    return words.said_dates(str(sentence), clock.today())


@register.filter
def span(length: timedelta | int | None) -> str:
    """This will say how long something is (a timedelta, or minutes)."""
    if length is None:
        return "—"
    return words.length(length if isinstance(length, timedelta) else timedelta(minutes=length))


@register.filter
def lines(text: str | None) -> list[str]:
    """This will return the lines of a text, without empty ones at the ends."""
    return (text or "").strip().split("\n")


@register.filter
def field_of(form: Any, name: str) -> BoundField:
    """This will return the named field of a form."""
    found: BoundField = form[name]
    return found


@register.inclusion_tag("kit/_field.html")
def field(bound: BoundField, optional: bool | None = None, rows: int = 0) -> dict[str, Any]:
    """This will draw a field: label, hint, error, input, tied together for listeners."""
    inside = bound.field
    kind = type(inside.widget).__name__
    group = isinstance(inside.widget, RadioSelect)  # boxes to tick are a kind of it
    framed = isinstance(inside.widget, Boxes)
    described = _described(bound)
    return {
        "field": bound,
        "group": group,
        "framed": framed,
        "choices": sorted(bound, key=_unticked) if framed else bound,
        "check": kind == "CheckboxInput",
        "described": described,
        "drawn": bound.as_widget(attrs=_attrs(bound, described, rows)),
        "optional": (not inside.required) if optional is None else optional,
    }


def _unticked(choice: BoundWidget) -> bool:
    """What is ticked comes first: in a long frame it would be out of sight."""
    return not choice.data.get("selected")


def _described(bound: BoundField) -> str:
    """The ids of hint and error, for aria-describedby."""
    parts = (("hint", bool(bound.help_text)), ("error", bool(bound.errors)))
    return " ".join(f"{bound.auto_id}_{part}" for part, there in parts if there)


def _attrs(bound: BoundField, described: str, rows: int) -> dict[str, Any]:
    attrs: dict[str, Any] = {}
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
        attrs["class"] = f"{bound.field.widget.attrs.get('class', '')} is-invalid"
    if rows:
        attrs["rows"] = rows
    return attrs


@register.inclusion_tag("kit/_wrongs.html")
def error_summary(form: Any) -> dict[str, Any]:
    """This will list a form's errors on top of the page, each a link to its field."""
    wrongs = form.wrongs() if form is not None and form.is_bound else []
    return {"wrongs": wrongs, "way_on": getattr(form, "way_on", "")}


@register.inclusion_tag("kit/_demo.html", takes_context=True)
def demo_banner(context: dict[str, Any]) -> dict[str, Any]:
    """This will say that what shows is demonstration data, wherever it is."""
    return {"demo": context.get("demo", False)}


@register.inclusion_tag("kit/_pager.html", takes_context=True)
def pager(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """This will offer the next rows and the way back to the first, keeping the filters."""
    request = context["request"]
    query = request.GET.copy()
    came_on = query.pop("after", None) is not None
    first = query.urlencode()
    query["after"] = page.after
    return {"page": page, "query": query.urlencode(), "first": first, "came_on": came_on}

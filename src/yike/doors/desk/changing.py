"""Deeds on a register's page: each a closed box with a form, a button and the room's action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from yike.doors.desk import seat
from yike.doors.kit.forms import Form


class Of(Form):
    """A form about one thing: `about` is its face, from which choices are offered."""

    def __init__(self, *args: Any, about: Any = None, **kwargs: Any) -> None:
        self.about = about
        super().__init__(*args, **kwargs)
        self.offer()

    def offer(self) -> None:
        """This will fill the choices; forms without any leave it."""


class Shape(Protocol):
    """How a form of a deed is made."""

    def __call__(self, *args: Any, about: Any, auto_id: str, **kwargs: Any) -> Form:
        """This will make the form, bound when data is given."""


@dataclass(frozen=True)
class Change:
    """One deed: its words, the shape of its form, the action and the name of what it changes."""

    label: str
    button: str
    shape: Shape
    deed: Callable[..., object]
    ref: str
    grave: bool = False


@dataclass(frozen=True)
class Box:
    """One deed ready to be drawn."""

    what: str
    label: str
    button: str
    grave: bool
    form: Form
    to: str


def tried(
    request: HttpRequest, changes: Mapping[str, Change], what: str, ref: object, about: Any
) -> Form | None:
    """This will do a deed with what was sent; None when done, else the form that says why not."""
    if what not in changes:
        raise Http404
    change = changes[what]
    form = change.shape(request.POST, about=about, auto_id=f"{what}_%s")
    done = seat.done(form, change.deed, **{change.ref: ref}, actor=seat.who(request))
    return None if done else form


def boxes(
    changes: Mapping[str, Change],
    url: str,
    ref: UUID | int | str,
    about: Any,
    *,
    only: Iterable[str] | None = None,
    bound: Mapping[str, Form] | None = None,
    initial: Mapping[str, Mapping[str, Any]] | None = None,
    under: tuple[str, ...] = (),
) -> list[Box]:
    """This will return the deeds as boxes; the one just tried keeps its form and stands open.

    `under`: what stands before the reference in the address.
    """
    shown = changes if only is None else [what for what in changes if what in set(only)]
    kept, start = bound or {}, initial or {}
    return [
        Box(
            what=what,
            label=changes[what].label,
            button=changes[what].button,
            grave=changes[what].grave,
            form=kept.get(what)
            or changes[what].shape(about=about, auto_id=f"{what}_%s", initial=start.get(what)),
            to=reverse(url, args=[*under, ref, what]),
        )
        for what in shown
    ]

"""Who may knock: decorators that say for whom a view is. A view without one is never run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True)
class Rule:
    """For whom a view is: anybody, a citizen who proved a claim, or staff with one of the roles."""

    staff: bool
    claim: bool = False
    roles: frozenset[str] = frozenset()
    #: open also to whoever still has to change a password or enrol a second factor
    unfinished: bool = False


def open(view: V) -> V:  # noqa: A001
    """This will let anybody in: the actor is a visitor, holding at most the key of a draft."""
    return _mark(view, Rule(staff=False))


def citizen(view: V) -> V:
    """This will let in who proved reference and phone; others are asked for both first."""
    return _mark(view, Rule(staff=False, claim=True))


def staff(*, roles: str | tuple[str, ...] = (), unfinished: bool = False) -> Callable[[V], V]:
    """This will let in staff who are signed in and hold one of the roles; all staff when none.

    Roles come as a tuple, or as one string with commas. `unfinished`: also those who must first
    change their password or enrol a second factor.
    """
    named = roles.replace(" ", "").split(",") if isinstance(roles, str) else roles
    held = frozenset(role for role in named if role)
    rule = Rule(staff=True, roles=held, unfinished=unfinished)
    return lambda view: _mark(view, rule)


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """This will return the rule of a view; None when nobody thought of it."""
    found = getattr(view, "door_rule", None)
    return found if isinstance(found, Rule) else None


def check(rule: Rule, actor: Actor) -> None:
    """This will refuse an actor without the roles with NotAllowed."""
    if rule.roles and not actor.has(*rule.roles):
        raise NotAllowed(
            "您的岗位没有打开这个页面的权限。",
            way_on="如果工作需要，请联系本单位的系统管理员开通。",
        )


def _mark(view: V, rule: Rule) -> V:
    view.door_rule = rule  # type: ignore[attr-defined]
    return view

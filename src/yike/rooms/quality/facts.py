"""What has been done already, or who somebody is, that forbids a deed (flow.Row.unless)."""

from __future__ import annotations

from datetime import timedelta

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.quality import access, policy
from yike.rooms.quality.models import Attempt, Callback, Complaint, Rectification
from yike.rooms.quality.models.cases import Case


def of(case: Case, actor: Actor) -> frozenset[str]:
    """This will return the facts of a case for whoever wants to do something with it."""
    found: set[str] = set()
    if actor.account_id is not None and case.did_account == actor.account_id:
        found.add("same")
    if isinstance(case, Callback):
        found |= _of_callback(case, actor)
    elif isinstance(case, Rectification):
        found |= _of_rectification(case, actor)
    elif isinstance(case, Complaint):
        found |= _of_complaint(case, actor)
    return frozenset(found)


def _of_callback(case: Callback, actor: Actor) -> set[str]:
    orgs = [case.served_org] if case.served_org else []
    found = {"served"} if access.served(actor, case.served_accounts, orgs) else set()
    if case.state == "waiting" and not Attempt.objects.filter(callback=case.id).exists():
        found.add("untried")
    return found


def _of_rectification(case: Rectification, actor: Actor) -> set[str]:
    accounts = [case.owner_account] if case.owner_account else []
    orgs = [case.owner_org] if case.owner_org else []
    found = {"owned"} if access.served(actor, accounts, orgs) else set()
    return found | ({"hard"} if case.hard else set())


def _of_complaint(case: Complaint, actor: Actor) -> set[str]:
    orgs = [case.about_org] if case.about_org else []
    found = {"served"} if access.served(actor, case.about_accounts, orgs) else set()
    if case.appealed_at is not None:
        found.add("appealed_once")
    if case.answered_at is not None:
        until = case.answered_at + timedelta(days=policy.value("appeal.days"))
        found |= {"appeal_late"} if clock.now() > until else set()
    return found

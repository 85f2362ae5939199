"""The life at random: every accepted deed leaves its sentence, every refused one nothing.

Ratings, callbacks, rectifications and exclusions by everybody in any order; the rules that must
always hold are asked after every step.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yike.rooms.clocks.models import Clock
from yike.rooms.core import clock, prepared
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.quality import actions, codes, flow
from yike.rooms.quality.models import Attempt, Callback, Rating, Rectification
from yike.rooms.quality.tests import makers
from yike.rooms.quality.tests.makers import Quality

pytestmark = pytest.mark.django_db
_VERBS = [row for row in flow.ROWS if row.noun in ("callback", "rectification")]
_STEPS = 30
#: planned once: who may read what of the trail takes longer to plan than to count
_SENTENCES = "select count(*) from trail_entry where kind like 'quality.%'"


class Life:
    """One rated matter, and whatever follows, driven by a seeded chance."""

    def __init__(self, county: Quality, seed: int) -> None:
        self.county, self.chance = county, random.Random(seed)
        cast = county.county
        watchers = (county.ma, county.gao, cast.director)
        others = (cast.wang, cast.wang, cast.li, cast.zhao, cast.clerk, cast.lawyer)
        self.people = (*watchers, *watchers, *others)
        self.at = makers.MONDAY
        with clock.at(self.at):
            self.reference = makers.answered(cast)
            level = self.chance.choice((1, 2, 2, 1, 5))
            self.rating = makers.rated(self.reference, level)
        self.accepted = 0

    def step(self) -> None:
        """One deed by somebody, on something, perhaps allowed."""
        self.at += timedelta(minutes=self.chance.randrange(1, 300))
        row, who = self._likely(), self.chance.choice(self.people)
        case = self._case(row.noun)
        told = {need.rstrip("?"): self._value(need.rstrip("?")) for need in row.needs}
        told.pop("file_ids", None)
        before = self._sentences()
        done = self._do(row.verb, who, case, told)
        after = self._sentences()
        # the deed's own, and those of what it brings about (a rectification, an exclusion)
        least, most = (1, 3) if done else (0, 0)
        assert least <= after - before <= most, (row.verb, who.label, after - before)
        self.accepted += done
        self.holds()

    def _do(self, verb: str, who: Actor, case: UUID, told: dict[str, Any]) -> bool:
        try:
            with clock.at(self.at), acting(who), transaction.atomic():
                getattr(actions, verb)(case_id=case, actor=who, **told)
        except Refusal:
            return False
        return True

    def holds(self) -> None:
        """What must be true whatever was done."""
        with acting(makers.SYSTEM):
            rating = Rating.objects.get(id=self.rating)
            calls = list(Callback.objects.all())
            mended = list(Rectification.objects.all())
            running = set(
                Clock.objects.filter(stopped_at=None)
                .exclude(subject_kind="matter")
                .values_list("subject_id", flat=True)
            )
            tried = Attempt.objects.count()
        assert (len(calls) == 1) == (rating.level in codes.BAD)
        assert (rating.standing == "excluded") == any(one.state == "excluded" for one in calls)
        for one in (*calls, *mended):
            noun = type(one).__name__.lower()
            ended = one.state in flow.ENDED[noun]
            assert (one.ended_at is not None) == ended
            assert one.id not in running or not ended, "an ended case has no promise"
        for call in calls:
            assert call.owner_account not in call.served_accounts
            assert tried or call.state == "waiting", "it moved before anybody tried to call"
            led = [one for one in mended if one.rating_id == call.rating_id]
            assert bool(led) == (call.state == "mend")
        for one in mended:
            assert one.state == "assigned" or one.report
            assert one.verified_by is None or one.verified_by != one.owner_account
            if one.state == "assigned":
                assert one.id in running, "who owes something has a promise"

    def _likely(self) -> flow.Row:
        """Mostly a deed that some case's state allows: else nothing would ever get far."""
        with acting(makers.SYSTEM):
            states = {("callback", one) for one in Callback.objects.values_list("state", flat=True)}
            states |= {
                ("rectification", one)
                for one in Rectification.objects.values_list("state", flat=True)
            }
        rows = [r for r in _VERBS if any((r.noun, state) in states for state in r.states)]
        return self.chance.choice(rows if rows and self.chance.random() < 0.8 else _VERBS)

    def _case(self, noun: str) -> UUID:
        with acting(makers.SYSTEM):
            model = Callback if noun == "callback" else Rectification
            found = list(model._default_manager.values_list("id", flat=True))
        return self.chance.choice(found) if found else self.rating

    def _value(self, name: str) -> Any:
        cast = self.county.county
        values: dict[str, Any] = {
            "words": self.chance.choice(("已经核实清楚", "请继续办理", "属实", "")),
            "result": self.chance.choice((*codes.RESULTS, "nothing")),
            "ground": self.chance.choice((*codes.GROUNDS, "nothing")),
            "to_org": self.chance.choice((cast.shipu_office, cast.hepu_office, self.county.bureau)),
            "account_id": self.chance.choice(self.people).account_id,
            "hard": self.chance.random() < 0.3,
        }
        return values.get(name)

    def _sentences(self) -> int:
        with acting(makers.SYSTEM):
            return int(prepared.run(_SENTENCES)[0][0])


@settings(
    max_examples=6, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(seed=st.integers(0, 2**32))
def test_whatever_is_tried_the_promises_hold(county: Quality, seed: int) -> None:
    with transaction.atomic():
        life = Life(county, seed)
        life.holds()
        for _ in range(_STEPS):
            life.step()
        transaction.set_rollback(True)


def test_the_machine_gets_somewhere(county: Quality) -> None:
    """The property above would be worth nothing if nothing were ever accepted."""
    ends: set[str] = set()
    accepted = 0
    for seed in range(8):
        with transaction.atomic():
            life = Life(county, seed)
            for _ in range(_STEPS):
                life.step()
            accepted += life.accepted
            with acting(makers.SYSTEM):
                ends |= set(Callback.objects.values_list("state", flat=True))
                ends |= set(Rectification.objects.values_list("state", flat=True))
            transaction.set_rollback(True)
    assert ends & {"redo", "mend", "excluded"}
    assert accepted > 20

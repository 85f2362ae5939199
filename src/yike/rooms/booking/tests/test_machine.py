"""Any order of deeds by anybody: never more bookings than places, one sentence for each deed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from yike.rooms.booking import flow
from yike.rooms.booking.models import Booking, Slot
from yike.rooms.booking.tests import makers
from yike.rooms.core import clock, prepared
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting

WHO = ("citizen", "stranger", "clerk", "notary", "agent", "outsider")

#: planned once: who may read what of the trail takes longer to plan than to count
_SENTENCES = "select count(*) from trail_entry where kind like 'booking.%'"


class Life(RuleBasedStateMachine):
    """The notary's desk at work. `desk` and `rollback` are set by the test."""

    desk: makers.Desk
    bookings = Bundle("bookings")

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = makers.MONDAY
        self.browsers: dict[str, Actor] = {}
        self.phones: dict[str, str] = {}
        self.many = 0
        self.block = transaction.atomic()
        self.block.__enter__()
        self.slots = [one.pk for one in makers.slots()[:2]]
        self.sentences = self._sentences()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @rule(target=bookings, pick=st.integers(0, 1))
    def somebody_holds(self, pick: int) -> Any:
        held = self._try("hold", makers.VISITOR, slot_id=self.slots[pick])
        if held is None:
            return multiple()
        self.browsers[held.reference] = makers.holder(held)
        return held.reference

    @rule(target=bookings, pick=st.integers(0, 1))
    def somebody_calls(self, pick: int) -> Any:
        phone = self._phone()
        got = self._try(
            "book", self.desk.county.agent, slot_id=self.slots[pick], told=makers.told(phone)
        )
        if got is None:
            return multiple()
        self.phones[got.reference] = phone
        return got.reference

    @rule(target=bookings)
    def somebody_waits(self) -> Any:
        phone = self._phone()
        day = makers.TUESDAY
        got = self._try(
            "wait", makers.VISITOR, pattern_id=self.desk.pattern, day=day, told=makers.told(phone)
        )
        if got is None:
            return multiple()
        self.phones[got.reference] = phone
        return got.reference

    @rule(which=bookings)
    def the_browser_confirms(self, which: str) -> None:
        who = self.browsers.get(which) or self._who("citizen", which)
        phone = self.phones.setdefault(which, self._phone())
        self._try("confirm", who, reference=which, told=makers.told(phone))

    @rule(
        which=bookings,
        who=st.sampled_from(WHO),
        verb=st.sampled_from(["cancel", "come", "miss"]),
    )
    def anybody_does(self, which: str, who: str, verb: str) -> None:
        more = {"reason": "有事"} if verb == "cancel" else {}
        done = self._try(verb, self._who(who, which), reference=which, **more)
        assert not (who in ("stranger", "outsider") and done)
        assert not (who == "citizen" and verb != "cancel" and done)

    @rule(which=bookings, who=st.sampled_from(WHO), pick=st.integers(0, 1))
    def anybody_moves(self, which: str, who: str, pick: int) -> None:
        self._try(
            "move", self._who(who, which), reference=which, slot_id=self.slots[pick], reason="有事"
        )

    @rule(minutes=st.sampled_from([1, 6, 11, 90, 60 * 20]), swept=st.booleans())
    def time_passes(self, minutes: int, swept: bool) -> None:
        self.now += timedelta(minutes=minutes)
        if swept:
            done, before = makers.tick(self.now), self.sentences
            self.sentences = self._sentences()
            assert before <= self.sentences <= before + done  # a reminder too late is dropped

    @invariant()
    def no_slot_has_more_than_its_places(self) -> None:
        with acting(makers.SYSTEM):
            for slot in Slot.objects.filter(pk__in=self.slots):
                rows = Booking.objects.filter(slot=slot)
                sure = rows.filter(state__in=("confirmed", "came", "no_show")).count()
                held = rows.filter(state="held", expires_at__gt=self.now).count()
                assert sure + held <= slot.capacity

    @invariant()
    def one_sentence_for_each_deed_and_one_life_for_each_reference(self) -> None:
        assert self._sentences() == self.sentences
        with acting(makers.SYSTEM):
            living = Booking.objects.exclude(state=flow.MOVED)
            references = list(living.values_list("reference", flat=True))
        assert len(references) == len(set(references))

    def _try(self, verb: str, actor: Actor, **fields: Any) -> Any:
        """An accepted deed leaves one sentence, a refused one nothing."""
        try:
            with clock.at(self.now), transaction.atomic():
                done = makers.do(verb, actor, **fields)
        except Refusal:
            return None
        self.sentences += 0 if getattr(done, "repeated", False) else 1
        return done or True

    def _who(self, who: str, which: str) -> Actor:
        county = self.desk.county
        return {
            "citizen": makers.citizen(which, self.phones.get(which, "13857499999")),
            "stranger": makers.citizen(which, "13857400000"),
            "clerk": self.desk.clerk,
            "notary": self.desk.notary,
            "agent": county.agent,
            "outsider": county.zhao,
        }[who]

    def _phone(self) -> str:
        self.many += 1
        return f"1385741{self.many:04d}"

    def _sentences(self) -> int:
        with acting(makers.SYSTEM):
            return int(prepared.run(_SENTENCES)[0][0])


@pytest.mark.django_db
def test_any_order_of_deeds(desk: makers.Desk) -> None:
    Life.desk = desk
    connection.ensure_connection()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=20,
            stateful_step_count=40,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )

"""History in words, for those who may see it; the auditor's list goes on without gaps."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.guard.events import SteppedOutside
from yike.rooms.trail import actions, queries, registry
from yike.rooms.trail.faces import EntryFilter
from yike.rooms.trail.tests import makers
from yike.rooms.trail.tests.makers import HOUSE, KettleBoiled

AUDITOR = Actor(kind="staff", ref="a", roles=frozenset({"auditor"}), door="command")
CLERK = Actor(kind="staff", ref="c", roles=frozenset({"clerk"}), level=3, region_until="9")
GUEST = actors.visitor("portal")
NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


def record(event: Event, *, by: Actor = HOUSE) -> None:
    with acting(by):
        actions.record(event, actor=by)


@pytest.mark.django_db
class TestEntries:
    def test_only_the_auditor_and_the_house_read_all(self) -> None:
        record(SteppedOutside(reason="r"), by=GUEST)
        for allowed in (AUDITOR, HOUSE):
            with acting(allowed):
                (face,) = queries.entries(allowed, EntryFilter())
                assert face.sentence == "系统越过数据权限一次：r"
        for other in (CLERK, GUEST, dataclasses.replace(CLERK, kind="citizen")):
            with acting(other):
                with pytest.raises(NotAllowed):
                    queries.entries(other, EntryFilter())
                with connection.cursor() as cursor:
                    cursor.execute("select count(*) from trail_entry")
                    assert cursor.fetchone() == (0,), "row security hides it without any filter"

    def test_a_member_of_staff_sees_own_deeds_and_nobody_elses(self) -> None:
        record(KettleBoiled(kettle="mine"), by=CLERK)
        record(KettleBoiled(kettle="mine"), by=AUDITOR)
        with acting(CLERK):
            assert [e.actor_ref for e in queries.history_of("kettle", "mine", actor=CLERK)] == ["c"]

    def test_history_is_hidden_with_the_thing(self) -> None:
        record(KettleBoiled(kettle="k"))
        with acting(GUEST):
            assert len(queries.history_of("kettle", "k", actor=GUEST)) == 0
        with acting(HOUSE):
            assert len(queries.history_of("kettle", "k", actor=HOUSE)) == 1

    @pytest.mark.parametrize("same_moment", [True, False])
    def test_pages_go_on_without_losing_or_repeating(self, same_moment: bool) -> None:
        for number in range(120):
            with clock.at(NOON + timedelta(seconds=0 if same_moment else number // 3)):
                record(KettleBoiled(kettle="k"))
        seen, after = [], ""
        with acting(AUDITOR):
            while True:
                page = queries.entries(AUDITOR, EntryFilter(kind="trail.KettleBoiled"), after=after)
                seen += [face.id for face in page]
                after = page.after
                if not after:
                    break
            assert seen == sorted(seen, reverse=True)
            assert len(seen) == 120
            first = queries.history_of("kettle", "k", actor=AUDITOR)
            rest = queries.history_of("kettle", "k", actor=AUDITOR, after=first.after)
            more = queries.history_of("kettle", "k", actor=AUDITOR, after=rest.after)
        assert [e.id for e in (*first, *rest, *more)] == sorted(seen)

    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            (EntryFilter(), 3),
            (EntryFilter(kind="guard.SteppedOutside"), 1),
            (EntryFilter(about="kettle", subject="k1"), 1),
            (EntryFilter(actor_ref="c"), 1),
            (EntryFilter(door="command"), 1),
            (EntryFilter(since=NOON + timedelta(hours=1)), 2),
            (EntryFilter(until=NOON + timedelta(hours=1)), 1),
            (EntryFilter(since=NOON + timedelta(hours=1), until=NOON + timedelta(hours=2)), 1),
            (EntryFilter(region_from="33"), 0),
            (EntryFilter(kind="' or true --"), 0),
        ],
    )
    def test_filters(self, wanted: EntryFilter, count: int) -> None:
        deeds: list[tuple[Event, Actor]] = [
            (SteppedOutside(reason="r"), HOUSE),
            (KettleBoiled(kettle="k1"), CLERK),
            (KettleBoiled(kettle="k2"), AUDITOR),
        ]
        for hours, (event, by) in enumerate(deeds):
            with clock.at(NOON + timedelta(hours=hours)):
                record(event, by=by)
        with acting(AUDITOR):
            assert len(queries.entries(AUDITOR, wanted)) == count

    def test_kinds_are_listed_once(self) -> None:
        for event in (
            KettleBoiled(kettle="a"),
            KettleBoiled(kettle="b"),
            SteppedOutside(reason=""),
        ):
            record(event)
        with acting(AUDITOR):
            assert queries.kinds() == ["guard.SteppedOutside", "trail.KettleBoiled"]

    def test_says_how_long_the_oldest_unsealed_entry_waits(self) -> None:
        with acting(HOUSE):
            assert queries.unsealed_age() == 0.0
        with clock.at(NOON):
            record(KettleBoiled(kettle="k"))
        with clock.at(NOON + timedelta(seconds=90)), acting(HOUSE):
            assert queries.unsealed_age() == 90.0
            assert queries.seal_state().waiting == 1
        makers.seal(1)
        with acting(HOUSE):
            assert queries.unsealed_age() == 0.0
            assert queries.seal_state().sealed == 1
            assert queries.seal_state().waiting == 0


def _all(event: type[Event]) -> Iterator[type[Event]]:
    for child in event.__subclasses__():
        yield child
        yield from _all(child)


class TestWords:
    def test_every_event_of_the_house_is_found_by_its_kind(self) -> None:
        import yike.house.switchboard  # noqa: F401 - imports every room's events

        rooms = [e for e in _all(Event) if e.__module__.startswith("yike.rooms.") and e.SENTENCE]
        of_rooms = [e for e in rooms if ".tests." not in e.__module__]
        assert len(of_rooms) > 5
        for event in of_rooms:
            assert registry.event_class(event.kind()) is event

    def test_unknown_kinds_of_other_versions_are_named_with_their_facts(self) -> None:
        assert registry.sentence("matters.NeverWas", {"a": 1}) == "matters.NeverWas（a：1）"
        assert registry.sentence("nowhere.At", {}) == "nowhere.At"
        assert registry.sentence("os.path", {}) == "os.path"

    def test_missing_facts_are_a_dash(self) -> None:
        assert registry.sentence("guard.SteppedOutside", {}) == "系统越过数据权限一次：—"

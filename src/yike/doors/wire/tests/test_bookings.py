"""Another platform books a time for somebody: free, taken once, moved, given back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client

from yike.doors.wire.docs import body_example
from yike.doors.wire.tests.conftest import Platform, make_platform, problem
from yike.rooms.booking import actions as booking_actions
from yike.rooms.booking.faces import Told
from yike.rooms.booking.models import Booking, Pattern
from yike.rooms.booking.tests import makers as booking_makers
from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.notices import outbox
from yike.rooms.notices.tests import post

KIND = "video"
COUNTY = makers.COUNTY


@pytest.fixture
def office(county: makers.County) -> None:
    """An office that can be met by video; each test takes other times of it."""
    with acting(makers.SYSTEM):
        if not Pattern.objects.filter(kind=KIND).exists():
            booking_makers.opened(
                county.shipu_office, None, kind=KIND, capacity=1, minutes=10, ahead_days=21
            )


@pytest.fixture
def booker(office: None) -> Platform:
    """A platform whose key may book."""
    return make_platform(scopes=["matters:open", "bookings:make"])


def slots(platform: Platform, **more: str) -> list[dict[str, Any]]:
    asked = {"kind": KIND, "region_code": COUNTY} | more
    query = "&".join(f"{name}={quote(value)}" for name, value in asked.items())
    found = platform.get(f"/slots?{query}")
    assert found.status_code == 200, found.content.decode()
    listed: list[dict[str, Any]] = found.json()
    return listed


def body(slot: str, **told: Any) -> dict[str, Any]:
    usual = {"slot_id": slot, "name": "张三丰", "phone": phone()}
    return usual | told


def phone() -> str:
    """A telephone of its own for each booking: one may not have many."""
    return f"139{new_id().int % 100_000_000:08d}"


def book(platform: Platform, slot: str, key: str = "", **told: Any) -> Any:
    return platform.post("/bookings", body(slot, **told), idempotency_key=key or uuid4().hex)


def test_from_free_to_booked_to_moved_to_given_back(booker: Platform) -> None:
    first, second = slots(booker)[:2]
    assert (first["free"], first["kind_name"]) == (1, "视频咨询")
    made = book(booker, first["id"])
    assert made.status_code == 201, made.content.decode()
    told = made.json()
    assert (told["state"], told["from_at"], told["can"]) == (
        "confirmed", first["from_at"], ["move", "cancel"],
    )  # fmt: skip
    assert len(told["code"]) == 4
    assert told["papers"]
    assert first["id"] not in [one["id"] for one in slots(booker)]
    path = f"/bookings/{told['reference']}"
    moved = booker.post(f"{path}/move", {"slot_id": second["id"]})
    assert moved.status_code == 200, moved.content.decode()
    assert moved.json()["from_at"] == second["from_at"]
    assert moved.json()["code"] == told["code"]
    assert first["id"] in [one["id"] for one in slots(booker)], "the old time is free again"
    assert booker.post(f"{path}/cancellation", {}).status_code == 204
    assert booker.get(path).json()["state"] == "cancelled"
    assert problem(booker.post(f"{path}/cancellation", {}), 403)
    assert "张三丰" not in made.content.decode()


def test_the_same_key_books_once_and_says_so(booker: Platform) -> None:
    slot = slots(booker)[0]["id"]
    own = phone()
    first = book(booker, slot, key="YY-20261116-1", phone=own)
    again = book(booker, slot, key="YY-20261116-1", phone=own)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"repeated": True}
    other = slots(booker)[0]["id"]
    assert problem(book(booker, other, key="YY-20261116-1", phone=own), 409)
    assert problem(book(booker, slot, key="YY-20261116-1"), 409)
    booker.post(f"/bookings/{first.json()['reference']}/move", {"slot_id": other})
    late = book(booker, slot, key="YY-20261116-1", phone=own)
    assert (late.status_code, late.json()["from_at"]) == (200, slots_at(other))
    with acting(makers.SYSTEM):
        rows = Booking.objects.filter(reference=first.json()["reference"], state="confirmed")
        assert rows.count() == 1


def slots_at(slot: str) -> str:
    """When a slot begins, as the wire says it."""
    from yike.rooms.booking.models import Slot

    with acting(makers.SYSTEM):
        return Slot.objects.get(id=slot).from_at.astimezone(clock.CIVIL).isoformat()


def test_a_full_time_names_the_next_ones(booker: Platform) -> None:
    slot = slots(booker)[0]["id"]
    assert book(booker, slot).status_code == 201
    told = problem(book(booker, slot), 409)
    assert "约满" in told["detail"]
    assert "接下来还有空的" in told["way_on"]
    mine = book(booker, slots(booker)[0]["id"]).json()["reference"]
    before = booker.get(f"/bookings/{mine}").json()
    assert problem(booker.post(f"/bookings/{mine}/move", {"slot_id": slot}), 409)
    assert booker.get(f"/bookings/{mine}").json() == before, "a move happens whole or not at all"


def test_foreign_absent_and_citizens_own_are_told_the_same(booker: Platform) -> None:
    foreign = make_platform(scopes=["bookings:make"])
    theirs = book(foreign, slots(booker)[0]["id"]).json()["reference"]
    with acting(makers.SYSTEM):
        own = booking_actions.book(
            slot_id=slots(booker)[0]["id"], told=Told(name="李四", phone=phone()),
            actor=makers.SYSTEM,
        )  # fmt: skip
    for reference in (theirs, own.reference, "261116-00000000", "x"):
        assert problem(booker.get(f"/bookings/{reference}"), 404)
        asked = {"slot_id": slots(booker)[0]["id"]}
        assert problem(booker.post(f"/bookings/{reference}/move", asked), 404)
        assert problem(booker.post(f"/bookings/{reference}/cancellation", {}), 404)


def test_a_key_books_only_with_the_scope_and_in_its_region(booker: Platform) -> None:
    slot = slots(booker)[0]["id"]
    plain = make_platform()
    assert slots(plain)
    assert "预约" in problem(book(plain, slot), 403)["detail"]
    town = make_platform(scopes=["bookings:make"], region_code=makers.HEPU)
    assert problem(book(town, slot), 422)["errors"][0]["field"] == "slot_id"


@pytest.mark.parametrize(
    ("field", "value"),
    [("slot_id", "x"), ("name", ""), ("phone", "12"), ("safe_from", "25:00"), ("safe_from", "9:00"),
     ("contact_way", "pigeon"), ("note", "x" * 201), ("surprise", 1), ("agreed", "1999-1")],
)  # fmt: skip
def test_a_wrong_field_is_named(booker: Platform, field: str, value: Any) -> None:
    told = problem(book(booker, slots(booker)[0]["id"], **{field: value}), 422)
    assert field in [one["field"] for one in told["errors"]]


def test_half_of_the_safe_hours_is_asked_for(booker: Platform) -> None:
    found = book(booker, slots(booker)[0]["id"], safe_from="09:00")
    assert "写全" in problem(found, 422)["detail"]


def test_a_slot_that_is_none(booker: Platform) -> None:
    assert problem(book(booker, str(uuid4())), 404)


def test_times_are_asked_between_two_instants(booker: Platform) -> None:
    listed = slots(booker)
    assert [one["from_at"] for one in listed] == sorted(one["from_at"] for one in listed)
    third = listed[2]["from_at"]
    assert slots(booker, since=third)[0]["from_at"] == third
    assert len(slots(booker, until=third)) == 2
    assert problem(booker.get(f"/slots?kind=x&region_code={COUNTY}"), 422)
    assert problem(booker.get("/slots?kind=video"), 422)
    assert problem(booker.get(f"/slots?kind=video&region_code={COUNTY}&since=today"), 422)


def test_the_examples_of_the_page_have_the_right_shape(booker: Platform) -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    example = body_example(schema["components"]["schemas"]["BookingIn"])
    told = example | {"slot_id": slots(booker)[0]["id"], "phone": phone()}
    made = booker.post("/bookings", told, idempotency_key="YY-20261116-7")
    assert made.status_code == 201, made.content.decode()


class TestTelling:
    """The letter brings the time as a calendar file, in the hours the person named."""

    @pytest.fixture
    def mail(self, settings: Any, tmp_path: Path) -> Iterator[post.PostOffice]:
        found = post.PostOffice()
        server = post.opened(found)
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield found
        server.stop()

    def test_a_calendar_file_comes_and_goes(self, booker: Platform, mail: post.PostOffice) -> None:
        first, second = slots(booker)[:2]
        reference = book(booker, first["id"], email="san@example.org").json()["reference"]
        tell("BookingConfirmed", reference)
        booker.post(f"/bookings/{reference}/move", {"slot_id": second["id"]})
        tell("BookingMoved", reference)
        booker.post(f"/bookings/{reference}/cancellation", {})
        tell("BookingCancelled", reference)
        told = [calendar_of(one) for one in mail.letters]
        assert [one["METHOD"] for one in told] == ["PUBLISH", "PUBLISH", "CANCEL"]
        assert [one["SEQUENCE"] for one in told] == ["0", "1", "2"]
        assert {one["UID"] for one in told} == {f"{reference}@yike"}
        assert told[0]["DTSTART"] != told[1]["DTSTART"]
        assert told[2]["STATUS"] == "CANCELLED"

    def test_safe_hours_are_kept(self, booker: Platform, mail: post.PostOffice) -> None:
        from yike.rooms.notices.models import Notice

        made = book(
            booker, slots(booker)[0]["id"], email="san@example.org", safe_from="18:00",
            safe_until="20:30",
        ).json()  # fmt: skip
        row = current(made["reference"])
        assert (row.safe_from, row.safe_until) == ("18:00", "20:30")
        tell("BookingConfirmed", made["reference"])
        with acting(makers.SYSTEM):
            letter = Notice.objects.get(subject=str(row.id), channel="email")
        opens = makers.MONDAY.replace(hour=18)
        assert (mail.letters, letter.state, letter.next_at) == ([], "queued", opens)
        with clock.at(opens):
            outbox.empty()
        assert len(mail.letters) == 1

    def test_who_asked_for_silence_gets_none(self, booker: Platform, mail: post.PostOffice) -> None:
        made = book(booker, slots(booker)[0]["id"], email="san@example.org", contact_way="message")
        tell("BookingConfirmed", made.json()["reference"])
        assert mail.letters == []


def current(reference: str) -> Booking:
    with acting(makers.SYSTEM):
        return Booking.objects.exclude(state="moved").get(reference=reference)


def tell(kind: str, reference: str) -> None:
    """Does what the jobs do."""
    with acting(makers.SYSTEM):
        booking_actions.tell_of(
            kind=kind, booking_id=current(reference).id, facts={}, actor=makers.SYSTEM
        )
    outbox.empty()


def calendar_of(letter: Any) -> dict[str, str]:
    (part,) = letter.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_filename() == "yike.ics"
    words = part.get_payload(decode=True).decode().replace("\r\n ", "")
    found = dict(line.split(":", 1) for line in words.splitlines() if ":" in line)
    assert part.get_param("method") == found["METHOD"]
    return {name.partition(";")[0]: value for name, value in found.items()}

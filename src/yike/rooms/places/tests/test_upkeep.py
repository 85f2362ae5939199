"""Photos before the map, facts that grow stale, sites that are equipped, codes that are counted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
import yaml
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from PIL import Image

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions, link_checking, upkeep, upkeep_pages
from yike.rooms.places.models import Photo, QrCode, QrDay, Upkeep
from yike.rooms.places.tests import makers
from yike.rooms.regions.tests.makers import (
    COUNTY,
    GUEST,
    HOUSE,
    KEEPER,
    SHIPU,
    STRANGER,
    county,
)

CASES = yaml.safe_load(Path(__file__).with_name("upkeep.yaml").read_text(encoding="utf-8"))
OTHER = replace(KEEPER, ref="01900000-0000-7000-8000-00000000000c", label="另一位")
OFFICER = Actor(
    kind="staff", ref="01900000-0000-7000-8000-00000000000d", roles=frozenset({"officer"}),
    region_from=SHIPU, region_until="330225102000", label="王*",
)  # fmt: skip
POINT = (121.8696, 29.2085)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_what_keeps_a_point_off_the_map(case: dict[str, Any]) -> None:
    photos = [(day, direction, status) for day, direction, status in case["photos"]]
    found = upkeep.hindrances(open_=case["open"], point=case["point"], photos=photos)
    assert list(found) == case["says"]


def test_facts_are_looked_through_again_after_half_a_year() -> None:
    today, review = date(2026, 7, 1), upkeep.Review(days=180, warn_days=7)
    assert not review.is_stale(None, today - timedelta(days=180), today)
    assert review.is_stale(None, today - timedelta(days=181), today)
    assert not review.is_stale(today - timedelta(days=3), date(2020, 1, 1), today)
    soon = [one for one in range(170, 184) if review.is_soon(None, today - timedelta(one), today)]
    assert soon == list(range(174, 181))


def test_completeness_is_a_share_and_names_what_lacks() -> None:
    found = upkeep.completeness("station", {"point": True, "photo": False, "hours": True})
    assert (found.percent, found.missing) == (50, ("照片", "电话"))


@pytest.mark.parametrize(
    ("address", "fit"),
    [("https://www.zjzwfw.gov.cn/a?b=1#c", True), ("http://a.cn", False), ("//a.cn", False),
     ("javascript:alert(1)", False), ("https://u:p@a.cn", False), ("https:///a", False),
     ("https://a.cn/法律", False), ("https://a.cn\n", False), ("https://a.cn\\@b.cn", False)],
)  # fmt: skip
def test_only_plain_addresses_may_be_targets(address: str, fit: bool) -> None:
    assert (upkeep.unfit_target(address) == "") == fit


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


def shot(actor: Actor, facility: str, ref: UUID, **more: Any) -> UUID:
    with acting(actor):
        kept = files_actions.keep_file(
            name="门口.jpg", content=picture(), claim="photo", actor=actor
        )
        told: dict[str, Any] = {"taken_on": clock.today(), "direction": "s"} | more
        return actions.add_photo(
            facility=facility, facility_id=ref, file_id=kept.id, actor=actor, **told
        )


@pytest.fixture
def station(db: None) -> UUID:
    with county():
        return makers.station(point=POINT)


@pytest.mark.django_db
def test_a_point_goes_onto_the_map_with_a_reviewed_photo_only(station: UUID) -> None:
    told: dict[str, Any] = {"facility": "station", "facility_id": station}
    with acting(KEEPER), pytest.raises(BadInput, match="没有现场照片"):
        actions.publish_point(actor=KEEPER, **told)
    with pytest.raises(BadInput, match="没有到"):
        shot(OFFICER, "station", station, taken_on=clock.today() + timedelta(days=1))
    with pytest.raises(BadInput):
        shot(OFFICER, "station", station, direction="up")
    photo = shot(OFFICER, "station", station)
    own = shot(KEEPER, "station", station)
    with acting(KEEPER):
        with pytest.raises(BadInput, match="还没有审核"):
            actions.publish_point(actor=KEEPER, **told)
        with pytest.raises(NotAllowed, match="不能自己审核"):
            actions.review_photo(photo_id=own, good=True, actor=KEEPER)
        with pytest.raises(BadInput, match="退回原因"):
            actions.review_photo(photo_id=photo, good=False, actor=KEEPER)
        actions.review_photo(photo_id=photo, good=True, actor=KEEPER)
        actions.publish_point(actor=KEEPER, **told)
        page = upkeep_pages.kept_page("station", station)
        assert page.row.published_on == clock.today()
        assert page.row.known["photo"]
        actions.withdraw_point(actor=KEEPER, **told)
        assert upkeep_pages.kept_page("station", station).row.published_on is None
    with acting(OFFICER), pytest.raises(NotAllowed):
        actions.publish_point(actor=OFFICER, **told)


@pytest.mark.django_db
def test_an_officer_confirms_and_checks_in_the_own_region_only(station: UUID) -> None:
    with acting(KEEPER):
        sign = actions.register_facility(
            facility="sign",
            code="ZP-1", name="码头指引牌", kind=upkeep.SIGN_KINDS["board"], region_code=SHIPU,
            actor=KEEPER,
        )  # fmt: skip
        away = actions.register_facility(
            facility="sign",
            code="ZP-2", name="鹤浦指引牌", kind=upkeep.SIGN_KINDS["board"],
            region_code="330225103000", actor=KEEPER,
        )  # fmt: skip
    with acting(OFFICER):
        actions.confirm_facts(facility="station", facility_id=station, actor=OFFICER)
        actions.check_sign(sign_id=sign, on=clock.today(), result="worn", actor=OFFICER)
        with pytest.raises(NotAllowed):
            actions.check_sign(sign_id=away, on=clock.today(), result="fine", actor=OFFICER)
        with pytest.raises(NotAllowed):
            actions.confirm_facts(facility="sign", facility_id=away, actor=OFFICER)
        assert upkeep_pages.kept_page("sign", sign).checks[0].result_name == "褪色或破损"
        assert upkeep_pages.kept_page("station", station).row.confirmed_by == "王*"
        with pytest.raises(DatabaseError), transaction.atomic():
            Upkeep.objects.create(facility="sign", subject=away, region_id="330225103000")
    with acting(GUEST):
        assert not Photo.objects.exists()


@pytest.mark.django_db
def test_terminals_have_model_owner_and_warranty(station: UUID) -> None:
    with acting(KEEPER):
        made = actions.register_facility(
            facility="terminal",
            code="ZD-1", name="自助机", kind="24小时自助终端", region_code=SHIPU,
            station_id=station, point=POINT, actor=KEEPER,
        )  # fmt: skip
        actions.revise_facility(
            facility="terminal", facility_id=made, model="YK-24", owner="县司法局", outdoor=True,
            warranty_until=date(2028, 1, 1), actor=KEEPER,
        )  # fmt: skip
        page = upkeep_pages.kept_page("terminal", made)
        assert (page.model, page.owner, page.outdoor) == ("YK-24", "县司法局", True)
        assert (page.row.complete.percent, page.row.complete.missing) == (80, ("照片",))
        kinds = {row.facility: row for row in upkeep_pages.kinds_of(upkeep_pages.kept_in(COUNTY))}
    assert (kinds["terminal"].total, kinds["terminal"].percent) == (1, 80)
    assert kinds["sign"].percent is None


def code(**more: Any) -> UUID:
    told: dict[str, Any] = {
        "name": "12348网上咨询", "platform": "own", "target": "https://www.12348.gov.cn/",
        "owner": "县公法中心", "region_code": COUNTY,
    }  # fmt: skip
    return actions.register_code(actor=KEEPER, **(told | more))


@pytest.mark.django_db
def test_scans_are_counted_by_the_day_and_lead_to_the_registered_target(station: UUID) -> None:
    with acting(KEEPER):
        made = code()
        slug = upkeep_pages.qr_code(made).slug
    for _ in range(3):
        with acting(GUEST):
            assert actions.count_scan(slug=slug, actor=GUEST) == "https://www.12348.gov.cn/"
    with acting(GUEST):
        assert not QrDay.objects.exists(), "what was counted is for staff"
        with pytest.raises(NotFound):
            actions.count_scan(slug="nothing", actor=GUEST)
        with pytest.raises(DatabaseError), transaction.atomic():
            QrDay.objects.create(code_id=made, day=clock.today(), scans=99)
    with acting(KEEPER):
        row = upkeep_pages.qr_code(made)
        assert (row.scans, row.scans_month) == (3, 3)
        with connection.cursor() as cursor:
            cursor.execute("select * from places_qrday")
            assert [one.name for one in cursor.description] == ["id", "day", "scans", "code_id"]
        actions.retarget_code(code_id=made, target="https://a.gov.cn/b", actor=KEEPER)
    with acting(GUEST):
        assert actions.count_scan(slug=slug, actor=GUEST) == "https://a.gov.cn/b"
    with acting(KEEPER):
        actions.end_code(code_id=made, actor=KEEPER)
    with acting(GUEST), pytest.raises(NotFound, match="停用"):
        actions.count_scan(slug=slug, actor=GUEST)
    with acting(KEEPER):
        assert upkeep_pages.qr_code(made).scans == 4


@pytest.mark.django_db
def test_sites_are_equipped_with_a_working_board_and_a_code_that_hangs(station: UUID) -> None:
    with acting(KEEPER):
        park, centre = (
            actions.list_site(name=name, kind=kind, region_code=SHIPU, actor=KEEPER)
            for name, kind in (("法治公园", "park"), ("石浦便民服务中心", "near"))
        )
        made = code()
        hung = actions.put_up_code(code_id=made, site_id=park, words="", actor=KEEPER)
        board = actions.register_facility(
            facility="sign",
            code="ZP-1", name="公园指引牌", kind=upkeep.SIGN_KINDS["board"], region_code=SHIPU,
            actor=KEEPER,
        )  # fmt: skip
        actions.revise_facility(facility="sign", facility_id=board, site_id=park, actor=KEEPER)

        def cover() -> dict[str, tuple[int, int | None, int | None, int | None]]:
            rows = upkeep_pages.cover_of(upkeep_pages.sites_in(COUNTY))
            return {
                row.kind: (row.total, row.boards_percent, row.codes_percent, row.both_percent)
                for row in rows
            }

        assert cover()["park"] == (1, 100, 100, 100)
        assert cover()["near"] == (1, 0, 0, 0)
        assert cover()["admin"] == (0, None, None, None)
        actions.set_facility_status(
            facility="sign", facility_id=board, status="broken", actor=KEEPER
        )
        assert cover()["park"] == (1, 0, 100, 0)
        actions.take_down_code(code_id=made, place_id=hung, actor=KEEPER)
        assert cover()["park"] == (1, 0, 0, 0)
        actions.end_site(site_id=centre, actor=KEEPER)
        assert cover()["near"][0] == 0
    with acting(STRANGER), pytest.raises(NotAllowed):
        actions.end_site(site_id=park, actor=STRANGER)


class _Says(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def loopback() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Says)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def allow(monkeypatch: pytest.MonkeyPatch, **more: Any) -> None:
    import dataclasses

    monkeypatch.setattr(settings, "YIKE", dataclasses.replace(settings.YIKE, **more))


@pytest.mark.django_db
def test_targets_are_tried_only_where_the_office_allows_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with county():
        pass
    with acting(KEEPER):
        made = code()
    assert link_checking.check_all() == 0
    with acting(KEEPER):
        row = upkeep_pages.qr_code(made)
        assert (row.state, row.checked_at) == ("unknown", None)
    allow(monkeypatch, check_targets=True, link_hosts="127.0.0.1")
    with loopback() as base:
        for status, state in ((200, "fine"), (302, "fine"), (404, "broken"), (500, "broken")):
            with acting(HOUSE):  # a loopback address is no target that may be registered
                QrCode.objects.filter(pk=made).update(target=f"{base}/{status}")
            assert link_checking.check_all() == 1
            with acting(KEEPER):
                row = upkeep_pages.qr_code(made)
            assert row.state == state, status
            assert row.checked_by == "系统自动检查"
            assert (str(status) in row.fault) == (state == "broken")
    assert link_checking.check_all() == 1  # nobody answers any more
    with acting(KEEPER):
        assert upkeep_pages.qr_code(made).state == "broken"
        actions.note_check(code_id=made, state="fine", fault="换了手机扫，打得开", actor=OTHER)
        row = upkeep_pages.qr_code(made)
        assert (row.state, row.checked_by) == ("fine", "另一位")


def test_an_address_inside_the_office_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    allow(monkeypatch, check_targets=True, link_hosts="")
    with loopback() as base:
        state, fault = link_checking.look(f"{base}/200")
    assert state == "broken"
    assert "内部网络" in fault

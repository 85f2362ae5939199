"""Lists that leave: masked, watermarked, harmless in a spreadsheet, trailed, nothing hidden."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.core import clock
from yike.rooms.core.actor import PRIVATE, Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, TooMany
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, exporting
from yike.rooms.matters.actions.exporting import PER_DAY
from yike.rooms.matters.faces import Filters
from yike.rooms.matters.tests import makers

pytestmark = pytest.mark.django_db

WHY = "报送十一月督办情况"


def _export(actor: Actor, filters: Filters | None = None, **more: str) -> list[list[str]]:
    told = {"title": "全部诉求", "purpose": "supervise", "reason": WHY} | more
    with acting(actor):
        made = actions.export_matching(filters=filters or Filters(), actor=actor, **told)
    text = b"".join(made.lines).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def _entries() -> list[dict[str, object]]:
    with acting(makers.SYSTEM), connection.cursor() as cursor:
        cursor.execute("select body from trail_entry where kind = 'matters.MattersExported'")
        return [json.loads(body) for (body,) in cursor.fetchall()]


def test_rows_are_masked_watermarked_and_trailed(
    county: makers.County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yike.rooms.matters.actions.exporting.AT_ONCE", 2)
    for _ in range(5):
        makers.opened()
    director = replace(county.director, request_id="7f3a")
    head, names, *rows, foot = _export(director)
    assert names == list(exporting.HEAD)
    assert len(rows) == 5
    assert len({row[0] for row in rows}) == 5
    assert foot[0].startswith("共 5 件")
    for row in rows:
        assert row[names.index("当事人（脱敏）")] == "张**"
        assert all(part in row[-1] for part in (director.label, WHY, "督办检查", "7f3a"))
        assert makers.PHONE not in "".join(row)
    assert head[0].startswith("水印：")
    [entry] = _entries()
    assert (entry["rows"], entry["purpose"], entry["reason"]) == (5, "督办检查", WHY)


def test_what_one_may_not_see_does_not_leave(county: makers.County) -> None:
    hidden, seen = makers.opened(level=PRIVATE), makers.opened()
    rows = _export(county.dispatcher)
    told = {row[0] for row in rows}
    assert seen.reference in told
    assert hidden.reference not in told


def test_filters_are_those_of_the_figure(county: makers.County) -> None:
    makers.opened()
    with pytest.raises(BadInput) as no:
        _export(county.director, Filters(town=makers.HEPU))
    assert "没有可以导出" in no.value.sentence


@pytest.mark.parametrize(("purpose", "reason"), [("contact", WHY), ("", WHY), ("report", "看")])
def test_without_purpose_or_reason_nothing_leaves(
    county: makers.County, purpose: str, reason: str
) -> None:
    makers.opened()
    with pytest.raises(BadInput):
        _export(county.director, purpose=purpose, reason=reason)
    assert _entries() == []


def test_who_may_not_and_how_often(county: makers.County) -> None:
    makers.opened()
    for somebody in (county.wang, county.auditor, county.admin):
        with pytest.raises(NotAllowed):
            _export(somebody)
    with clock.at(clock.now() + timedelta(days=2)):
        for _ in range(PER_DAY):
            _export(county.director)
        with pytest.raises(TooMany):
            _export(county.director)


def test_an_office_takes_out_what_waits_for_it(county: makers.County) -> None:
    reference = makers.opened().reference
    told = {"only": "", "title": "全部待办", "purpose": "report", "reason": WHY}
    with acting(county.wang):
        made = actions.export_waiting(actor=county.wang, **told)
    assert reference in b"".join(made.lines).decode()
    with acting(county.zhao), pytest.raises(BadInput):
        actions.export_waiting(actor=county.zhao, **told)


@given(st.text(max_size=12))
def test_no_cell_is_a_formula(words: str) -> None:
    told = exporting.safe(words)
    assert told in (words, f"'{words}")
    assert not told.lstrip(" \u3000").startswith(("=", "+", "-", "@", "\t", "\r"))

"""Two states → changes: written cases, A→B→A is three, unmapped codes are told, tables read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.exchange import changes
from yike.rooms.exchange.changes import Known

CASES = yaml.safe_load((Path(__file__).parent / "changes.yaml").read_text(encoding="utf-8"))


def _body(told: list[Any] | None) -> changes.Body | None:
    if told is None:
        return None
    name, ours, theirs, point = told
    return {
        "properties": {"name": name, "town_code": ours}, "codes": {"town_code": theirs},
        "point": point,
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[one["name"] for one in CASES])
def test_changes_are_those_written_by_hand(case: dict[str, Any]) -> None:
    before = {k: Known(version=v, body=_body(told)) for k, (v, told) in case["before"].items()}
    now = {k: body for k, told in case["now"].items() if (body := _body(told))}
    found = changes.difference(before, now)
    told = [[one.verb, one.id, one.version, list(one.fields)] for one in found]
    assert told == case["changes"]


_STATES = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "y"]), max_size=3)


@given(st.lists(_STATES, max_size=6))
def test_whoever_applies_every_change_has_the_last_state(states: list[dict[str, str]]) -> None:
    known: dict[str, Known] = {}
    theirs: dict[str, changes.Body] = {}
    for state in states:
        now = {ref: _body([name, "T", None, None]) or {} for ref, name in state.items()}
        for one in changes.difference(known, now):
            assert one.version == (known[one.id].version + 1 if one.id in known else 1)
            known[one.id] = Known(version=one.version, body=one.body)
            if one.body is None:
                del theirs[one.id]
            else:
                theirs[one.id] = one.body
        assert theirs == now
        assert changes.difference(known, now) == ()


def test_a_code_nobody_mapped_is_told_beside_ours_and_reported() -> None:
    told = {"code": "S1", "name": "站", "level": 3, "town_code": "330225101000", "phone": ""}
    body = changes.body_of(
        "stations", told, (121.912345678, 29.2), fields=["level", "town_code"],
        table={("level", "3"): "L-C"},
    )  # fmt: skip
    assert body["properties"] == {
        "code": "S1", "name": "站", "level": 3, "town_code": "330225101000"
    }  # fmt: skip
    assert body["codes"] == {"level": "L-C", "town_code": None}
    assert body["point"] == [121.9123457, 29.2]
    (one,) = changes.unmapped("stations", [body])
    assert (one.kind_name, one.code, one.count) == ("乡镇（街道）", "330225101000", 1)


def test_kinds_of_terminals_and_signs_are_two_lists() -> None:
    kinds = [changes.kind_of(one, "kind") for one in ("terminals", "signs", "institutions-lawyers")]
    assert kinds == ["terminal_kind", "sign_kind", "institution_kind"]
    assert changes.kind_of("stations", "phone") == ""


@pytest.mark.parametrize(
    ("text", "rows", "fault"),
    [
        ("站点级别,3,C\n\n乡镇（街道）\t330225101000\tT01",
         [["level", "3", "C"], ["town", "330225101000", "T01"]], ""),
        ("站点级别,4,", [], ""),
        ("级别,3,C", [], "第 1 行"),
        ("站点级别,3,C\n站点级别，3，D", [], "第 2 行"),
        ("站点级别,3", [], "第 1 行"),
    ],
)  # fmt: skip
def test_tables_are_read_line_by_line(text: str, rows: list[list[str]], fault: str) -> None:
    found, said = changes.read_table(text)
    assert found == rows
    assert said.startswith(fault)
    assert bool(said) == bool(fault)


@pytest.mark.parametrize(
    ("state", "receipt", "fate"),
    [
        ("queued", "", "waiting"), ("queued", "503 busy", "waiting"),
        ("queued", "连不上：拒绝连接", "waiting"), ("queued", "422 unknown code", "refused"),
        ("queued", "429 later", "waiting"), ("failed", "410 gone", "refused"),
        ("failed", "连不上", "lost"), ("sent", "200 ok", "received"), ("unsure", "", "unsure"),
        ("sending", "", "sending"),
    ],
)  # fmt: skip
def test_a_refusal_is_told_from_silence(state: str, receipt: str, fate: str) -> None:
    assert changes.fate(state, receipt) == fate


def test_many_changes_go_in_parts() -> None:
    body = _body(["站" * 200, "T", None, None])
    found = changes.difference({}, {f"{no:03}": body or {} for no in range(120)})
    parts = list(changes.batches(found))
    assert [one.id for part in parts for one in part] == [one.id for one in found]
    assert max(len(part) for part in parts) <= 50

"""The holiday notice of a new year: its days count, others stay, faults are named."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from yike.rooms.clocks import actions, calendar_cli, queries, reference
from yike.rooms.clocks.actions.holidays import NoticeDay
from yike.rooms.core import clock
from yike.rooms.core.actor import system, visitor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard.acting import acting

pytestmark = pytest.mark.django_db
HOUSE = system("test")
NOTICE = "date,kind,name\n2026-12-31,休,元旦\n2027-01-01,休,元旦\n2027-01-09,班,元旦调休\n"


def _open(day: str) -> bool:
    moment = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=clock.CIVIL)
    return queries.is_open("office", moment)


def test_the_command_loads_a_notice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(NOTICE, encoding="utf-8-sig")
    with acting(HOUSE):
        reference.load_reference(actor=HOUSE)
        assert not _open("2027-10-01"), "the law alone frees the first days of October"
        assert _open("2026-12-31")
    words = [str(file), "--year", "2027", "--source", "国办发明电〔2026〕7号"]
    assert calendar_cli.main(words) == 0
    assert "第 2 版" in capsys.readouterr().out
    with acting(HOUSE):
        told = [_open(day) for day in ("2026-12-31", "2027-01-01", "2027-01-09", "2027-10-01")]
        assert told == [False, False, True, True], "the notice replaces what was guessed"
        assert not _open("2026-10-01"), "other years stay"
        (day,) = [
            one
            for one in queries.calendar_days("office", date(2027, 1, 1))
            if one.day == date(2027, 1, 9)
        ]
        assert (day.name, day.beyond_known) == ("元旦调休", False)
    assert calendar_cli.main(words) == 0
    assert "没有变化" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("date,kind,name\n", 1),
        ("date,kind,name\n2028-01-01,休,元旦\n", 1),
        ("date,kind,name\n2027-01-01,玩,元旦\n", 1),
        (f"{NOTICE}2027-01-01,班,元旦\n", 1),
        ("date,kind\n2027-01-01,休\n", 2),
        ("date,kind,name\n1月1日,休,元旦\n", 2),
    ],
)
def test_a_wrong_file_changes_nothing(tmp_path: Path, text: str, code: int) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(text, encoding="utf-8")
    with acting(HOUSE):
        reference.load_reference(actor=HOUSE)
    assert calendar_cli.main([str(file), "--year", "2027", "--source", "某某通知"]) == code
    with acting(HOUSE):
        assert _open("2026-12-31")


def test_only_the_house_and_only_with_a_source() -> None:
    days = [NoticeDay(day=date(2027, 1, 1), kind="休", name="元旦")]
    with acting(HOUSE):
        reference.load_reference(actor=HOUSE)
        with pytest.raises(BadInput):
            actions.announce_year(code="office", year=2027, days=days, source="", actor=HOUSE)
        with pytest.raises(NotAllowed):
            actions.announce_year(
                code="office", year=2027, days=days, source="某某通知", actor=visitor("desk")
            )

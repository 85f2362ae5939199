"""What is typed about circuits and their visits. Shape only: the room holds the rules."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Boxes, Form, Text, dress
from yike.rooms.core import clock
from yike.rooms.duty import circuits
from yike.rooms.duty.actions import StopTold
from yike.rooms.providers import kinds, service_records
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes

#: rows of the route on the form
STOPS = 6
_DAYS = [(str(day), f"周{name}") for day, name in enumerate(circuits.WEEKDAYS)]
_WEEKS = [(str(one), f"第{one}个") for one in range(1, 6)]


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class NewCircuit(Form):
    """Who goes, how often, through which places."""

    name = Text(label="名称", max_length=60, help_text="例如 石浦片区律师巡回。")
    institution_id = forms.ChoiceField(label="派出机构")
    practitioner_id = forms.ChoiceField(label="带队人员")
    team_id = forms.ChoiceField(label="同行的值班团队", required=False)
    services = forms.MultipleChoiceField(
        label="提供哪些服务", choices=choices.of(kinds.SERVICES), widget=Boxes
    )
    phone = Text(
        label="公开电话", max_length=40, required=False, help_text="不填就用派出机构的电话。"
    )
    every = forms.ChoiceField(label="多久一次", choices=choices.of(circuits.EVERY))
    weekdays = forms.MultipleChoiceField(
        label="星期几", choices=_DAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    weeks = forms.MultipleChoiceField(
        label="每月第几个", choices=_WEEKS, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="只在选“每月”时填。",
    )  # fmt: skip
    dates = Text(
        label="指定日期", required=False, max_length=400,
        help_text="只在选“指定日期”时填，例如 2026-12-03 2026-12-17。",
    )  # fmt: skip
    begins = forms.DateField(label="从哪天起", widget=_date(), initial=clock.today)
    holidays = forms.ChoiceField(label="遇到节假日", choices=choices.of(circuits.HOLIDAYS))
    note = Text(label="给群众的提示", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "institution_id", choices.institutions())
        offer(self, "practitioner_id", choices.practitioners())
        teams = providers_queries.teams_in(codes.span(choices.county()))
        offer(self, "team_id", choices.of(((str(one.id), one.name) for one in teams), blank="没有"))
        places, stations = choices.places(), choices.stations(blank="不在站点")
        for at in range(1, STOPS + 1):
            blank = [("", "没有这一站")] if at > 1 else [choices.BLANK]
            self._add(
                f"region_{at}",
                forms.ChoiceField(
                    label=f"第 {at} 站：村（社区）", choices=[*blank, *places], required=at == 1
                ),
            )
            self._add(
                f"place_{at}",
                forms.ChoiceField(
                    label="站点",
                    choices=stations,
                    required=False,
                    help_text="选了站点，群众可以在网上预约，签到按站点的位置核对。",
                ),
            )
            self._add(f"where_{at}", Text(label="具体地点", max_length=100, required=False))
            self._add(
                f"arrives_{at}", forms.TimeField(label="到达", widget=_time(), required=at == 1)
            )
            self._add(f"leaves_{at}", forms.TimeField(
                label="离开", widget=_time(), required=at == 1))  # fmt: skip

    def plain(self) -> list[forms.BoundField]:
        """This will return the fields that are not of the route."""
        return [bound for bound in self if not bound.name.rsplit("_", 1)[-1].isdigit()]

    def route(self) -> list[list[forms.BoundField]]:
        """This will return the fields of the route, stop by stop."""
        names = ("region", "place", "where", "arrives", "leaves")
        return [[self[f"{name}_{at}"] for name in names] for at in range(1, STOPS + 1)]

    def clean(self) -> dict[str, Any]:
        """This will ask for whole stops and for dates that are dates."""
        said = super().clean() or {}
        for at in range(2, STOPS + 1):
            if said.get(f"region_{at}") and not (
                said.get(f"arrives_{at}") and said.get(f"leaves_{at}")
            ):
                self.add_error(f"arrives_{at}", "请写这一站到达和离开的时间。")
        try:
            said["days"] = _dates(said.get("dates", ""))
        except ValueError:
            self.add_error("dates", "日期请写成 2026-12-03，用空格隔开。")
        return said

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        said = self.cleaned_data
        rule = circuits.Rule(
            every=said["every"], begins=said["begins"], holidays=said["holidays"],
            weekdays=tuple(map(int, said["weekdays"])), weeks=tuple(map(int, said["weeks"])),
            dates=said["days"],
        )  # fmt: skip
        return {
            **{name: said[name] for name in ("name", "services", "phone", "note")},
            **{name: UUID(said[name]) for name in ("institution_id", "practitioner_id")},
            "team_id": UUID(said["team_id"]) if said["team_id"] else None,
            "rule": rule,
            "stops": [self._stop(at) for at in range(1, STOPS + 1) if said[f"region_{at}"]],
        }

    def _stop(self, at: int) -> StopTold:
        said = self.cleaned_data
        place = said[f"place_{at}"]
        return StopTold(
            region_code=said[f"region_{at}"], where=said[f"where_{at}"],
            place_id=UUID(place) if place else None, arrives=said[f"arrives_{at}"],
            leaves=said[f"leaves_{at}"],
        )  # fmt: skip

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        dress(field, str(self.auto_id) % name)


class Change(Form):
    """When a visit comes instead, and why."""

    day = forms.DateField(label="改到哪天", widget=_date())
    arrives = forms.TimeField(label="到达", widget=_time())
    leaves = forms.TimeField(label="离开", widget=_time())
    reason = Text(label="原因（会告诉预约的人）", max_length=200)
    despite = Text(
        label="和带队人员别的安排冲突时，为什么照常去", max_length=200, required=False,
        help_text="没有冲突不用填。例如：当天的班由李律师代值。不写请假的事由。",
    )  # fmt: skip


class Keep(Form):
    """Why a visit comes although its leader has something else then."""

    reason = Text(
        label="怎么安排，所以照常去", max_length=200,
        help_text="例如：当天的班由李律师代值。不写请假的事由。",
    )  # fmt: skip
    whole_circuit = forms.BooleanField(label="这个巡回其他有冲突的站也照常去", required=False)


class Cancel(Form):
    """Why a visit does not come."""

    reason = Text(label="原因（会告诉预约的人）", max_length=200)
    whole_day = forms.BooleanField(label="当天这一路后面的站也都取消", required=False)


class Arrive(Form):
    """Where the phone says it is; filled in by the script, empty without it."""

    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, widget=forms.HiddenInput)

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        said = self.cleaned_data
        known = {} if said["accuracy"] is None else {"accuracy_m": said["accuracy"]}
        return {"lon": said["lon"], "lat": said["lat"], **known}


class Finish(Form):
    """What was done at the stop."""

    service = forms.ChoiceField(label="做了什么服务", choices=choices.of(kinds.SERVICES))
    people = forms.IntegerField(label="服务多少人", min_value=1, max_value=5000)
    client = forms.ChoiceField(label="服务对象", choices=choices.of(service_records.CLIENTS))
    result = forms.ChoiceField(label="结果", choices=choices.of(service_records.RESULTS))
    words_told = Text(
        label="服务内容", rows=3, max_length=2000, help_text="不写群众姓名、电话、身份证号。"
    )


class Explain(Form):
    """Why."""

    reason = Text(label="原因", max_length=200)


class Book(Form):
    """How the visits of a stop are cut into times to be booked."""

    stop_id = forms.UUIDField(widget=forms.HiddenInput)
    minutes = forms.IntegerField(label="每人几分钟", initial=20, min_value=5, max_value=240)
    capacity = forms.IntegerField(label="每个时段几人", initial=1, min_value=1, max_value=20)


def _dates(typed: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(one) for one in re.split(r"[\s,，、]+", typed) if one)

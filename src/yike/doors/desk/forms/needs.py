"""What may be typed about seasons and places for terminals: the office's figures, none given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text, dress
from yike.rooms.core import clock
from yike.rooms.reach.siting import worth
from yike.rooms.reach.siting.worth import Measure
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

_DAY = forms.DateInput(attrs={"type": "date"})


class Season(Form):
    """Days, and the percent of people in some places."""

    name = Text(label="名称", max_length=40, help_text="例如 休渔期、开渔季、春节。")
    since = forms.DateField(label="从哪天", widget=_DAY)
    until = forms.DateField(label="到哪天", widget=_DAY)
    factors = Text(
        label="各地人数（百分比）", rows=6, max_length=8000,
        help_text="一行一个：乡镇或村的名称（或代码）、空格、平时人数的百分之几。例如 某某村 140。"
        "没有写的地方是 100；村写了就不用乡镇的。",
    )  # fmt: skip
    source = Text(label="依据", max_length=200, help_text="哪份通告、哪次统计。")

    def clean_factors(self) -> dict[str, int]:
        """This will read the lines; one that cannot be read is named."""
        rows = regions_queries.regions_in(codes.span(choices.county()))
        by_name: dict[str, list[str]] = {}
        for row in rows:
            for name in {row.name, row.short_name, row.code}:
                by_name.setdefault(name, []).append(row.code)
        lines = str(self.cleaned_data["factors"]).splitlines()
        return dict(_factor(line, by_name) for line in lines if line.strip())


def _factor(line: str, by_name: dict[str, list[str]]) -> tuple[str, int]:
    name, _, typed = line.strip().rpartition(" ")
    found = by_name.get(name.strip(), [])
    percent = typed.rstrip("%％")
    if len(found) != 1 or not (percent.isascii() and percent.isdigit()):
        why = "不止一个，请写代码" if len(found) > 1 else "没有这个地方，或者百分比不是整数"
        raise forms.ValidationError(f"“{line.strip()[:40]}”：{why}。")
    return found[0], int(percent)


class Scheme(Form):
    """Weight, and where it begins and ends to count, of each measure."""

    source = Text(label="依据", max_length=200, help_text="哪次会议、哪份文件定的。")
    checked_on = forms.DateField(label="核对日期", widget=_DAY, initial=clock.today)

    def __init__(self, *args: Any, measures: Sequence[Measure] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = {one.key: one for one in measures}
        for key, (ground, name, unit) in worth.MEASURES.items():
            told, ground_name = given.get(key), worth.GROUNDS[ground]
            for part, label in (
                ("weight", f"{name}的权重（{ground_name}）"),
                ("low", f"{name}多少{unit}得零分"),
                ("high", f"{name}多少{unit}得满分"),
            ):
                field = forms.DecimalField(
                    label=label, min_value=0, max_digits=9, decimal_places=2, required=False,
                    initial=getattr(told, part) if told else None,
                    help_text="不填或填 0 就不算这一项。" if part == "weight" else "",
                )  # fmt: skip
                self.fields[f"{key}_{part}"] = field
                dress(field, str(self.auto_id) % f"{key}_{part}")

    def clean(self) -> dict[str, Any]:
        """This will ask for both ends of a scale that counts."""
        said = super().clean() or {}
        for key, (_, name, _) in worth.MEASURES.items():
            ends = said.get(f"{key}_low"), said.get(f"{key}_high")
            if said.get(f"{key}_weight") and None in ends:
                self.add_error(f"{key}_low", f"{name}有权重，就要写得零分和得满分的数。")
        return said

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        said = self.cleaned_data
        when: date = said["checked_on"]
        measures = [
            Measure(key=key, **{
                part: said[f"{key}_{part}"] or Decimal(0) for part in ("weight", "low", "high")
            })
            for key in worth.MEASURES
        ]  # fmt: skip
        return {"measures": measures, "source": said["source"], "checked_on": when}


class Rate(Form):
    """A table of places, and the run that tells how far help is."""

    name = Text(label="名称", max_length=80, help_text="例如 2027 年终端布点。")
    run_id = forms.TypedChoiceField(label="资源不足看哪次测算", coerce=UUID)
    file = forms.FileField(
        label="地点表（CSV）",
        help_text="name,kind（商圈、广场、车站、码头、便民服务中心、村（社区）、其他公共场所）,"
        "village（村或乡镇代码）,lon,lat,footfall（人次/日，不知道的留空）,source（人流量的来源）。",
    )

    def __init__(self, *args: Any, runs: Sequence[tuple[UUID, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "run_id", [(str(ref), name) for ref, name, _ in runs])

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        said = self.cleaned_data
        return {"run_id": said["run_id"], "name": said["name"], "table": said["file"].read()}

"""What is typed about building projects. Shape only: money in yuan here, in fen within."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.changing import Of
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Text
from yike.rooms.core import clock
from yike.rooms.places import queries as places_queries
from yike.rooms.plans import building

_DAY = forms.DateInput(attrs={"type": "date"})


def _yuan(label: str, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=12, decimal_places=2, help_text="单位：元", **more
    )


def _fen(yuan: Decimal | None) -> int:
    return int((yuan or Decimal(0)) * 100)


class Plan(Of):
    """A station or point that is to be built."""

    name = Text(label="项目名称", max_length=100)
    kind = forms.ChoiceField(label="建设性质", choices=list(building.KINDS.items()))
    level = forms.TypedChoiceField(
        label="站点级别", coerce=int, choices=[(str(k), v) for k, v in building.LEVELS.items()]
    )
    region_code = forms.ChoiceField(label="所在乡镇、村（社区）")
    institution_id = forms.TypedChoiceField(label="责任单位", coerce=UUID)
    planned_from = forms.DateField(label="计划开工", widget=_DAY)
    planned_until = forms.DateField(label="计划验收", widget=_DAY)
    site = Text(label="建设地点", max_length=200, required=False)
    document = Text(label="依据文件", max_length=100, required=False)
    milestones = Text(
        label="里程碑", rows=5, max_length=4000, required=False,
        help_text="一行一个：日期、空格、名称，例如 2026-06-30 场地落实。以后还可以增加。",
    )  # fmt: skip

    def offer(self) -> None:
        """This will offer the places and institutions of the county."""
        offer(self, "region_code", choices.places())
        offer(self, "institution_id", choices.institutions())

    def clean_milestones(self) -> list[tuple[str, date]]:
        """This will read the lines; one that cannot be read is named."""
        lines = str(self.cleaned_data["milestones"]).splitlines()
        return [_dated(no, line) for no, line in enumerate(lines, start=1) if line.strip()]


class Say(Of):
    """Words about a project; why it is late, while nobody said so."""

    words = Text(label="情况", rows=3, max_length=2000)
    late_reason = Text(
        label="逾期原因", rows=2, max_length=500, required=False,
        help_text="项目已超过计划日期，要写明原因。",
    )  # fmt: skip

    def offer(self) -> None:
        """This will ask for the reason only where something is late without one."""
        row = self.about and self.about.project
        silent = row and row.pace == "late" and (row.unexplained or not row.overdue)
        if not silent:
            self.fields.pop("late_reason", None)


class Just(Of):
    """A deed that needs words only."""

    words = Text(label="说明", rows=3, max_length=2000)


class _OfMilestone(Of):
    milestone_id = forms.TypedChoiceField(label="里程碑", coerce=UUID)

    def offer(self) -> None:
        """This will offer the milestones that are not reached."""
        rows = self.about.project.milestones if self.about else ()
        offer(self, "milestone_id", [
            (str(one.id), f"{one.name}（计划 {one.due_on}）") for one in rows if not one.reached_on
        ])  # fmt: skip


class Reach(_OfMilestone):
    """A milestone was reached."""

    reached_on = forms.DateField(label="实际日期", widget=_DAY, initial=clock.today)
    late_reason = Text(
        label="逾期原因", rows=2, max_length=500, required=False,
        help_text="晚于计划日期、又还没有说明过原因的，必须写。",
    )  # fmt: skip


class Explain(_OfMilestone):
    """Why a milestone is late."""

    reason = Text(label="逾期原因", rows=2, max_length=500)
    expected_on = forms.DateField(label="预计达成", widget=_DAY, required=False)

    def offer(self) -> None:
        """This will offer the milestones that are overdue."""
        rows = self.about.project.overdue if self.about else ()
        offer(self, "milestone_id", [
            (str(one.id), f"{one.name}（计划 {one.due_on}）") for one in rows
        ])  # fmt: skip


class Milestone(Of):
    """Another milestone."""

    name = Text(label="里程碑", max_length=60)
    due_on = forms.DateField(label="计划日期", widget=_DAY)


class Move(_OfMilestone):
    """Another planned day."""

    due_on = forms.DateField(label="新的计划日期", widget=_DAY)
    reason = Text(label="调整原因", max_length=500)


class Budget(Of):
    """Money that is planned for something."""

    name = Text(label="用途", max_length=60, help_text="例如：装修、设备、标识")
    source = forms.ChoiceField(label="资金来源", choices=list(building.SOURCES.items()))
    planned = _yuan("计划金额")
    reason = Text(
        label="调整原因", max_length=200, required=False,
        help_text="同一用途、同一来源已经列过的，会改成新的金额，要写原因。",
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """This will return the money in fen."""
        told = dict(self.cleaned_data)
        return told | {"planned_fen": _fen(told.pop("planned"))}


class Spend(Of):
    """What is contracted and spent so far."""

    line_id = forms.TypedChoiceField(label="资金", coerce=UUID)
    contracted = _yuan("累计合同金额")
    spent = _yuan("累计支出")
    over_reason = Text(
        label="超计划原因", max_length=200, required=False,
        help_text="合同或支出超过计划金额的，必须写。",
    )  # fmt: skip

    def offer(self) -> None:
        """This will offer the budget lines with what stands there."""
        rows = self.about.budget if self.about else ()
        offer(self, "line_id", [
            (str(one.id), f"{one.name}（{one.source_name}）") for one in rows
        ])  # fmt: skip

    def told(self) -> dict[str, Any]:
        """This will return the money in fen."""
        told = dict(self.cleaned_data)
        return told | {
            "contracted_fen": _fen(told.pop("contracted")), "spent_fen": _fen(told.pop("spent"))
        }  # fmt: skip


class Fault(Of):
    """What an inspection found."""

    words = Text(label="验收意见", rows=3, max_length=2000)
    findings = Text(label="问题", rows=4, max_length=8000, help_text="一行一个问题。")
    mend_until = forms.DateField(label="整改期限", widget=_DAY)

    def clean_findings(self) -> list[str]:
        """This will return one finding for each line."""
        lines = str(self.cleaned_data["findings"]).splitlines()
        return [line.strip() for line in lines if line.strip()]


class _OfFinding(Of):
    state = building.OPEN
    finding_id = forms.TypedChoiceField(label="问题", coerce=UUID)

    def offer(self) -> None:
        """This will offer the findings that wait for this."""
        rows = self.about.findings if self.about else ()
        offer(self, "finding_id", [
            (str(one.id), one.words) for one in rows if one.state == self.state
        ])  # fmt: skip


class Mend(_OfFinding):
    """How something found was mended."""

    words = Text(label="整改情况", rows=2, max_length=500)


class Recheck(_OfFinding):
    """A second look."""

    state = building.MENDED
    passed = forms.TypedChoiceField(
        label="复查结果", choices=[("1", "通过"), ("0", "没有通过，继续整改")],
        coerce=lambda said: said == "1",
    )  # fmt: skip
    words = Text(label="复查意见", rows=2, max_length=500)


class Revise(Of):
    """Facts of the plan that may be corrected."""

    institution_id = forms.TypedChoiceField(
        label="责任单位", coerce=UUID, required=False, empty_value=None
    )
    planned_from = forms.DateField(label="计划开工", widget=_DAY, required=False)
    planned_until = forms.DateField(label="计划验收", widget=_DAY, required=False)
    site = Text(label="建设地点", max_length=200, required=False)
    document = Text(label="依据文件", max_length=100, required=False)
    reason = Text(label="修改原因", max_length=500)

    def offer(self) -> None:
        """This will offer the institutions of the county."""
        offer(self, "institution_id", choices.institutions(blank="不改"))


class Link(Of):
    """The station of the register that was built."""

    station_code = forms.ChoiceField(label="站点")

    def offer(self) -> None:
        """This will offer the open stations of the project's town."""
        town = self.about.project.town if self.about else choices.county()
        rows = places_queries.stations_in(town)
        offer(self, "station_code", [("", "请选择"), *((row.code, row.name) for row in rows)])


def _dated(no: int, line: str) -> tuple[str, date]:
    day, _, name = line.strip().replace("\t", " ").partition(" ")
    try:
        return name.strip(), date.fromisoformat(day)
    except ValueError:
        raise forms.ValidationError(f"第 {no} 行的日期不对：写成 2026-06-30 场地落实。") from None

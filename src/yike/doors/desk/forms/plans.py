"""What may be typed about task forces and tasks. Shape only: the room holds the rules."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.kit.forms import Form, Text
from yike.rooms.core import clock
from yike.rooms.plans import flow
from yike.rooms.plans.actions import Department, TaskTold
from yike.rooms.providers import kinds

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
COLUMNS = ("序号", "一级指标", "二级指标", "任务", "建设内容", "责任科室（所）", "完成时限")


class Found(Form):
    """A new task force."""

    name = Text(label="名称", max_length=100)
    document = Text(
        label="依据文件", max_length=100, required=False, help_text="例如：象司〔2024〕2号"
    )
    founded_on = forms.DateField(label="成立日期", widget=_DAY, initial=clock.today)


class AddMember(Form):
    """Somebody who joins."""

    part = forms.ChoiceField(label="职责", choices=choices.of(flow.PARTS))
    name = Text(label="姓名", max_length=40)
    title = Text(label="职务", max_length=80, required=False)
    reason = Text(label="变动原因", max_length=200, required=False)


class RemoveMember(Form):
    """Somebody who leaves."""

    member_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = Text(label="离任原因", max_length=200)


class ListTasks(Form):
    """A list as a table: pasted from a spreadsheet, or as CSV."""

    table = Text(
        label="任务表", rows=8, max_length=60_000,
        help_text="从表格复制，第一行是列名："
        + "、".join(COLUMNS)
        + "。一格里几条建设内容或几个科室用“；”隔开；“各司法所”等同类机构直接写“各”加类别。",
    )  # fmt: skip

    def clean_table(self) -> list[TaskTold]:
        """This will read the table; a line that cannot be read is named."""
        text = str(self.cleaned_data["table"])
        mark = "\t" if "\t" in text.splitlines()[0] else ","
        rows = list(csv.DictReader(io.StringIO(text), delimiter=mark))
        lacking = [name for name in COLUMNS[3:6] if not rows or name not in rows[0]]
        if lacking:
            raise forms.ValidationError(f"第一行缺列：{'、'.join(lacking)}。")
        return [_task(line, row) for line, row in enumerate(rows, start=2)]


class Term(Form):
    """Another last day."""

    due_on = forms.DateField(label="完成时限", widget=_DAY, required=False)
    reason = Text(label="原因", max_length=200)


class Move(Form):
    """What is said of a task."""

    percent = forms.IntegerField(label="进度（%）", min_value=0, max_value=99, required=False)
    words = Text(label="情况", rows=4, max_length=2000)
    late_reason = Text(
        label="超期原因", max_length=500, required=False, help_text="过了完成时限的任务必须写。"
    )

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        return self.cleaned_data | {"percent": self.cleaned_data.get("percent") or 0}


class Step(Form):
    """A step of a task."""

    measure = Text(label="落实措施", max_length=200)
    words = Text(label="工作步骤", rows=2, max_length=500, required=False)
    from_on = forms.DateField(label="开始日期", widget=_DAY)
    due_on = forms.DateField(label="完成日期", widget=_DAY)


class StepDone(Form):
    """A step that was done."""

    step_id = forms.UUIDField(widget=forms.HiddenInput)
    done_on = forms.DateField(label="实际完成", widget=_DAY, initial=clock.today)
    late_reason = Text(label="超期原因", max_length=500, required=False)


def _task(line: int, row: dict[str, str]) -> TaskTold:
    said = {key: (value or "").strip() for key, value in row.items() if key}
    try:
        due = date.fromisoformat(said["完成时限"]) if said.get("完成时限") else None
        no = int(said.get("序号") or 0)
    except ValueError:
        raise forms.ValidationError(
            f"第 {line} 行的序号或完成时限不对：序号写数字，日期写成 2026-12-31。"
        ) from None
    return TaskTold(
        no=no,
        goal=said.get("一级指标", "") or said["任务"],
        measure=said.get("二级指标", ""),
        title=said["任务"],
        content=_parts(said["建设内容"]),
        departments=[department(name) for name in _parts(said["责任科室（所）"])],
        due_on=due,
    )


def department(name: str) -> Department:
    """This will return a department: 各司法所 stands for all institutions of that kind."""
    group = name.removeprefix("各") if name.startswith("各") else ""
    kind = next((code for code, said in kinds.INSTITUTION_KINDS.items() if said == group), "")
    known = {said: code for code, said in choices.institutions()}.get(name)
    return Department(name=name, institution=UUID(known) if known else None, institution_kind=kind)


def _parts(cell: str) -> list[str]:
    return [
        part.strip()
        for part in cell.replace(";", "；").replace("\n", "；").split("；")
        if part.strip()
    ]

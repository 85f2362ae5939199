"""What is typed about grades: schemes, answers, findings, decisions. Shape only."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk.changing import Of
from yike.doors.desk.forms.deed import ManyFiles
from yike.doors.desk.forms.people import offer
from yike.doors.desk.forms.providers import day, many, words
from yike.doors.kit.forms import Form, Text
from yike.rooms.core import clock
from yike.rooms.places import grading, kinds
from yike.rooms.places.grade_pages import AssessmentPage, ItemRow
from yike.rooms.places.grading import Criterion, Grade, Step

LEVELS = [(str(level), name) for level, name in kinds.LEVELS.items()]


class SchemeHead(Of):
    """Name, levels, full points, term of appeal and source of a version; `about` its page."""

    name = Text(label="名称", max_length=100)
    source = Text(
        label="依据",
        max_length=200,
        help_text="哪份文件、哪个机关、文号；没有上位文件就写明是本县自定。",
    )
    checked_on = day("最近核对依据的日期")
    levels = many("适用于哪些站点")
    full = forms.IntegerField(label="满分", min_value=10, max_value=1000, initial=100)
    appeal_days = forms.IntegerField(
        label="申诉期限（自然日）", min_value=1, max_value=180, initial=15,
        help_text="从作出决定的第二天起算。",
    )  # fmt: skip

    def offer(self) -> None:
        """This will offer the levels a county has."""
        offer(self, "levels", LEVELS)

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        return dict(self.cleaned_data) | {"levels": [int(n) for n in self.cleaned_data["levels"]]}


class SetGrades(Of):
    """Grades with their points, one a line, the highest first."""

    grades = Text(
        label="等级和分数线", rows=5, max_length=2000,
        help_text="一行一个：名称 分数线，后面可以写必须达到的指标编号。例如：五星 90 A1 B2",
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """This will return the grades."""
        return {"grades": [grade_of(line) for line in _lines(self.cleaned_data["grades"])]}

    def clean_grades(self) -> str:
        """This will refuse a line without a number."""
        for line in _lines(self.cleaned_data["grades"]):
            try:
                grade_of(line)
            except ValueError:
                raise forms.ValidationError(f"没有看懂“{line}”，请写：名称 分数线") from None
        return str(self.cleaned_data["grades"])


class CriterionForm(Of):
    """One criterion of a draft; `about` the page of the scheme."""

    code = Text(label="编号", max_length=20, help_text="字母、数字、点和横线，例如 A1、B-2。")
    section = Text(label="分组", max_length=60, required=False, help_text="例如：场所设施")
    name = Text(label="指标", max_length=100)
    hint = Text(label="说明", rows=2, max_length=500, required=False)
    points = forms.IntegerField(label="分值", min_value=0, max_value=1000)
    rule = forms.ChoiceField(label="计分办法", choices=list(grading.RULES.items()))
    fact = forms.ChoiceField(
        label="哪个数字", required=False, choices=[("", "—"), *grading.FACTS.items()],
        help_text="“按数字分档”才选；数字由系统从名录和值班表读取。",
    )  # fmt: skip
    steps = Text(
        label="分档", rows=3, max_length=500, required=False,
        help_text="“按数字分档”才写，一行一档，从低到高：数字 分值。例如：35 20",
    )  # fmt: skip
    evidence = forms.ChoiceField(
        label="需要的材料", required=False, choices=list(grading.EVIDENCE.items())
    )
    veto = forms.BooleanField(label="否决项：没有达到就不予评定", required=False)
    levels = many("只适用于", hint="不勾选就适用于这个标准的全部级别。")

    def offer(self) -> None:
        """This will offer the levels of the scheme."""
        own = self.about.row.levels if self.about else ()
        offer(self, "levels", [row for row in LEVELS if int(row[0]) in own])

    def clean_code(self) -> str:
        """This will refuse signs that an address cannot hold."""
        code = str(self.cleaned_data["code"])
        if not re.fullmatch(r"[\w.\-]+", code):
            raise forms.ValidationError("编号只用字母、数字、点和横线。")
        return code

    def clean_steps(self) -> str:
        """This will refuse a line that is not two numbers."""
        typed = str(self.cleaned_data["steps"])
        if any(not re.fullmatch(r"\d{1,6}[\s,，=]+\d{1,4}", line) for line in _lines(typed)):
            raise forms.ValidationError("一行写两个数：从多少起，得几分。")
        return typed

    def told(self) -> dict[str, Any]:
        """This will return the criterion."""
        told = dict(self.cleaned_data)
        pairs = [re.split(r"[\s,，=]+", line) for line in _lines(told.pop("steps"))]
        steps = tuple(Step(at_least=int(low), points=int(n)) for low, n in pairs)
        levels = tuple(int(level) for level in told.pop("levels"))
        return {"criterion": Criterion(steps=steps, levels=levels, **told)}


class Publish(Of):
    """The day a version begins."""

    active_from = day("从哪天起施行", required=True, hint="发布以后不能再改；旧版本到那天为止。")

    def offer(self) -> None:
        """This will suggest today."""
        self.initial.setdefault("active_from", clock.today())


class Nothing(Of):
    """A deed without a question."""


class Answer(Form):
    """What the office says of one criterion, with pictures and papers."""

    note = Text(label="说明", rows=2, max_length=500, required=False)
    papers = ManyFiles(label="材料", required=False)
    drop_ids = forms.MultipleChoiceField(
        label="不再使用的材料", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, item: ItemRow, *args: Any, **kwargs: Any) -> None:
        self.item = item
        kwargs.setdefault("initial", {"value": item.value, "note": item.note})
        super().__init__(*args, **kwargs)
        papers, drop = self.fields["papers"], self.fields["drop_ids"]
        _ask_papers(papers, item)
        if item.papers and isinstance(drop, forms.MultipleChoiceField):
            drop.choices = [(str(one.id), one.name) for one in item.papers]
        else:
            del self.fields["drop_ids"]

    @classmethod
    def of(cls, item: ItemRow, *args: Any, **kwargs: Any) -> Answer:
        """This will make the form of one criterion: how it is answered depends on its rule."""
        field = value_field(item.one)
        fields = {} if field is None else {"value": field}
        order = ("value", "note", "papers", "drop_ids")
        shape: type[Answer] = type("AnswerForm", (cls,), fields | {"field_order": order})
        return shape(item, *args, **kwargs)

    def told(self) -> dict[str, Any]:
        """This will return what the action takes, without the files."""
        drop = [UUID(one) for one in self.cleaned_data.get("drop_ids", ())]
        value = self.cleaned_data.get("value")
        return {
            "value": None if value in (None, "") else int(value),
            "note": self.cleaned_data["note"], "drop_ids": drop,
        }  # fmt: skip


class Finding(Form):
    """What the county found of one criterion."""

    reason = Text(
        label="理由", rows=2, max_length=500, required=False, help_text="与自评不一致时必须写。"
    )

    @classmethod
    def of(cls, item: ItemRow, *args: Any, **kwargs: Any) -> Finding:
        """This will make the form of one criterion, filled with the claim or the last finding."""
        value = item.value if item.found is None else item.found
        kwargs.setdefault("initial", {"value": value, "reason": item.reason})
        field = value_field(item.one) or forms.IntegerField(
            label=f"核实的{grading.FACTS[item.one.fact]}", min_value=0, max_value=100_000
        )
        field.label = f"复核：{field.label}" if item.one.rule != "number" else field.label
        order = ("value", "reason")
        shape: type[Finding] = type("FindingForm", (cls,), {"value": field, "field_order": order})
        return shape(*args, **kwargs)

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        return {"value": int(self.cleaned_data["value"]), "reason": self.cleaned_data["reason"]}


class Reason(Of):
    """Why."""

    reason = Text(label="理由", rows=3, max_length=500)


class Award(Of):
    """The day and the words of a grade; `about` the page of the assessment."""

    awarded_on = day("评定日期", required=True)
    certificate = Text(label="证书文字", rows=3, max_length=500)
    reason = Text(label="说明", max_length=200, required=False)

    def offer(self) -> None:
        """This will suggest today and the usual words."""
        if isinstance(self.about, AssessmentPage):
            name, grade = self.about.station.name, self.about.result.grade
            self.initial.setdefault("certificate", f"经复核评定，{name}为{grade}站点。")
        self.initial.setdefault("awarded_on", clock.today())


class Lower(Of):
    """The grade a station is put to, and why."""

    grade = forms.ChoiceField(label="降为", required=False)
    reason = Text(label="理由", rows=3, max_length=500)

    def offer(self) -> None:
        """This will offer the grades below, and none."""
        below = self.about.lower if isinstance(self.about, AssessmentPage) else ()
        offer(self, "grade", [*((name, name) for name in below), ("", "取消等级")])


class Appeal(Of):
    """Why the office does not agree."""

    reason = Text(label="申诉理由", rows=4, max_length=2000)


class Decide(Of):
    """What came of an appeal, and why."""

    words = Text(label="决定理由", rows=4, max_length=2000)


class Import(Of):
    """A grade from before this house kept grades."""

    grade = Text(label="等级", max_length=20)
    source = Text(label="来源", max_length=200, help_text="哪个机关、哪份文件评定的。")
    awarded_on = day("评定日期", required=True)
    reason = Text(label="说明", max_length=200, required=False)


class ListGaps(Of):
    """Which gaps become tasks, on which list, until when; `about`: page and task forces."""

    codes = many("列为任务的差距")
    task_force_id = forms.ChoiceField(label="列入哪个专班的任务清单")
    due_on = day("完成时限", required=True)

    def offer(self) -> None:
        """This will offer every gap that has no task yet, ticked, and the task forces at work."""
        page, forces, listed = self.about
        rows = [
            (one.criterion.code, f"{one.criterion.name}（{one.why}）")
            for one in page.result.gaps if one.criterion.code not in listed
        ]  # fmt: skip
        offer(self, "codes", rows)
        offer(self, "task_force_id", [(str(one.id), one.name) for one in forces])
        if not forces:
            none = "本县还没有工作专班，请先到“工作任务”成立一个。"
            self.fields["task_force_id"].help_text = none
        self.initial.setdefault("codes", [code for code, _ in rows])
        self.initial.setdefault("due_on", clock.today() + timedelta(days=90))

    def told(self) -> dict[str, Any]:
        """This will return what the deed takes."""
        return dict(self.cleaned_data) | {"task_force_id": UUID(self.cleaned_data["task_force_id"])}


def value_field(one: Criterion) -> forms.Field | None:
    """This will return the question a criterion asks; None where the register answers it."""
    if one.rule == "met":
        return forms.ChoiceField(
            label="是否达到", widget=forms.RadioSelect, choices=[("1", "达到"), ("0", "没有达到")]
        )
    if one.rule == "points":
        return forms.IntegerField(
            label=f"得分（0 到 {one.points}）", min_value=0, max_value=one.points
        )
    return None


def grade_of(line: str) -> Grade:
    """This will read "五星 90 A1 B2"; ValueError for what is no grade."""
    name, points, *must = words(line)
    return Grade(name=name, points=int(points), must=tuple(must))


def write_grades(grades: tuple[Grade, ...]) -> str:
    """This will write grades as they are typed."""
    return "\n".join(" ".join((one.name, str(one.points), *one.must)) for one in grades)


def write_steps(steps: tuple[Step, ...]) -> str:
    """This will write steps as they are typed."""
    return "\n".join(f"{one.at_least} {one.points}" for one in steps)


def _ask_papers(field: forms.Field, item: ItemRow) -> None:
    asked = item.one.evidence
    if asked == "photo":
        field.label = "拍照或选照片"
        field.widget.attrs["accept"] = "image/*"
    field.help_text = {
        "photo": "这一条要有照片才计分。可以一次选几张。",
        "document": "这一条要有文件（或文件的照片）才计分。",
    }.get(asked, "这一条不要求材料。")


def _lines(typed: str) -> list[str]:
    return [line for line in (row.strip() for row in typed.splitlines()) if line]

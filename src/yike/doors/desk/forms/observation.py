"""What is typed about observation points, questionnaires, periods and codes. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.changing import Of
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Text, dress
from yike.rooms.core import clock
from yike.rooms.observation import figures, flow, scoring

_DAY = forms.DateInput(attrs={"type": "date"})


class Just(Of):
    """A deed that asks nothing."""


class NewPoint(Of):
    """A point at a place that was told to be one, or of its own."""

    host = forms.ChoiceField(
        label="设在哪里", required=False,
        help_text="“多要素聚集”里登记了公民法治素养观测点的地方。不在里面的，先去登记；独立设点填下面几项。",
    )  # fmt: skip
    name = Text(label="名称（独立设点）", max_length=80, required=False)
    region_code = forms.ChoiceField(label="所在区划（独立设点）", required=False)
    institution_id = forms.TypedChoiceField(
        label="责任单位", coerce=UUID, empty_value=None, required=False,
        help_text="这个单位的窗口人员和司法所人员在这里组织答卷。站点不选的，是站点的主管机构。",
    )  # fmt: skip
    address = Text(label="地址", max_length=200, required=False)
    phone = Text(label="电话", max_length=40, required=False, help_text="印在群众看到的页面上。")

    def offer(self) -> None:
        """This will offer the places, the county's units and its offices."""
        offer(self, "host", [("", "独立设点"), *(self.about.hosts if self.about else ())])
        offer(self, "region_code", choices.places(blank="请选择"))
        offer(self, "institution_id", choices.institutions(blank="同站点"))


class NewQuestionnaire(Of):
    """A questionnaire to begin."""

    title = Text(label="名称", max_length=80)
    intro = Text(label="开头说明", rows=3, max_length=500, required=False)


class NewWave(Of):
    """A period with its frame."""

    questionnaire_id = forms.TypedChoiceField(label="问卷（已发布）", coerce=UUID)
    name = Text(label="名称", max_length=80, help_text="例如：2026年下半年观测。")
    unit = forms.ChoiceField(label="样本单位", choices=choices.of(flow.UNITS))
    whom = Text(label="问的是谁", max_length=200, help_text="例如：在本乡镇住满半年的成年人。")
    source = Text(
        label="样本框来源", max_length=200, help_text="计划数按哪份名册或统计数定的，哪一年的。"
    )
    from_on = forms.DateField(label="开始日期", widget=_DAY, initial=clock.today)
    last_on = forms.DateField(label="最后一天", widget=_DAY)
    strata = Text(
        label="样本层", rows=5, max_length=2000,
        help_text="一行一层：年龄段，群体。例如：18-59岁，村民。",
    )  # fmt: skip
    least = forms.IntegerField(
        label="至少多少份答卷才出指数", initial=figures.LEAST_USUAL, min_value=figures.LEAST
    )

    def offer(self) -> None:
        """This will offer what is published."""
        rows = self.about.questionnaires if self.about else ()
        offer(self, "questionnaire_id", [
            (str(one.id), f"{one.title} 第 {one.version} 版")
            for one in rows if one.state == flow.PUBLISHED
        ])  # fmt: skip


class Put(Of):
    """One more question."""

    kind = forms.ChoiceField(label="题型", choices=choices.of(scoring.KINDS))
    words = Text(label="题目", rows=2, max_length=300)
    options = Text(
        label="选项", rows=5, max_length=2000, required=False,
        help_text="单选、多选：一行一个，得分的前面加 *。是非题只写 *是 或 *否。打分、填空不用写。",
    )  # fmt: skip
    dimension = Text(label="维度", max_length=30, required=False, help_text="例如：知晓、感受。")
    weight = forms.IntegerField(
        label="权重", initial=1, min_value=0, max_value=scoring.MOST_WEIGHT,
        help_text="0 不计分；计分的题群众必须回答。",
    )  # fmt: skip
    knowledge = forms.BooleanField(label="这是法律知识题", required=False)
    source = Text(
        label="法律出处", max_length=200, required=False,
        help_text="知识题必填：哪部法、第几条。由另一位同事查原文核对，核对前注明“未核对”。",
    )  # fmt: skip


class _OfQuestion(Of):
    question_id = forms.TypedChoiceField(label="哪一题", coerce=UUID)

    def wanted(self, row: Any) -> bool:
        """This will say whether a question is offered."""
        return True

    def offer(self) -> None:
        """This will offer the questions."""
        rows = self.about.questions if self.about else ()
        offer(self, "question_id", [
            (str(one.id), f"{one.asked.no}. {one.asked.words[:40]}")
            for one in rows if self.wanted(one)
        ])  # fmt: skip


class Drop(_OfQuestion):
    """A question to take out."""


class Verify(_OfQuestion):
    """A source of law that was looked up."""

    def wanted(self, row: Any) -> bool:
        """Only those with an unverified source."""
        return bool(row.asked.source) and not row.verified_on


class Plan(Of):
    """How many of each layer are to answer at a point."""

    point_id = forms.TypedChoiceField(label="观测点", coerce=UUID)

    def offer(self) -> None:
        """This will offer the points and ask a number of each layer."""
        offer(self, "point_id", list(self.about.others) if self.about else [])
        for ref, name in self.about.strata if self.about else ():
            self.fields[f"n_{ref}"] = field = forms.IntegerField(
                label=f"计划：{name}", min_value=0, max_value=100_000, initial=0
            )
            dress(field)

    def told(self) -> dict[str, Any]:
        """This will return the numbers by layer."""
        typed = self.cleaned_data
        planned = {ref: typed[f"n_{ref}"] for ref, _ in self.about.strata}
        return {"point_id": typed["point_id"], "planned": planned}


class Codes(Of):
    """Codes to make."""

    stratum_id = forms.TypedChoiceField(label="问哪一层", coerce=UUID)
    way = forms.ChoiceField(label="方式", choices=choices.of(flow.WAYS))
    number = forms.IntegerField(label="几个", initial=1, min_value=1, max_value=100)
    expires_on = forms.DateField(
        label="有效到", widget=_DAY, required=False, help_text="不填，到这一期的最后一天。"
    )

    def offer(self) -> None:
        """This will offer the layers that are planned here."""
        rows = self.about.row.layers if self.about else ()
        offer(self, "stratum_id", [(str(one.id), one.name) for one in rows if one.planned])


class Spoil(Of):
    """A code to make void."""

    code_id = forms.TypedChoiceField(label="哪一个", coerce=UUID)

    def offer(self) -> None:
        """This will offer the codes that are out."""
        rows = self.about.codes if self.about else ()
        offer(self, "code_id", [
            (str(one.id), f"{one.serial} 号，{one.way_name}，{one.stratum}") for one in rows
        ])  # fmt: skip

"""What is typed about advisers of villages and duty teams. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.changing import Of
from yike.doors.desk.forms.people import offer
from yike.doors.desk.forms.providers import day, kind_choices, many
from yike.doors.kit.forms import Text
from yike.rooms.providers import kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import NeedFace
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

#: who may advise a village
_ADVISER_KINDS = ("01", "07")


def villages_of_county() -> list[Any]:
    """This will return the villages in groups by town."""
    found: dict[str, choices.Choices] = {}
    towns = {row.code: row.name for row in regions_queries.towns_of(choices.county())}
    for row in regions_queries.villages_of(choices.county()):
        found.setdefault(towns.get(row.parent_code, ""), []).append((row.code, row.name))
    return list(found.items())


def people(wanted: tuple[str, ...] = ()) -> choices.Choices:
    """This will return the county's practitioners of some kinds, with house and kind."""
    rows = providers_queries.practitioners_in(codes.span(choices.county()), wanted)
    return [
        ("", "请选择"),
        *((str(row.id), f"{row.name}（{row.kind_name}，{row.institution_name}）") for row in rows),
    ]


class Engage(Of):
    """A new contract with an adviser."""

    number = Text(label="合同编号", max_length=60)
    practitioner_id = forms.ChoiceField(label="法律顾问")
    from_on = day("合同从哪天起", required=True)
    until_on = day("合同到哪天止", required=True, hint="到这一天不再有效。")
    villages = many("服务的村（社区）")
    hours_per_month = forms.IntegerField(
        label="每村每月小时", min_value=1, max_value=200, required=False,
        help_text="不填就按本地参数。",
    )  # fmt: skip
    lectures_per_quarter = forms.IntegerField(
        label="每村每季度讲座", min_value=0, max_value=90, required=False,
        help_text="不填就按本地参数。",
    )  # fmt: skip
    former_id = forms.ChoiceField(label="续自哪份合同", required=False)
    duties = Text(label="职责", rows=3, max_length=1000, required=False)

    def offer(self) -> None:
        """This will offer lawyers, villages by town, and contracts that may be renewed."""
        offer(self, "practitioner_id", people(_ADVISER_KINDS))
        offer(self, "villages", villages_of_county())
        span = codes.span(choices.county())
        known = (
            *providers_queries.contracts_in(span),
            *providers_queries.contracts_in(span, over=True),
        )
        old = [(str(row.id), f"{row.number} {row.practitioner_name}") for row in known]
        offer(self, "former_id", [("", "新签"), *old])

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        former = self.cleaned_data["former_id"]
        return dict(self.cleaned_data) | {
            "practitioner_id": UUID(self.cleaned_data["practitioner_id"]),
            "former_id": UUID(former) if former else None,
            "region_code": choices.county(),
        }


class Villages(Of):
    """Which villages a contract covers from a day on."""

    villages = many("服务的村（社区）")
    from_on = day("从哪天起", hint="不填就是今天。")
    reason = Text(label="调整原因", max_length=200)

    def offer(self) -> None:
        """This will offer the villages by town."""
        offer(self, "villages", villages_of_county())


class Release(Of):
    """A contract that ends before its term."""

    ended_on = day("从哪天起", hint="不填就是今天。")
    reason = Text(label="终止原因", max_length=200)


class Visit(Of):
    """What an adviser did in a village on a day."""

    village = forms.ChoiceField(label="村（社区）")
    on = day("日期", required=True)
    minutes = forms.IntegerField(label="时长（分钟）", min_value=1, max_value=1440)
    kind = forms.ChoiceField(label="工作", choices=list(kinds.ADVISER_WORK.items()))
    people = forms.IntegerField(label="服务人次", min_value=0, max_value=10000, initial=0)
    note = Text(label="摘要", max_length=500, required=False, help_text="不写当事人姓名。")

    def offer(self) -> None:
        """This will offer the villages of the contract."""
        offer(self, "village", list(self.about.villages) if self.about else [])


class Norm(Of):
    """A number that the county decides."""

    code = forms.ChoiceField(label="参数", choices=list(kinds.NORM_NAMES.items()))
    value = forms.IntegerField(label="数值", min_value=0, max_value=1000)
    source = Text(label="来源", max_length=200, help_text="文件名称和文号，或会议纪要。")
    verified_on = day("核实日期", hint="和原文核对过的日子；没有核对就不填，会标明未核实。")
    active_from = day("从哪天起", hint="不填就是今天。")

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        return dict(self.cleaned_data) | {"region_code": choices.county()}


class Need(Of):
    """What a team must be composed of; kept as one line of needs."""

    kinds = many("人员类别", hint="任一类都可以；不选就是不限。")
    people = forms.IntegerField(label="至少几人", min_value=1, max_value=100, initial=1)
    specialty = forms.ChoiceField(label="须擅长", required=False)
    language = Text(label="须会", max_length=20, required=False, help_text="例如 象山话")

    def offer(self) -> None:
        """This will offer the nine kinds and the legal matters."""
        offer(self, "kinds", kind_choices())
        offer(self, "specialty", choices.categories(blank="不限"))

    def told(self) -> dict[str, Any]:
        """This will return the needs the team has, and this one."""
        had = self.about.needs if self.about else ()
        told = self.cleaned_data
        new = NeedFace(
            kinds=tuple(told["kinds"]), people=told["people"], specialty=told["specialty"],
            language=told["language"],
        )  # fmt: skip
        return {"needs": (*had, new)}


class DropNeeds(Of):
    """All needs of a team are taken off."""

    def told(self) -> dict[str, Any]:
        """This will return no needs."""
        return {"needs": ()}


class Team(Of):
    """A new duty team."""

    name = Text(label="名称", max_length=100)
    region_code = forms.ChoiceField(label="服务区划")
    place_id = forms.ChoiceField(label="站点", required=False)
    line = forms.ChoiceField(
        label="线路", required=False, choices=[("", "不是线路"), *kinds.LINES.items()]
    )
    active_from = day("组建日期", hint="不填就是今天。")

    def offer(self) -> None:
        """This will offer places and stations."""
        offer(self, "region_code", choices.places())
        offer(self, "place_id", choices.stations(blank="不属于站点"))

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        place = self.cleaned_data["place_id"]
        return dict(self.cleaned_data) | {"place_id": UUID(place) if place else None}


class JoinTeam(Of):
    """A person who joins a team, or takes another part in it."""

    practitioner_id = forms.ChoiceField(label="人员")
    part = forms.ChoiceField(label="担任", choices=list(kinds.PARTS.items()), initial="member")
    from_on = day("从哪天起", hint="不填就是今天。")
    reason = Text(label="加入或调整的原因", max_length=200)

    def offer(self) -> None:
        """This will offer those who serve in the county."""
        offer(self, "practitioner_id", people())

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        who = self.cleaned_data["practitioner_id"]
        return dict(self.cleaned_data) | {"practitioner_id": UUID(who)}


class LeaveTeam(Of):
    """A person who leaves a team."""

    member_id = forms.ChoiceField(label="谁")
    until_on = day("从哪天起", hint="不填就是今天。")
    reason = Text(label="退出原因", max_length=200)

    def offer(self) -> None:
        """This will offer the members."""
        rows = self.about.members if self.about else ()
        known = [(str(row.id), f"{row.practitioner.name}（{row.part_name}）") for row in rows]
        offer(self, "member_id", known)

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        return dict(self.cleaned_data) | {"member_id": UUID(self.cleaned_data["member_id"])}


class EndTeam(Of):
    """A team that is dissolved."""

    ended_on = day("从哪天起", hint="不填就是今天。")
    reason = Text(label="撤销原因", max_length=200)

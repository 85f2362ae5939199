"""What is typed about volunteers, their teams, tasks and services. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.changing import Of
from yike.doors.desk.forms.people import offer
from yike.doors.desk.forms.providers import areas, day, many, words
from yike.doors.kit.forms import Text
from yike.rooms.core import clock
from yike.rooms.providers import kinds, service_records
from yike.rooms.providers import volunteers as known

#: "0m" Monday morning → 周一上午
PARTS = [
    (f"{number}{part}", f"周{name}{said}")
    for number, name in enumerate(known.WEEKDAYS)
    for part, (said, _) in known.DAY_PARTS.items()
]


class Person(Of):
    """A volunteer's facts that may be corrected."""

    kind = forms.ChoiceField(label="职业类别", choices=list(known.KINDS.items()))
    directions = many("志愿方向")
    specialties = many("业务擅长")
    languages = Text(
        label="语言和方言", max_length=200, required=False, help_text="例如 普通话、象山话、手语"
    )
    areas = many("愿意服务的区域", hint="不选就是所在乡镇。")
    availability = many("有空的时段")
    employer = Text(label="工作单位", max_length=100, required=False)
    practitioner_id = forms.ChoiceField(
        label="名录里的人员", required=False, help_text="关联后，申报过的亲属关系用于回避。"
    )
    phone = Text(label="电话", max_length=40, required=False, help_text="密封保存；不改就不填。")
    email = Text(label="邮箱", max_length=100, required=False)

    def offer(self) -> None:
        """This will offer directions, matters, towns and people of the register."""
        offer(self, "directions", list(known.DIRECTIONS.items()))
        offer(self, "specialties", [row for row in choices.categories() if row[0]])
        offer(self, "areas", areas())
        offer(self, "availability", PARTS)
        offer(self, "practitioner_id", choices.practitioners(blank="不在名录里"))

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        told = dict(self.cleaned_data)
        person = told["practitioner_id"]
        return told | {
            "languages": words(told["languages"]),
            "practitioner_id": UUID(person) if person else None,
        }


class NewPerson(Person):
    """A volunteer who applies at the office."""

    name = Text(label="姓名", max_length=60)
    region_code = forms.ChoiceField(label="所在区划")
    phone = Text(label="电话", max_length=40, help_text="密封保存，查看要说明理由。")

    field_order = ("name", "phone", "email", "region_code", "kind", "directions", "specialties")

    def offer(self) -> None:
        """This will offer places as well."""
        super().offer()
        offer(self, "region_code", choices.places())


class Told(Of):
    """A step that needs words."""

    told = Text(label="说明", max_length=200)


class Press(Of):
    """A step that needs nothing but a press."""


class Gone(Of):
    """Not taken, or leaving: why."""

    reason = forms.ChoiceField(label="原因", choices=list(known.REASONS.items()))
    told = Text(label="说明", max_length=200, required=False)


class Signed(Of):
    """When the undertaking was signed."""

    signed_on = day("签署日期", hint="不填就是今天。")


class Reason(Of):
    """A reason."""

    reason = Text(label="原因", max_length=200)


class Revoke(Reason):
    """Which certificate is taken back, and why."""

    certificate_id = forms.TypedChoiceField(label="哪份证书", coerce=UUID)

    field_order = ("certificate_id", "reason")

    def offer(self) -> None:
        """This will offer the certificates that stand."""
        rows = self.about.certificates if self.about else ()
        offer(self, "certificate_id", [
            (str(one.id), f"{one.issued_on} {one.code_words}") for one in rows if not one.revoked_on
        ])  # fmt: skip


class Team(Of):
    """A team of one professional field."""

    name = Text(label="队名", max_length=100)
    field = forms.ChoiceField(label="专业领域", choices=list(known.DIRECTIONS.items()))
    region_code = forms.ChoiceField(label="服务区划")

    def offer(self) -> None:
        """This will offer county and towns."""
        offer(self, "region_code", areas())


class Join(Of):
    """A volunteer who joins, or changes part."""

    volunteer_id = forms.TypedChoiceField(label="志愿者", coerce=UUID)
    leads = forms.BooleanField(label="担任队长", required=False)
    reason = Text(label="说明", max_length=200, required=False)

    def offer(self) -> None:
        """This will offer who serves; `about` is (team, serving volunteers)."""
        rows = self.about[1] if self.about else ()
        offer(
            self, "volunteer_id", [(str(one.id), f"{one.name}（{one.kind_name}）") for one in rows]
        )


class Leave(Reason):
    """A member who leaves."""

    member_id = forms.TypedChoiceField(label="队员", coerce=UUID)

    field_order = ("member_id", "reason")

    def offer(self) -> None:
        """This will offer the members."""
        rows = self.about[0].members if self.about else ()
        offer(self, "member_id", [(str(one.id), one.name) for one in rows])


def _moment(label: str, *, required: bool = True, hint: str = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, required=required, help_text=hint,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip


class Task(Of):
    """A task for volunteers."""

    title = Text(label="任务", max_length=100, help_text="公开。例如 石浦渔港开捕前法律咨询")
    what = Text(label="做什么", rows=4, max_length=2000, help_text="公开，不写服务对象的姓名。")
    region_code = forms.ChoiceField(label="所在区划")
    where = Text(label="地点", max_length=200)
    from_at = _moment("开始")
    until_at = _moment("结束")
    places = forms.IntegerField(label="需要几人", min_value=1, max_value=200)
    directions = many("志愿方向")
    specialties = many("业务擅长")
    languages = Text(label="要会的语言", max_length=200, required=False)
    team_id = forms.ChoiceField(label="由哪支队伍承担", required=False)
    matter = Text(label="对应的工单编号", max_length=20, required=False)
    brief = Text(
        label="任务须知", rows=3, max_length=2000, required=False,
        help_text="只有已确认承担任务的志愿者和组织人员看得到，任务结束后志愿者看不到。",
    )  # fmt: skip
    client_phone = Text(
        label="服务对象电话", max_length=40, required=False,
        help_text="只用来核对回避关系，保存为看不出号码的索引。",
    )  # fmt: skip

    def offer(self) -> None:
        """This will offer places, directions, matters and teams (`about`)."""
        offer(self, "region_code", choices.places())
        offer(self, "directions", list(known.DIRECTIONS.items()))
        offer(self, "specialties", [row for row in choices.categories() if row[0]])
        rows = self.about or ()
        offer(self, "team_id", [("", "不指定"), *[(str(one.id), one.name) for one in rows]])

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        told = dict(self.cleaned_data)
        team = told["team_id"]
        return told | {
            "languages": words(told["languages"]), "team_id": UUID(team) if team else None,
        }  # fmt: skip


class SignUp(Of):
    """A volunteer who signs up; `about` is (task, who suits)."""

    volunteer_id = forms.TypedChoiceField(label="志愿者", coerce=UUID)

    def offer(self) -> None:
        """This will offer those who suit, best first."""
        rows = self.about[1] if self.about else ()
        offer(self, "volunteer_id", [
            (str(one.volunteer.id), f"{one.volunteer.name}（{one.match.score} 分）")
            for one in rows if not one.match.barred
        ])  # fmt: skip


class Picked(Of):
    """One of the sign-ups that stand where the deed can begin."""

    sign_up_id = forms.TypedChoiceField(label="志愿者", coerce=UUID)
    states: tuple[str, ...] = ()

    field_order = ("sign_up_id",)

    def offer(self) -> None:
        """This will offer the sign-ups of these states."""
        rows = self.about[0].sign_ups if self.about else ()
        offer(self, "sign_up_id", [
            (str(one.id), f"{one.name}（{one.state_name}）") for one in rows
            if one.state in self.states and self.fits(one)
        ])  # fmt: skip

    def fits(self, row: Any) -> bool:
        """This will say whether the deed suits this sign-up."""
        return row is not None


class Confirm(Picked):
    """Given the task."""

    states = ("asked",)


class Decline(Picked):
    """Not chosen."""

    states = ("asked", "waiting", "confirmed")
    reason = Text(label="原因", max_length=200)


class Withdraw(Picked):
    """Taken back."""

    states = ("asked", "waiting", "confirmed")
    reason = Text(label="原因", max_length=200, required=False)


class CheckIn(Picked):
    """Came."""

    states = ("confirmed",)


class CheckOut(Picked):
    """Left."""

    states = ("came",)
    left_at = _moment("什么时候离开", required=False, hint="不填就是现在。")


class Absent(Picked):
    """Did not come."""

    states = ("confirmed",)
    reason = Text(label="说明", max_length=200, required=False)


class Rate(Picked):
    """What the client said."""

    states = ("done",)
    level = forms.TypedChoiceField(
        label="服务对象的评价", coerce=int, choices=list(known.RATINGS.items())
    )
    told = Text(label="说明", max_length=200, required=False, help_text="不满意的必填。")

    def fits(self, row: Any) -> bool:
        """This will say whether it is still unrated."""
        return row.rating is None


class Call(Of):
    """A spot call."""

    outcome = forms.ChoiceField(label="结果", choices=list(known.CALL_OUTCOMES.items()))
    told = Text(
        label="情况", rows=2, max_length=500, required=False, help_text="不是“服务正常”的必填。"
    )


class Incident(Of):
    """Something that went wrong."""

    kind = forms.ChoiceField(label="类别", choices=list(known.INCIDENTS.items()))
    volunteer_id = forms.ChoiceField(label="涉及哪名志愿者", required=False)
    happened = Text(label="发生了什么", rows=3, max_length=2000)
    due_on = day("处理期限", required=True)

    def offer(self) -> None:
        """This will offer who signed up."""
        rows = self.about[0].sign_ups if self.about else ()
        named = [(str(one.volunteer_id), one.name) for one in rows]
        offer(self, "volunteer_id", [("", "不涉及具体的人"), *named])

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        told = dict(self.cleaned_data)
        who = told["volunteer_id"]
        return told | {"volunteer_id": UUID(who) if who else None}


class Follow(Of):
    """What was done about an incident."""

    incident_id = forms.TypedChoiceField(label="哪起事故", coerce=UUID)
    follow_up = Text(label="处理情况", rows=3, max_length=2000)

    def offer(self) -> None:
        """This will offer the incidents that nobody closed."""
        rows = self.about[0].incidents if self.about else ()
        offer(self, "incident_id", [
            (str(one.id), f"{one.kind_name}：{one.happened[:20]}") for one in rows
            if one.closed_on is None
        ])  # fmt: skip


class Service(Of):
    """A service given outside orders."""

    service = forms.ChoiceField(label="服务种类", choices=list(kinds.SERVICES.items()))
    on = day("日期", required=True)
    minutes = forms.IntegerField(label="用时（分钟）", min_value=1, max_value=1440)
    region_code = forms.ChoiceField(label="区划")
    where = Text(label="地点", max_length=200)
    giver = forms.ChoiceField(label="由谁提供", choices=list(service_records.GIVERS.items()))
    volunteer_id = forms.ChoiceField(label="志愿者", required=False)
    practitioner_id = forms.ChoiceField(
        label="法律服务人员", required=False, help_text="由志愿者提供的不选。"
    )
    client = forms.ChoiceField(label="服务对象", choices=list(service_records.CLIENTS.items()))
    people = forms.IntegerField(label="服务人数", min_value=1, max_value=100000, initial=1)
    result = forms.ChoiceField(label="结果", choices=list(service_records.RESULTS.items()))
    words_told = Text(
        label="服务内容", rows=4, max_length=2000, help_text="不写服务对象的姓名和电话。"
    )
    file = forms.FileField(label="附件", required=False, help_text="照片、签到表等，不超过 20 MB。")

    def offer(self) -> None:
        """This will offer places, volunteers (`about`) and people of the register."""
        offer(self, "region_code", choices.places())
        offer(self, "practitioner_id", choices.practitioners(blank="—"))
        rows = self.about or ()
        offer(self, "volunteer_id", [("", "—"), *[(str(one.id), one.name) for one in rows]])
        if not self.is_bound:
            self.initial.setdefault("on", clock.today())

    def told(self) -> dict[str, Any]:
        """This will return what the action takes, without the file."""
        told = {key: value for key, value in self.cleaned_data.items() if key != "file"}
        by_volunteer = told["giver"] == "volunteer"
        named = ("volunteer_id", by_volunteer), ("practitioner_id", not by_volunteer)
        return told | {
            key: UUID(told[key]) if told[key] and wanted else None for key, wanted in named
        }

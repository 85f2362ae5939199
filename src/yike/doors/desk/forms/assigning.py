"""What is typed about who takes an order. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text, dress
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.matters.assignment import CRITERIA, LIMITS, MUSTS, WEIGHT_MOST, Policy
from yike.rooms.matters.faces import Advice
from yike.rooms.providers import kinds


class Choose(Form):
    """Another than the first: who, and why."""

    account_id = forms.ChoiceField(label="派给谁")
    override_reason = Text(
        label="为什么不按第一名派", max_length=500, rows=2, required=False,
        help_text="理由会和排名一起存档。",
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, face: Advice, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"seen": str(face.version)})
        super().__init__(*args, **kwargs)
        able = [(str(one.account), f"第{one.place}名 {one.name}（{one.org_name}）")
                for one in face.rows]  # fmt: skip
        soft = [(str(one.account), f"{one.name}（{one.org_name}）：{one.sentence}")
                for one in face.out if one.soft and one.account]  # fmt: skip
        offer(self, "account_id", [choices.BLANK, *able, *soft])

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        return dict(self.cleaned_data) | {"account_id": UUID(self.cleaned_data["account_id"])}


class NoteSide(Form):
    """The other side, somebody accused in the same case, or that case."""

    part = forms.ChoiceField(label="登记谁")
    name = Text(label="姓名、单位名称或案号", max_length=60)
    phone = Text(label="电话", max_length=30, required=False)
    id_number = Text(label="证件号码", max_length=30, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [("opponent", "对方当事人"), ("co_accused", "同案人（刑事）"),
                 ("case", "刑事案件编号（同案）")]  # fmt: skip
        offer(self, "part", parts)


class Withdraw(Form):
    """Why what was noted is taken back."""

    reason = Text(label="撤回原因", max_length=200)


class Rules(Form):
    """A county's weights and rules; one field for each of them."""

    musts = forms.MultipleChoiceField(
        label="必须满足的条件", required=False, widget=forms.CheckboxSelectMultiple()
    )
    fallback_org = forms.ChoiceField(
        label="没有人可派时交给", required=False, help_text="不选就交县中心。"
    )
    reason = Text(label="修改原因", max_length=200)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self._now(policy))
        super().__init__(*args, **kwargs)
        for name, (label, _, hint) in CRITERIA.items():
            self._add(f"weight_{name}", forms.FloatField(
                label=f"{label}（分）", min_value=0, max_value=WEIGHT_MOST, help_text=f"{hint}。",
            ))  # fmt: skip
        for name, (label, least, most, _) in LIMITS.items():
            self._add(f"limit_{name}", forms.IntegerField(
                label=label, min_value=least, max_value=most
            ))  # fmt: skip
        offer(self, "musts", list(MUSTS.items()))
        offer(self, "fallback_org", choices.institutions(handling=True, blank="县中心"))
        points = [f"weight_{name}" for name in CRITERIA]
        numbers = [f"limit_{name}" for name in LIMITS]
        self.order_fields([*points, "musts", *numbers, "fallback_org", "reason"])

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        dress(field, f"id_{name}")

    @staticmethod
    def _now(policy: Policy) -> dict[str, Any]:
        return {
            **{f"weight_{name}": policy.weight(name) for name in CRITERIA},
            **{f"limit_{name}": policy.limit(name) for name in LIMITS},
            "musts": sorted(policy.musts),
            "fallback_org": policy.fallback_org,
        }

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        given = self.cleaned_data
        org = given["fallback_org"]
        return {
            "weights": {name: given[f"weight_{name}"] for name in CRITERIA},
            "limits": {name: given[f"limit_{name}"] for name in LIMITS},
            "musts": given["musts"],
            "fallback_org": UUID(org) if org else None,
            "reason": given["reason"],
        }


class Nearest(Form):
    """A village and a service: who gives it, how far, and when next?"""

    region_code = forms.ChoiceField(label="哪个村（社区）")
    service = forms.ChoiceField(label="哪种服务")
    item = forms.ChoiceField(label="具体哪一项（要带什么）", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "region_code", choices.places())
        offer(self, "service", choices.of(kinds.SERVICES))
        items = [(one.code, f"{one.name}（{one.kind}）") for one in catalogue_queries.items()]
        offer(self, "item", [("", "不清楚"), *items])

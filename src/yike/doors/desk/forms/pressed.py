"""What a dispatcher or director sets about rungs and lines; a call tried out. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.desk.forms.providers import many
from yike.doors.desk.forms.providers import words as split
from yike.doors.kit.forms import Form, Text
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.matters import alerts, codes, ladder, lines

_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _after(rung: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{codes.RUNGS[rung]}：超期后多久",
        min_value=0,
        max_value=90,
        help_text="0 就是一超期。",
    )


def _to(rung: int) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=f"{codes.RUNGS[rung]}通知谁",
        choices=choices.of(alerts.LEVELS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _named(rung: int) -> forms.MultipleChoiceField:
    hint = "可不选，也可多选。私密事项不按名通知。"
    field: forms.MultipleChoiceField = many(f"{codes.RUNGS[rung]}还指名通知谁", hint=hint)
    return field


class Ladder(Form):
    """After how long, and whom: three rungs in one unit."""

    promise_code = forms.ChoiceField(label="哪个时限", required=False)
    unit = forms.ChoiceField(label="按什么算", choices=choices.of(ladder.UNITS))
    after_1, to_1, named_1 = _after(1), _to(1), _named(1)
    after_2, to_2, named_2 = _after(2), _to(2), _named(2)
    after_3, to_3, named_3 = _after(3), _to(3), _named(3)
    quiet_from = forms.TimeField(label="免打扰，从", required=False, widget=_TIME)
    quiet_until = forms.TimeField(label="免打扰，到", required=False, widget=_TIME)
    rest_days = forms.BooleanField(label="休息日和节假日不打扰", required=False)
    reason = Text(label="修改原因", max_length=200)

    def __init__(self, *args: Any, people: choices.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rung in codes.RUNGS:
            offer(self, f"named_{rung}", people)
        promises = ((one.code, one.name) for one in clocks_queries.promise_list())
        offer(self, "promise_code", choices.of(promises, blank="所有没有另设的时限"))

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        told = self.cleaned_data
        rungs = [
            ladder.Rung(
                rung=rung, after=told[f"after_{rung}"], unit=told["unit"],
                to=tuple(told[f"to_{rung}"]),
                accounts=tuple(UUID(one) for one in told[f"named_{rung}"]),
            )
            for rung in codes.RUNGS
        ]  # fmt: skip
        return {
            "rungs": rungs,
            "promise_code": told["promise_code"],
            "quiet_from": f"{told['quiet_from']:%H:%M}" if told["quiet_from"] else "",
            "quiet_until": f"{told['quiet_until']:%H:%M}" if told["quiet_until"] else "",
            "rest_days": told["rest_days"],
            "reason": told["reason"],
        }


class Rule(Form):
    """One line of the county's table of hotlines; `code` and `seen` travel hidden."""

    code = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    name = Text(label="情形", max_length=40)
    kind = forms.ChoiceField(label="哪一类", choices=choices.of(lines.KINDS))
    to = forms.ChoiceField(label="转到", choices=choices.of(lines.NUMBERS))
    transfer = forms.ChoiceField(label="怎样转", choices=choices.of(lines.TRANSFERS))
    words = Text(
        label="出现这些词",
        max_length=5_000,
        rows=4,
        help_text="说到其中一个就用这条；用顿号或逗号隔开。",
    )
    without = Text(
        label="出现这些就不算",
        max_length=2_000,
        rows=2,
        required=False,
        help_text="比如：去年、赔偿。",
    )
    sentence = Text(label="对坐席说", max_length=200, rows=2)
    drop = forms.BooleanField(label="去掉这条规则", required=False)
    reason = Text(label="修改原因", max_length=200)

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        told = self.cleaned_data
        about = {
            name: told[name] for name in ("code", "kind", "name", "to", "transfer", "sentence")
        }
        rule = lines.LineRule(
            **about, words=tuple(split(told["words"])), without=tuple(split(told["without"]))
        )
        return {"rule": rule, "seen": told["seen"], "reason": told["reason"]}


class LineTry(Form):
    """What a caller says, and the number that was dialled."""

    text = Text(label="来电人怎么说", max_length=2_000, rows=2)
    line = forms.ChoiceField(label="拨的号码", choices=[("12348", "12348"), ("12345", "12345")])


def initial_of(rule: ladder.Ladder) -> dict[str, Any]:
    """This will return a ladder as the form shows it."""
    told: dict[str, Any] = {"unit": rule.rungs[0].unit}
    for one in rule.rungs:
        told |= {f"after_{one.rung}": one.after, f"to_{one.rung}": list(one.to)}
        told[f"named_{one.rung}"] = [str(account) for account in one.accounts]
    return told | {
        "quiet_from": rule.quiet_from, "quiet_until": rule.quiet_until, "rest_days": rule.rest_days,
    }  # fmt: skip

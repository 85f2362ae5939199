"""What a county sets for its flow. Shape only: the room holds what the table permits."""

from __future__ import annotations

from typing import Any

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.matters import codes, flow

_TOLD = [(row.verb, row.label) for row in flow.ROWS if row.told]
_OFF = [(row.verb, row.label) for row in flow.ROWS if row.optional]
_SIGNED = [(row.verb, row.label) for row in flow.ROWS if row.clock == "start_sign"]
_NEEDS = [
    (f"{row.verb}.{need.rstrip('?')}", f"{row.label}：{flow.FIELDS[need.rstrip('?')][0]}")
    for row in flow.ROWS
    if not row.outcome
    for need in row.needs
    if need.endswith("?") and need != "reply_others?"
]


def _many(label: str, options: list[tuple[str, str]], hint: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=options, required=False, help_text=hint,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class FlowPolicy(Form):
    """One new version; whatever is not touched stays as it is."""

    accept = forms.BooleanField(label="网上和对接平台来的诉求先受理、后派单", required=False)
    review = _many("哪些诉求答复前要审核", choices.of(codes.DEMAND_TYPES))
    off = _many("不开通的动作", _OFF, "其他动作是办理必需的，不能关闭。")
    needs = _many("改为必填的内容", _NEEDS)
    told_verb = forms.ChoiceField(
        label="改哪个动作告知当事人的话", choices=[("", "不改"), *_TOLD], required=False
    )
    told_words = Text(label="告知文字", max_length=60, required=False,
                      help_text="4 到 60 个字；不填就用通用文字。")  # fmt: skip
    sign_verb = forms.ChoiceField(
        label="改哪个动作之后的签收时限", choices=[("", "不改"), *_SIGNED], required=False
    )
    sign_promise = forms.ChoiceField(label="用哪个时限", required=False)
    reason = Text(label="修改原因", max_length=200)

    def __init__(self, *args: Any, before: flow.Policy, **kwargs: Any) -> None:
        self.before = before
        kwargs.setdefault("initial", _initial(before))
        super().__init__(*args, **kwargs)
        promises = ((one.code, f"{one.name} {one.length}") for one in clocks_queries.promise_list())
        offer(self, "sign_promise", choices.of(promises, blank="通用的签收时限"))

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        said = self.cleaned_data
        needs: dict[str, list[str]] = {}
        for one in said["needs"]:
            verb, _, name = one.partition(".")
            needs.setdefault(verb, []).append(name)
        return {
            "off": said["off"],
            "review": said["review"],
            "accept": said["accept"],
            "needs": needs,
            "caps": {name: said[f"cap_{name}"] for name in flow.CAPS},
            "told": _with(self.before.told, said["told_verb"], said["told_words"]),
            "promises": _with(self.before.promises, said["sign_verb"], said["sign_promise"]),
            "reason": said["reason"],
        }

    def policy(self) -> flow.Policy:
        """This will return the policy that the form would make, for a preview."""
        told = self.told()
        told.pop("reason")
        return flow.Policy(
            version=self.before.version + 1,
            off=frozenset(told.pop("off")),
            review=frozenset(told.pop("review")),
            needs={verb: tuple(names) for verb, names in told.pop("needs").items()},
            **told,
        )


for _name, (_label, _least, _most, _) in flow.CAPS.items():
    FlowPolicy.base_fields[f"cap_{_name}"] = forms.IntegerField(
        label=_label, min_value=_least, max_value=_most
    )
FlowPolicy.base_fields["reason"] = FlowPolicy.base_fields.pop("reason")  # stands last


def _with(before: Any, verb: str, value: str) -> dict[str, str]:
    kept = dict(before)
    if verb:
        kept[verb] = value
    return {name: one for name, one in kept.items() if one}


def _initial(policy: flow.Policy) -> dict[str, Any]:
    needs = [f"{verb}.{name}" for verb, names in policy.needs.items() for name in names]
    caps = {f"cap_{name}": policy.cap(name) for name in flow.CAPS}
    return caps | {
        "accept": policy.accept, "review": sorted(policy.review), "off": sorted(policy.off),
        "needs": needs,
    }  # fmt: skip

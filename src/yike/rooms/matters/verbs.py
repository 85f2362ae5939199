"""The deeds somebody may do to a matter now, each with its form: what the flow table allows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.actor import Actor
from yike.rooms.matters import (
    access,
    codes,
    course,
    flow,
    folder,
    lines,
    policies,
    promises,
    splitting,
    timeline,
)
from yike.rooms.matters import handlers as offices
from yike.rooms.matters.faces import FieldFace, Handler, PointFace, VerbFace
from yike.rooms.matters.flow.words import CALLS, CAUSES
from yike.rooms.matters.models import Joint, Matter
from yike.rooms.people import queries as people_queries


def of_matter(
    matter: Matter,
    standing: frozenset[flow.Standing],
    facts: frozenset[str],
    *,
    actor: Actor,
    handlers: Sequence[Handler] = (),
    asked: Sequence[PointFace] = (),
    beside: course.Beside | None = None,
) -> tuple[VerbFace, ...]:
    """This will return the deeds the flow table allows this actor now, each with its fields."""
    policy = policies.of_matter(matter)
    rows = [row for row in flow.allowed(matter.state, standing, facts, policy) if not row.outcome]
    rows = [row for row in rows if row.verb != "answer_point" or asked]
    beside = beside or course.Beside(folder.facts(matter))
    choices = _Choices(matter, actor, handlers, asked, beside)
    return tuple(
        VerbFace(
            verb=row.verb,
            label=row.label,
            fields=tuple(
                _limited(_field(need, choices, row.verb), row.verb, matter, beside)
                for need in policy.needed(row)
                if matter.others or not need.startswith("reply_others")
            ),
            grave=row.grave,
        )
        for row in rows
        if set(row.who) != {"system"}
    )


class _Choices:
    """What may be chosen in a verb's form; each list is fetched once, and only when wanted."""

    def __init__(
        self,
        matter: Matter,
        actor: Actor,
        handlers: Sequence[Handler],
        asked: Sequence[PointFace],
        beside: course.Beside,
    ) -> None:
        self.kept: dict[str, tuple[tuple[str, str], ...]] = {
            "to_org": tuple(
                (str(one.org), f"{one.name}（{one.reason}）") for one in handlers if one.can_take
            ),
            "no": tuple((str(one.no), f"{one.no}. {one.words[:40]}") for one in asked),
            "level": _pairs(codes.LEVELS),
            "urgency": _pairs(codes.URGENCIES),
            "demand_type": _pairs(codes.DEMAND_TYPES),
            "result": _pairs(codes.RESULTS),
            "pay": _pairs(codes.PAYS),
            "helped": (("yes", "有帮助"), ("no", "没有解决")),
            "cause": _pairs(CAUSES),
            "called": _pairs(CALLS),
            "contact": _pairs(codes.CONTACTS),
            "to_line": _pairs(lines.NUMBERS),
            "transfer": _pairs(lines.TRANSFERS),
            "outcome": _pairs(lines.OUTCOMES),
            "tie": _pairs(codes.TIES),
            "grant": (("1", "同意延期"), ("0", "不同意")),
        }
        self.matter, self.actor, self.asked, self.beside = matter, actor, asked, beside

    def of(self, name: str, verb: str) -> tuple[tuple[str, str], ...]:
        """This will return the choices of a field, () for one that is typed."""
        key = f"{verb}.{name}" if (verb, name) in _OWN_CHOICES else name
        if key not in self.kept:
            self.kept[key] = self._fetched(key)
        return self.kept[key]

    def _fetched(self, name: str) -> tuple[tuple[str, str], ...]:
        if name == "offer_county.to_org":
            return tuple((str(one.id), one.name) for one in offices.abroad(self.matter))
        if name == "reassign.to_org":
            own = offices.names([self.matter.holder_org])
            here = tuple((str(org), f"{said}（本单位换人）") for org, said in own.items())
            return (*self.kept["to_org"], *here)
        if name == "decide_dispute.to_org":
            return self.kept["to_org"]
        if name == "joint_org":
            return self._helpers()
        if name == "category":
            return tuple((row.code, row.name) for row in catalogue_queries.legal_matters())
        if name == "item_code":
            return tuple((row.code, row.name) for row in catalogue_queries.items())
        if name == "account_id" and self.matter.holder_org is not None:
            people = people_queries.colleagues(self.matter.holder_org, actor=self.actor)
            return tuple((str(one.id), one.name) for one in people)
        return ()

    def _helpers(self) -> tuple[tuple[str, str], ...]:
        helping = [one.org for one in self.beside.lying.of(Joint) if one.ended_at is None]
        known = offices.names(helping)
        return tuple((str(org), said) for org, said in known.items())


#: fields whose choices are the verb's own
_OWN_CHOICES = {
    ("offer_county", "to_org"), ("reassign", "to_org"), ("decide_dispute", "to_org"),
}  # fmt: skip


def _field(need: str, choices: _Choices, verb: str) -> FieldFace:
    name = need.rstrip("?")
    label, kind, hint = flow.FIELDS[name]
    return FieldFace(
        name=name,
        label=_LABELS.get((verb, name), label),
        kind=kind,
        required=not need.endswith("?") or name == "reply_others",
        choices=choices.of(name, verb),
        hint=hint,
        initial=_points(choices) if name == "points" else "",
        beside=name in _BESIDE,
    )


#: what may be said with an answer without being the answer: folded in the form
_BESIDE = frozenset({"pay", "yuan", "basis", "visits", "brought"})


def _points(choices: _Choices) -> str:
    """The points as they are; none yet: as the words suggest, for the clerk to correct."""
    said = [one.words for one in choices.asked] or splitting.suggest(choices.matter.text)
    return "\n".join(said)


#: what a field is called in one verb
_LABELS = {
    ("say_helped", "words"): "评价",
    ("send_sub", "words"): "交给对方办什么",
    ("split", "words"): "拆出的这一部分诉求",
    ("split", "category"): "拆出部分的事项类型",
    ("supervise", "reason"): "督办要求",
    ("give_opinion", "words"): "会办意见",
    ("report", "words"): "反馈情况",
    ("report_sub", "reply"): "报主办单位的办理情况",
    ("decide_extension", "reason"): "审批意见",
    ("call_back", "words"): "当事人怎么说",
    ("record_call", "words"): "说了什么",
    ("transfer_call", "words"): "说明",
    ("hurry", "words"): "想说的话",
    ("acknowledge", "words"): "回复移送单位",
    ("suspend", "reason"): "具体说明",
    ("approve", "words"): "审核意见",
}


def _limited(field: FieldFace, verb: str, matter: Matter, beside: course.Beside) -> FieldFace:
    """Giving back and asking for more time have limits of their own: the form says which."""
    until = access.return_until(beside.lying) if verb == "give_back" else None
    if until is not None:
        return replace(field, hint=f"退单时限：{timeline.said(until)} 前。{field.hint}")
    if (verb, field.name) == ("ask_extension", "amount"):
        face = promises.finish_of(matter, beside.clocks)
        unit = re.sub(r"\d+", "", face.length) if face else ""
        most = face.may_extend if face else 0
        return replace(field, label=f"延长多少{unit}", hint=f"最多 {most}，只能申请一次")
    return field


def _pairs(known: dict[Any, str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(code), name) for code, name in known.items())

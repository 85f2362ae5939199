"""What stands on a case's page: facts in pairs, and the texts that were written."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.duty import queries as duty_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import codes
from yike.rooms.quality.models import Alert, Callback, Complaint, Rectification
from yike.rooms.quality.models.cases import Case

_Pairs = tuple[tuple[str, str], ...]


def facts_of(case: Case) -> _Pairs:
    """This will return the facts of a case: label and words, without empty ones."""
    found: _Pairs = ()
    if isinstance(case, Callback):
        found = _callback(case)
    elif isinstance(case, Complaint):
        found = _complaint(case)
    elif isinstance(case, Alert):
        told = ((str(label), str(words)) for label, words in case.evidence)
        found = (("规则", codes.RULES[case.rule]), *told, *_since(case))
    elif isinstance(case, Rectification):
        found = _rectification(case)
    return tuple((label, words) for label, words in found if words)


def texts_of(case: Case) -> _Pairs:
    """This will return what was written, in the order of the life, without empty ones."""
    found: _Pairs = ()
    if isinstance(case, Callback):
        found = (("当事人说", case.rating.words), ("处理意见", case.words))
        found += (("重办后当事人说", case.rating.again_words),)
    elif isinstance(case, Complaint):
        found = (
            ("投诉内容", case.words), ("受理告知", case.letter), ("答复", case.answer),
            ("申请复核的理由", case.appeal), ("复核答复", case.appeal_answer),
        )  # fmt: skip
    elif isinstance(case, Alert):
        found = (("处理意见", case.words),)
    elif isinstance(case, Rectification):
        found = (
            ("要求", case.task), ("整改情况", case.report), ("核验意见", case.verdict),
            ("复盘", case.lesson),
        )  # fmt: skip
    return tuple((label, words) for label, words in found if words)


def _since(case: Alert) -> _Pairs:
    """What has become of a shift nobody came to, as it stands now."""
    if case.subject_kind != "shift":
        return ()
    try:
        now = duty_queries.absence(UUID(case.subject))
    except NotFound:
        return ()
    standing = f"由{now.substitute}替班" if now.substitute else now.shift.state_name
    return (("现在", standing),)


def _callback(case: Callback) -> _Pairs:
    rating = case.rating
    org = rating.org
    return (
        ("评价", codes.LEVELS[rating.level]),
        ("哪里不满意", "、".join(codes.REASONS.get(one, one) for one in rating.reasons)),
        ("被评单位", providers_queries.names_of([org]).get(org, "") if org else ""),
        ("评价渠道", codes.CHANNELS[rating.channel]),
        ("评价时间", said(rating.rated_at)),
        ("是否计入", codes.STANDINGS[rating.standing]),
        ("疑点", "、".join(codes.FLAGS.get(one, one) for one in rating.flags)),
        ("重办后评价", codes.LEVELS.get(rating.again_level or 0, "")),
        ("不采纳的理由", codes.GROUNDS.get(case.ground, "")),
    )


def _complaint(case: Complaint) -> _Pairs:
    org = case.about_org
    upheld = {None: "", True: "属实", False: "不属实"}
    return (
        ("编号", case.reference),
        ("投诉什么", codes.COMPLAINTS[case.kind]),
        ("投诉谁", providers_queries.names_of([org]).get(org, "") if org else case.about_words),
        ("投诉人", case.party_mask),
        ("收到", said(case.found_at)),
        ("答复期限", said(case.answer_due_at)),
        ("认定", upheld[case.upheld]),
        ("复核", {None: "", True: "支持投诉人", False: "维持原答复"}[case.appeal_upheld]),
    )


def _rectification(case: Rectification) -> _Pairs:
    org = case.owner_org
    return (
        ("来源", codes.SOURCES[case.source]),
        ("责任单位", providers_queries.names_of([org]).get(org, "") if org else ""),
        ("疑难", "是，期限延长" if case.hard else ""),
        ("核验退回", f"{case.returns}次" if case.returns else ""),
        ("告知当事人", said(case.told_at)),
    )


def said(moment: datetime | None) -> str:
    """This will write an instant with its year; "" for none."""
    return f"{moment.astimezone(clock.CIVIL):%Y-%m-%d %H:%M}" if moment else ""

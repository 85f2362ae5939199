"""Quality watched over in the play: complaints, rewards, today's lists, what the rules find."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from yike.demo import cast, stage
from yike.demo.stage import HOUSE
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash
from yike.rooms.guard.acting import acting
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import actions as quality_actions
from yike.rooms.quality import queries as quality_queries
from yike.rooms.quality.actions import Grievance, RewardTold

#: kind, town, words, name, phone, how far it has come
_COMPLAINTS = (
    ("01", "石浦", "窗口的人一边看手机一边回答，问两句就不耐烦。", "何建平", "13857420001", 0),
    ("02", "西周", "上个月提交的事到现在没有人联系我。", "罗秀珍", "13857420002", 1),
    ("03", "鹤浦", "司法所让我找镇里，镇里又让我回司法所。", "谢国平", "13857420003", 2),
    ("08", "爵溪", "服务站门口没有坡道，轮椅进不去。", "唐丽萍", "13857420004", 3),
)


def everything(by_name: Mapping[str, Actor], offices: dict[str, UUID], until: datetime) -> None:
    """This will furnish what the play lacks of it; what stands already is left as it is."""
    watcher = by_name.get("jiandu")
    if watcher is None:
        return
    for place, (kind, town, words, name, phone, steps) in enumerate(_COMPLAINTS):
        with suppress(Clash), clock.at(until - timedelta(days=place, hours=3)):
            _complain(f"demo-complaint-{place}", kind, town, words, name, phone, steps, watcher)
    if not quality_queries.rewards(HOUSE):
        _reward(by_name["juzhang"], offices, until)
    _look(by_name, until)
    quality_actions.run_rules(now=clock.now(), actor=HOUSE)


def _complain(
    key: str, kind: str, town: str, words: str, name: str, phone: str, steps: int, watcher: Actor
) -> None:
    region = next(code for code, short, _ in cast.TOWNS if short == town)
    told = Grievance(
        kind=kind, words=words, name=name, phone=phone, region_code=region, demo=True,
        about_words=f"{town}司法所",
    )  # fmt: skip
    visitor = actors.visitor("portal")
    with acting(visitor):
        made = quality_actions.make_complaint(grievance=told, key=key, actor=visitor)
    case = made.complaint_id
    quality_actions.give_complaint(complaint_id=case, actor=HOUSE)
    with acting(watcher):
        if steps >= 1:
            letter = "您的投诉已收到，由县司法局监督员调查，十五个工作日内答复您。"
            quality_actions.send_letter(case_id=case, words=letter, actor=watcher)
        if steps >= 2:
            upheld, answer = (
                steps == 2,
                "经调阅记录并询问当事人，现答复如下：已安排改进，并向您说明。",
            )
            office = _office(town) if upheld else None
            quality_actions.answer_complaint(
                case_id=case, upheld=upheld, words=answer, mend_org=office, actor=watcher
            )


def _office(town: str) -> UUID | None:
    key = next(key for _, short, key in cast.TOWNS if short == town)
    found = providers_queries.institution_by_code(stage.code(key))
    return found.id if found else None


def _reward(leader: Actor, offices: dict[str, UUID], until: datetime) -> None:
    start = until.date() - timedelta(days=20)
    told = (
        RewardTold(
            kind="award", words="休渔期渔船碰撞纠纷全部当场调成。", basis="人民调解员以奖代补办法",
            weight_percent=110, active_from=start, active_until=start + timedelta(days=180),
            institution_id=offices["fishery"], demo=True,
        ),
        RewardTold(
            kind="talk", words="两件工单超期签收，已约谈负责人。", basis="工单办理办法",
            weight_percent=80, active_from=start, active_until=start + timedelta(days=60),
            institution_id=offices["firm"], demo=True,
        ),
    )  # fmt: skip
    for one in told:
        with clock.at(until - timedelta(days=20)), acting(leader):
            quality_actions.give_reward(told=one, actor=leader)


def _look(by_name: Mapping[str, Actor], until: datetime) -> None:
    """Today's lists; half of the offices have looked at theirs."""
    with clock.at(until):
        quality_actions.make_daily_checks(now=until, actor=HOUSE)
        for player in list(by_name.values())[::2]:
            with acting(player):
                rows = quality_queries.daily_checks(player)
                for row in rows:
                    if row.mine and row.seen_at is None:
                        quality_actions.see_daily_check(check_id=row.id, actor=player)

"""A county's own rules: within what the table permits, as versions that orders keep."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, flow, queries
from yike.rooms.matters.flow.policy import of_plain
from yike.rooms.matters.models import Matter
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import citizens, do, opened, page, worked

PROMISES = frozenset({"sign.1wd", "urgent.sign"})


def setting(actor: Actor, **told: Any) -> int:
    """One new version, by somebody."""
    with acting(actor):
        return actions.set_flow_policy(
            county_code=makers.COUNTY, reason="本县规定", actor=actor, **told
        )


@pytest.mark.parametrize(
    ("part", "policy"),
    [
        ("off", flow.Policy(off=frozenset({"sign"}))),
        ("off", flow.Policy(off=frozenset({"nothing"}))),
        ("needs", flow.Policy(needs={"sign": ("words",)})),
        ("needs", flow.Policy(needs={"close": ("reply",)})),
        ("told", flow.Policy(told={"add_note": "内部的话不告知"})),
        ("told", flow.Policy(told={"sign": "{reference}已签收"})),
        ("told", flow.Policy(told={"sign": "收"})),
        ("promises", flow.Policy(promises={"close": "sign.1wd"})),
        ("promises", flow.Policy(promises={"transfer": "no.such"})),
        ("caps", flow.Policy(caps={"suspend_days": 900})),
        ("caps", flow.Policy(caps={"anything": 1})),
        ("review", flow.Policy(review=frozenset({"8"}))),
    ],
)
def test_the_table_permits_no_more(part: str, policy: flow.Policy) -> None:
    assert [one for one, _ in flow.faults(policy, promises=PROMISES)] == [part]


def test_what_is_kept_comes_back() -> None:
    policy = flow.Policy(
        version=3, off=frozenset({"split"}), needs={"withdraw": ("reason",)},
        told={"sign": "已经签收，马上就办"}, promises={"transfer": "urgent.sign"},
        caps={"redos": 2}, review=frozenset({"3"}), accept=True,
    )  # fmt: skip
    assert of_plain(3, policy.plain()) == policy
    assert flow.faults(policy, promises=PROMISES) == ()


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
class TestVersions:
    def test_orders_under_way_keep_the_version_they_began_with(self, county: makers.County) -> None:
        before = worked(county)
        assert setting(county.dispatcher, off=["invite"], caps={"redos": 1}) == 1
        after = worked(county)
        assert setting(county.director, review=["2"], caps={"redos": 1}) == 2
        latest = worked(county)
        offered = [{verb.verb for verb in page(county.wang, one).verbs} for one in (before, after)]
        assert "invite" in offered[0]
        assert "invite" not in offered[1]
        with pytest.raises(NotAllowed, match="本县没有开通"):
            do("invite", after, county.wang, to_org=county.firm, reason="问律师")
        with pytest.raises(NotAllowed, match="先审核再答复"):
            do("close", latest, county.wang, result="answered", reply="答复如下")
        do("close", after, county.wang, result="answered", reply="答复如下")
        with acting(makers.SYSTEM):
            kept = Matter.objects.filter(reference__in=[before, after, latest])
            assert sorted(kept.values_list("flow_version", flat=True)) == [0, 1, 2]

    def test_words_promises_and_fields_are_the_countys(self, county: makers.County) -> None:
        setting(
            county.dispatcher, told={"sign": "所里已经收到，马上联系您"},
            needs={"withdraw": ["reason"]}, promises={"transfer": "urgent.sign"},
        )  # fmt: skip
        reference = worked(county)
        assert citizens(reference).timeline[-1].sentence == "所里已经收到，马上联系您"
        do("transfer", reference, county.wang, to_org=county.pool, reason="涉及多个镇")
        step = page(county.dispatcher, reference).steps[-1]
        assert step.sign_due_at == makers.MONDAY + timedelta(minutes=15)
        with pytest.raises(BadInput, match="本县要求写明“原因”"):
            do("withdraw", reference, makers.citizen(reference))
        do("withdraw", reference, makers.citizen(reference), reason="已经拿到钱")

    def test_what_comes_over_the_net_is_accepted_first(self, county: makers.County) -> None:
        setting(county.dispatcher, accept=True)
        receipt = opened(points=("一问",))
        assert (receipt.state_name, receipt.holder_name) == ("待受理", "象山县公共法律服务中心")
        points = ["怎样要回工资", "没有合同怎么办"]
        do("accept", receipt.reference, county.dispatcher, points=points)
        now = page(county.wang, receipt.reference)
        assert (now.state_name, now.holder_name) == ("待签收", "石浦司法所")
        assert [one.words for one in now.points] == points
        assert now.due_at == receipt.due_at
        assert opened(county.clerk).state_name == "待签收"  # taken down by staff: accepted already

    def test_only_those_of_the_county_may(self, county: makers.County) -> None:
        for who in (county.wang, county.qian, county.auditor):
            with pytest.raises(NotAllowed):
                setting(who, accept=True)
        with pytest.raises(BadInput, match="没有任何变化"):
            setting(county.dispatcher)
        with pytest.raises(BadInput, match="必须有的动作"):
            setting(county.dispatcher, off=["sign"])
        with acting(county.dispatcher) as actor:
            assert queries.policy_versions(actor, makers.COUNTY) == ()

    def test_archived_when_the_county_says(self, county: makers.County) -> None:
        setting(county.dispatcher, caps={"archive_days": 10})
        reference = worked(county)
        do("close", reference, county.wang, result="answered", reply="答复如下")
        do("say_helped", reference, makers.citizen(reference), helped=True)
        for days, put_away in ((9, 0), (11, 1)):
            later = makers.MONDAY + timedelta(days=days)
            with clock.at(later), acting(makers.SYSTEM) as house:
                assert actions.archive_old(now=later, actor=house) == put_away

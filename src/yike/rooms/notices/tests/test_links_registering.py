"""Where another system may be called, by whom that is decided, and who sees what of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.notices import actions, outbox, queries
from yike.rooms.notices.models import Link
from yike.rooms.notices.tests import platform as platforms
from yike.rooms.notices.tests.linking import (
    CLERK,
    HOUSE,
    NOON,
    ORG,
    SECURITY,
    person,
    register,
    relayed,
    rows,
    seen,
    tell,
)
from yike.rooms.trail.models import Entry

pytestmark = pytest.mark.django_db


class TestRegistering:
    @pytest.mark.parametrize(
        ("url", "said"),
        [("http://example.com/x", "https"), ("ftp://example.com", "https"), ("//x", "https"),
         ("https://10.1.2.3/x", "内部网络"), ("https://192.168.1.1/", "内部网络"),
         ("https://169.254.169.254/latest", "内部网络"), ("https://[::1]/", "内部网络"),
         ("https://[::ffff:10.0.0.1]/", "内部网络"), ("https://[64:ff9b::a00:1]/", "内部网络"),
         ("https://100.64.0.1/", "内部网络"), ("https://0.0.0.0/", "内部网络"),
         ("https://[fd00::1]/", "内部网络"), ("https://u:p@8.8.8.8/", "用户名"),
         ("https://8.8.8.8/#x", "#"), ("https://[8.8.8.8/", "不对"), ("https://8.8.8.8:x/", "不对"),
         ("https://8.8.8.8/a b", "英文字母"), ("http://localhost:1/", "内部网络"),
         ("https://8.8.8.8/" + "x" * 500, "太长")],
    )  # fmt: skip
    def test_where_it_may_not_go(self, system: platforms.Platform, url: str, said: str) -> None:
        with pytest.raises(BadInput, match=said):
            register(system, url=url)

    def test_a_private_host_is_checked_again_at_every_call(
        self, system: platforms.Platform, settings: Any
    ) -> None:
        register(system)
        person("officer", name="wang")
        settings.YIKE = replace(settings.YIKE, link_hosts="")
        tell()
        relayed()
        assert system.taken == []
        assert "link_hosts" in rows()[0].receipt

    @pytest.mark.parametrize(
        "told",
        [{"events_wanted": []}, {"events_wanted": ["x"]}, {"roles_wanted": []},
         {"roles_wanted": ["king"]}, {"preset": "x"}, {"region_code": "1"}, {"break_days": 0},
         {"name": ""}, {"preset": "zwdd", "app_key": "a", "secret": "s", "tenant": "1"}],
    )  # fmt: skip
    def test_what_is_not_understood(self, system: platforms.Platform, told: Any) -> None:
        with pytest.raises(BadInput):
            register(system, **told)

    def test_security_alone_registers_and_nobody_sees_the_secret(
        self, system: platforms.Platform
    ) -> None:
        with pytest.raises(NotAllowed):
            register(system, actor=CLERK)
        made = register(system)
        with acting(CLERK), pytest.raises(NotAllowed):
            queries.links(actor=CLERK)
        with acting(CLERK), pytest.raises(NotAllowed):
            actions.end_link(link_id=made.id, reason="不用了", actor=CLERK)
        with acting(HOUSE):
            row = Link.objects.get()
            assert made.secret.encode() not in bytes(row.sealed)
            assert b"/hook" not in bytes(row.sealed)
        assert "/hook" not in repr(seen(made))

    def test_two_secrets_for_a_day(self, system: platforms.Platform) -> None:
        first = register(system)
        with acting(SECURITY):
            second = actions.change_secret(link_id=first.id, actor=SECURITY)
            actions.try_link(link_id=first.id, actor=SECURITY)
        outbox.hand_over_all()
        assert platforms.proves(system.taken[0], first.secret)
        assert platforms.proves(system.taken[0], second.secret)
        with clock.at(NOON + timedelta(hours=25)):
            with acting(SECURITY):
                actions.try_link(link_id=first.id, actor=SECURITY)
            outbox.hand_over_all()
        assert not platforms.proves(system.taken[1], first.secret)
        assert platforms.proves(system.taken[1], second.secret)

    def test_paused_keeps_and_ended_forgets(self, system: platforms.Platform) -> None:
        made = register(system)
        person("officer", name="wang")
        with acting(SECURITY):
            actions.pause_link(link_id=made.id, reason="对方升级", actor=SECURITY)
        tell()
        relayed()
        assert (system.taken, rows()[0].state) == ([], "queued")
        with acting(SECURITY):
            actions.end_link(link_id=made.id, reason="不用了", actor=SECURITY)
        tell(once="m2/1/o")
        relayed()
        assert [(row.state, row.sealed) for row in rows()] == [("failed", None)]
        with acting(HOUSE):
            said = Entry.objects.filter(kind="notices.LinkChanged").order_by("id")
            assert [json.loads(one.body)["said"] for one in said] == ["登记", "暂停", "停用"]

    def test_absent_and_hidden_are_the_same(self, system: platforms.Platform) -> None:
        made = register(system)
        for actor, which in ((CLERK, made.id), (SECURITY, ORG)):
            with acting(actor), pytest.raises((NotFound, NotAllowed)):
                queries.link_page(which, actor=actor)

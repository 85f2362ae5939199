"""A new house: three administrators for three people, and from there everybody else."""

from __future__ import annotations

import re

import pytest

from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, admins_cli, queries, roles
from yike.rooms.people.models import Account
from yike.rooms.people.tests.makers import HOUSE, PASSWORD, XIANGSHAN, staff

pytestmark = pytest.mark.django_db
NAMES = ["张甲", "李乙", "王丙"]


def test_the_three_open_accounts_for_all_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert admins_cli.main(NAMES) == 0
    told = capsys.readouterr().out
    keys = dict(re.findall(r"用户名 (\S+)　首次密码 (\S+)", told))
    assert list(keys) == ["xitong", "anquan", "shenji"]
    with acting(HOUSE):
        held = dict(Account.objects.values_list("username", "id"))
    system, security = (queries.actor_of(held[one], door="desk") for one in ("xitong", "anquan"))
    assert system is not None
    assert security is not None
    with acting(system):
        made = actions.create_account(
            username="juzhang", display_name="赵丁", password=PASSWORD, actor=system
        )
    with acting(security):
        actions.give_grant(
            account_id=made, role=roles.DIRECTOR, region_code=XIANGSHAN, reason="任职",
            actor=security,
        )  # fmt: skip
    director = queries.actor_of(made, door="desk")
    assert director is not None
    assert director.has(roles.DIRECTOR)


def test_only_who_is_lacking_is_opened(capsys: pytest.CaptureFixture[str]) -> None:
    staff(roles.ADMIN_SYSTEM, name="xitong")
    auditor = staff(roles.AUDITOR, name="shenji")
    with acting(HOUSE):
        assert auditor.account_id
        actions.deactivate_account(account_id=auditor.account_id, reason="调离", actor=HOUSE)
    assert admins_cli.main(NAMES) == 0
    assert re.findall(r"用户名 (\S+)", capsys.readouterr().out) == ["anquan", "shenji2"]
    assert admins_cli.main(NAMES) == 1
    assert "都已经有人" in capsys.readouterr().err


def test_one_person_is_never_two_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert admins_cli.main(["张甲", "张甲", "王丙"]) == 1
    assert "三个不同的人" in capsys.readouterr().err
    with acting(HOUSE):
        assert not Account.objects.exists()

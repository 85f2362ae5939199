"""What ends is told to keeper, deputy, person and dispatchers: each once in a tier."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.notices import terms
from yike.rooms.notices.models import Notice
from yike.rooms.providers import actions as provider_actions
from yike.rooms.providers import jobs as provider_jobs

pytestmark = pytest.mark.django_db
HOUSE = actors.system("test")
TODAY = clock.today()


def _warn(**facts: Any) -> None:
    terms.warn_of_term(title="律师执业证", region_code=makers.COUNTY, actor=HOUSE, **facts)


def _told() -> set[str]:
    rows = Notice.objects.filter(template__startswith="providers.")
    return set(rows.values_list("to_account", flat=True)) | {
        f"org {one}" for one in rows.exclude(to_org="").values_list("to_org", flat=True)
    }


def test_each_of_those_who_keep_is_told_once() -> None:
    county = makers.furnish()
    with acting(HOUSE):
        house = county.shipu_office
        person = provider_actions.register_practitioner(
            name="陈一平", kind="01", institution_id=house, actor=HOUSE
        )
        keeper, deputy, own = new_id(), new_id(), new_id()
        provider_actions.link_account(practitioner_id=person, account_id=own, actor=HOUSE)
        provider_actions.name_keepers(
            institution_id=house, keeper_account=keeper, deputy_account=deputy, actor=HOUSE
        )
        facts: dict[str, Any] = {
            "ref": new_id(), "institution_id": house, "practitioner_id": person,
            "ends_on": TODAY + timedelta(days=7), "days_left": 7,
        }  # fmt: skip
        _warn(**facts)
        first = Notice.objects.filter(template="providers.term").count()
        _warn(**facts)
        assert Notice.objects.filter(template="providers.term").count() == first
        assert {str(keeper), str(deputy), str(own), county.dispatcher.ref} <= _told()
        words = Notice.objects.filter(to_account=str(keeper)).get().words
        assert "陈一平" in words
        assert "还有 7 天" in words
        _warn(**(facts | {"days_left": 0}))
        assert Notice.objects.filter(template="providers.term_over").count() == first


def test_an_institution_without_keeper_is_told_itself() -> None:
    county = makers.furnish()
    with acting(HOUSE):
        house: UUID = county.shipu_office
        _warn(ref=new_id(), institution_id=house, practitioner_id=None, ends_on=TODAY, days_left=0)
        assert f"org {house}" in _told()


def test_who_is_in_charge_and_the_directors_hear_of_an_overdue_update() -> None:
    county = makers.furnish()
    account = new_id()
    with acting(HOUSE):
        for _ in range(2):
            terms.warn_of_update(
                update_id=UUID(int=7), kind_name="律师", department="公服科", account_id=account,
                region_code=makers.COUNTY, due_on=TODAY, actor=HOUSE,
            )  # fmt: skip
        assert county
        rows = Notice.objects.filter(template="providers.update_overdue", to_account=str(account))
        assert rows.count() == 1


def test_the_daily_job_reaches_the_inbox_through_the_switchboard() -> None:
    """From the licence that ends tomorrow to the words in the keeper's inbox."""
    county = makers.furnish()
    keeper = new_id()
    with acting(HOUSE):
        person = provider_actions.register_practitioner(
            name="陈一平", kind="01", institution_id=county.shipu_office, actor=HOUSE
        )
        provider_actions.name_keepers(
            institution_id=county.shipu_office, keeper_account=keeper, actor=HOUSE
        )
        provider_actions.record_credential(
            kind="律师执业证", number="1", practitioner_id=person, valid_from=date(2020, 1, 1),
            valid_until=TODAY + timedelta(days=1), actor=HOUSE,
        )  # fmt: skip
        provider_actions.charge_kind(
            region_code=makers.COUNTY, kind="01", department="公服科", account_id=keeper,
            from_on=date(2026, 1, 1), actor=HOUSE,
        )  # fmt: skip
    for _ in range(2):
        provider_jobs.watch(timestamp=0)
    deferred = _deferred()
    assert deferred.count("notices.warn_of_term") == 1
    assert deferred.count("notices.warn_of_update") >= 1
    with acting(HOUSE):
        words = " ".join(
            Notice.objects.filter(to_account=str(keeper)).values_list("words", flat=True)
        )
    assert "还有 1 天" in words
    assert "超期" in words


def _deferred() -> list[str]:
    """Does what was deferred for later, and names it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select task_name, args from procrastinate_jobs where task_name like 'notices.warn_of%'"
        )
        found = cursor.fetchall()
    for name, told in found:
        app.tasks[name](**(json.loads(told) if isinstance(told, str) else told))
    return [name for name, _ in found]

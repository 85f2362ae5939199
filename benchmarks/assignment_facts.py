"""Facts for a decision among so many practitioners, gathered by a dispatcher; prints JSON.

Runs as a process of its own with the environment of the house that is measured, after ground.py.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")
ROUNDS = 60
SUBJECTS = ("A01", "B01", "B02", "C01", "E04")


def main() -> None:
    """This will register so many people, and time gathering, deciding and the whole deed."""
    from yike.house import config as house_config
    from yike.house import installing

    installing.prepare(house_config.read())
    import django

    django.setup()
    from yike.rooms.matters import actions, queries

    dispatcher = _fill(int(sys.argv[1]))
    orders = _orders(2 * ROUNDS)
    cold = _timed(lambda: queries.candidates_for(orders[0], dispatcher), dispatcher)
    asks = iter(orders)
    warm = [
        _timed(lambda: queries.candidates_for(next(asks), dispatcher), dispatcher)
        for _ in range(ROUNDS)
    ]
    deeds = [
        _timed(lambda: actions.assign_best(reference=next(asks), actor=dispatcher), dispatcher)
        for _ in range(ROUNDS)
    ]
    print(
        json.dumps(
            {
                "first_ms": round(cold, 1),
                "facts_and_decision": _figures(warm),
                "whole_deed": _figures(deeds),
                "statements": _statements(orders[-1], dispatcher),
            }
        )
    )


def _timed(deed: Callable[[], object], actor: Any) -> float:
    from yike.rooms.guard.acting import acting

    with acting(actor):
        begun = time.perf_counter()
        deed()
        return (time.perf_counter() - begun) * 1e3


def _figures(taken: list[float]) -> dict[str, float]:
    return {
        "p50_ms": round(statistics.median(taken), 1),
        "p95_ms": round(sorted(taken)[int(len(taken) * 0.95)], 1),
    }


def _fill(size: int) -> Any:
    """Practitioners written in bulk, each with an account that may take orders."""
    from yike.demo import cast
    from yike.rooms.core import clock
    from yike.rooms.core.actor import Actor, system
    from yike.rooms.core.refs import new_id
    from yike.rooms.guard.acting import acting
    from yike.rooms.people.models import Account, Grant
    from yike.rooms.providers import actions as providers_actions
    from yike.rooms.providers.models import Practitioner
    from yike.rooms.regions import codes

    chance, house = random.Random(5), system("benchmark")
    with acting(house):
        firms = [
            providers_actions.register_institution(
                code=f"bench-{n}", name=f"第{n}律师事务所", kind="law_firm",
                region_code=cast.COUNTY, handles_orders=True, actor=house,
            )
            for n in range(40)
        ]  # fmt: skip
        accounts = [
            Account(id=new_id(), username=f"bench{n}", display_name=f"律师{n}",
                    created_at=clock.now(), created_by="benchmark")
            for n in range(size)
        ]  # fmt: skip
        Account.objects.bulk_create(accounts, batch_size=1000)
        Grant.objects.bulk_create(
            [
                Grant(account=one, role="practitioner", org=firms[n % 40], region_code="", level=1,
                      active_from=clock.now(), granted_by="benchmark")
                for n, one in enumerate(accounts)
            ],
            batch_size=1000,
        )  # fmt: skip
        Practitioner.objects.bulk_create(
            [
                Practitioner(
                    id=new_id(), name=f"律师{n}", kind="01", institution_id=firms[n % 40],
                    account_id=one.id, specialties=chance.sample(SUBJECTS, 2), capacity=20,
                    languages=["普通话"], active_from=date(2025, 1, 1),
                )
                for n, one in enumerate(accounts)
            ],
            batch_size=1000,
        )  # fmt: skip
        dispatcher = Account.objects.get(username="paidan")
        grant = Grant.objects.get(account=dispatcher)
    since, until = codes.span(cast.COUNTY)
    actor = Actor(
        kind="staff", ref=str(dispatcher.id), label="派单", org=str(grant.org), door="desk",
        region_from=since, region_until=until, roles=frozenset({"dispatcher"}), level=2,
    )  # fmt: skip
    return replace(actor)


def _orders(count: int) -> list[str]:
    from yike.rooms.core.actor import visitor
    from yike.rooms.guard.acting import acting
    from yike.rooms.matters import actions
    from yike.rooms.matters.demand import Demand

    made = []
    for number in range(count):
        who = visitor("portal")
        demand = Demand(
            text="老板拖欠我三个月工资，怎么要回来？", region_code="330225101004", name="张三",
            phone=f"139{number:08d}", demand_type="2", category="B01", item_code="PLS-LS002",
        )  # fmt: skip
        with acting(who):
            receipt = actions.open_matter(demand=demand, key=f"bench-order-{number:06d}", actor=who)
            made.append(receipt.reference)
    return made


def _statements(reference: str, actor: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from yike.rooms.guard.acting import acting
    from yike.rooms.matters import queries

    with acting(actor), CaptureQueriesContext(connection) as told:
        queries.candidates_for(reference, actor)
    return len(told)


if __name__ == "__main__":
    main()

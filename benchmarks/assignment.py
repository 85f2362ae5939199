"""How fast it is decided who takes an order, and how fairly orders are spread over a year.

    PYTHONPATH=src:. python -m benchmarks.assignment [--people 5000] [--rounds 200] [--year 12000]
                                                     [--facts]

First: a pool of so many practitioners ranked for one order, the ranking and the five best with
their reasons in words; p50 and p95 in milliseconds of wall and of processor time. Then a year of
seeded arrivals among forty people of four kinds, with duty days, leave, capacity and earlier
handlers: spread of orders among the equally qualified, and the longest wait of anybody for one.
`--facts`: the same pool in a PostgreSQL of its own, facts gathered by a dispatcher through row
security and then decided; and the whole deed (`assign_best`) with its lock, record and sentence.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

from yike.rooms.matters import assignment
from yike.rooms.matters.assignment import Candidate, Case

AT = datetime(2026, 1, 5, 9, 0, tzinfo=timezone(timedelta(hours=8)))
SUBJECTS = ("A01", "B01", "B02", "C01", "E04")
COUNTY = "330225000000"
TOWNS = tuple(f"330225{number}000" for number in range(101, 119))


def pool(size: int, chance: random.Random) -> list[Candidate]:
    """This will make practitioners as a province would have them, all of them able to serve."""
    houses = [(chance.uniform(120.0, 122.0), chance.uniform(28.5, 30.5)) for _ in range(400)]
    return [_one(chance, houses) for _ in range(size)]


def _one(chance: random.Random, houses: Sequence[tuple[float, float]]) -> Candidate:
    ref = UUID(int=chance.getrandbits(128))
    kind = chance.choice(("01", "01", "05", "07"))
    areas = chance.choice(((), (chance.choice(TOWNS),), (COUNTY,)))
    return Candidate(
        id=ref, account=ref, name=f"人员{ref.hex[:4]}", kind=kind, region_code=COUNTY, areas=areas,
        point=chance.choice(houses), specialties=frozenset(chance.sample(SUBJECTS, 2)),
        languages=frozenset(chance.sample(("普通话", "象山话", "手语"), 2)),
        on_duty=chance.random() < 0.1, duty_at=AT + timedelta(hours=chance.randrange(1, 200)),
        capacity=20, carried=chance.randrange(0, 21), expected=chance.uniform(0, 30),
        received=chance.randrange(0, 30),
        relations=(("phone", ref.hex, "兄弟"),) if chance.random() < 0.05 else (),
        unfit=("执业证已到期",) if chance.random() < 0.02 else (),
    )  # fmt: skip


def speed(size: int, rounds: int) -> dict[str, float]:
    """This will time the decision for one order among so many people."""
    chance = random.Random(5)
    people = pool(size, chance)
    walls, works = [], []
    for number in range(rounds):
        case = Case(
            region_code="330225101004", point=(121.95, 29.20), category=chance.choice(SUBJECTS),
            kinds=frozenset({"01", "07"}), languages=("象山话",),
            opponents=frozenset({("phone", people[number % size].id.hex)}),
        )  # fmt: skip
        wall, work = time.perf_counter(), time.process_time()
        ranked = assignment.rank(case, people, at=AT, policy=assignment.HOUSE)
        for one in ranked[:5]:
            assignment.explain(case, one, at=AT, policy=assignment.HOUSE)
        walls.append((time.perf_counter() - wall) * 1e3)
        works.append((time.process_time() - work) * 1e3)
    return {
        "people": size,
        "p50_ms": round(statistics.median(walls), 1),
        "p95_ms": round(sorted(walls)[int(rounds * 0.95)], 1),
        "cpu_p50_ms": round(statistics.median(works), 1),
        "cpu_p95_ms": round(sorted(works)[int(rounds * 0.95)], 1),
    }


@dataclass
class Books:
    """What one year did to one person."""

    who: Candidate
    expected: float = 0.0
    received: int = 0
    #: when each order in hand ends
    ends: list[datetime] = field(default_factory=list)
    last_at: datetime = AT
    longest_wait: timedelta = timedelta()


def year(orders: int, seed: int) -> dict[str, object]:
    """This will let a year of orders come in, and say how they were spread."""
    chance = random.Random(seed)
    books = {one.who.id: one for one in map(Books, _forty())}
    step = timedelta(days=365) / orders
    stored = fewest = 0
    citizens: dict[int, UUID] = {}
    now = AT
    for number in range(orders):
        now += step * chance.uniform(0.2, 1.8)
        citizen = chance.randrange(orders // 2)
        case = _case(chance, citizens.get(citizen))
        ranked = assignment.rank(case, _people(books, now), at=now, policy=assignment.HOUSE)
        chosen = ranked[0]
        if chosen.excluded_by:
            fewest += 1
            continue
        reasons = assignment.explain(case, chosen, at=now, policy=assignment.HOUSE)
        stored += bool(reasons) and all(one.sentence for one in reasons)
        _give(books, ranked, chosen.candidate, now, chance)
        if number % 3 == 0:
            citizens[citizen] = chosen.candidate.id
    return _told(books, stored, fewest, now)


def _forty() -> list[Candidate]:
    """Four kinds of ten equals each, living all over the county."""
    found = []
    for number in range(40):
        ref = UUID(int=number + 1)
        kind = ("01", "05", "06", "07")[number % 4]
        found.append(
            Candidate(
                id=ref, account=ref, name=f"人员{number:02d}", kind=kind, region_code=COUNTY,
                point=(121.6 + number % 7 / 14, 29.0 + number % 9 / 15), capacity=25,
                specialties=frozenset(SUBJECTS),
            )
        )  # fmt: skip
    return found


def _case(chance: random.Random, earlier: UUID | None) -> Case:
    town = chance.choice(TOWNS)
    return Case(
        region_code=f"{town[:9]}{chance.randrange(1, 20):03d}",
        point=(chance.uniform(121.5, 122.1), chance.uniform(29.0, 29.7)),
        category=chance.choice(SUBJECTS),
        kinds=frozenset({chance.choice(("01", "05", "06", "07"))}),
        earlier=frozenset({earlier} if earlier else ()),
    )


def _people(books: dict[UUID, Books], now: datetime) -> list[Candidate]:
    """Everybody as they are at an instant: duty one day in five, two weeks away a year."""
    day = (now - AT).days
    found = []
    for number, one in enumerate(books.values()):
        one.ends = [end for end in one.ends if end > now]
        away = day // 14 == number % 26
        found.append(
            replace(
                one.who, carried=len(one.ends), expected=one.expected, received=one.received,
                on_duty=(day + number) % 5 == 0, unfit=("请假",) if away else (),
            )
        )  # fmt: skip
    return found


def _give(
    books: dict[UUID, Books], ranked: assignment.Ranking, to: Candidate, now: datetime,
    chance: random.Random,
) -> None:  # fmt: skip
    for share in assignment.shares(ranked, to):
        books[share.account].expected += share.expected
        books[share.account].received += share.received
    got = books[to.id]
    got.ends.append(now + timedelta(days=chance.uniform(1, 15)))
    got.longest_wait = max(got.longest_wait, now - got.last_at)
    got.last_at = now


def _told(books: dict[UUID, Books], stored: int, nobody: int, end: datetime) -> dict[str, object]:
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for one in books.values():
        by_kind[one.who.kind].append(one.received)
        one.longest_wait = max(one.longest_wait, end - one.last_at)
    spread = {
        kind: round((max(got) - min(got)) / statistics.mean(got), 4)
        for kind, got in sorted(by_kind.items())
    }
    return {
        "orders": sum(one.received for one in books.values()),
        "nobody_could": nobody,
        "reasons_kept": stored,
        "per_person": {kind: [min(got), max(got)] for kind, got in sorted(by_kind.items())},
        "spread_of_mean": spread,
        "worst_spread": max(spread.values()),
        "deviation_of_mean": max(
            round(statistics.pstdev(got) / statistics.mean(got), 4) for got in by_kind.values()
        ),
        "longest_wait_days": round(max(one.longest_wait.days for one in books.values()), 1),
    }


def _facts(size: int) -> dict[str, Any]:
    """The measurement of assignment_facts.py, in a process with the house's environment."""
    os.environ["YIKE_BENCH_STATE"] = str(Path(__file__).resolve().parents[1] / ".yike" / "assign")
    from benchmarks import serving

    serving.database()
    try:
        for module, more in (
            ("benchmarks.ground", ()),
            ("benchmarks.assignment_facts", (str(size),)),
        ):
            made = subprocess.run(
                [sys.executable, "-m", module, *more], env=serving.environ(), cwd=serving.ROOT,
                check=True, stdout=subprocess.PIPE,
            )  # fmt: skip
    finally:
        serving.stop()
        shutil.rmtree(serving.STATE)
    found: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return found


def main() -> int:
    """This will print both measurements; 1 when a limit of the issue is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--year", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=26)
    parser.add_argument("--facts", action="store_true")
    options = parser.parse_args()
    fast = speed(options.people, options.rounds)
    fair = year(options.year, options.seed)
    facts = _facts(options.people) if options.facts else {}
    found = {"speed": fast, "facts": facts, "year": fair}
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return int(fast["cpu_p95_ms"] >= 20 or float(str(fair["worst_spread"])) >= 0.1)


if __name__ == "__main__":
    sys.exit(main())

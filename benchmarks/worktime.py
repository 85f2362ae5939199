"""How fast deadlines are reckoned, against counting minute by minute.

    python benchmarks/worktime.py [--adds 100000] [--counted 300]

Prints adds per second for each unit, and for working minutes the ratio to a plain minute counter on
the same random starts (2019-2026, the country's real holidays). The answers are compared as well.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from yike.engines.worktime import Unit, add
from yike.engines.worktime.tests.scene import at, counter, real

FIRST, MINUTES = at("2019-01-01T00:00"), 8 * 365 * 1440 - 40 * 1440
AMOUNTS = {
    Unit.MINUTES: 4200,
    Unit.WORKING_DAYS: 15,
    Unit.CALENDAR_DAYS: 30,
    Unit.MONTHS: 3,
    Unit.ELAPSED_HOURS: 72,
}


def rate(deed: Callable[[datetime], object], starts: list[datetime]) -> float:
    """This will return how many times a second the deed is done."""
    begun = time.perf_counter()
    for start in starts:
        deed(start)
    return len(starts) / (time.perf_counter() - begun)


def main() -> int:
    """This will print the table and return 1 when an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adds", type=int, default=100_000)
    parser.add_argument("--counted", type=int, default=300)
    options = parser.parse_args()
    chance = random.Random(2)
    starts = [FIRST + timedelta(minutes=chance.randrange(MINUTES)) for _ in range(options.adds)]
    calendar, slow = real(), counter()
    begun = time.perf_counter()
    add(calendar, starts[0], 1, Unit.MINUTES)
    add(calendar, at("2019-01-01T00:00"), 8 * 250, Unit.WORKING_DAYS)
    print(
        f"first answers, tables of eight years made: {(time.perf_counter() - begun) * 1e3:.0f} ms"
    )
    for unit, amount in AMOUNTS.items():
        fast = rate(lambda s, n=amount, u=unit: add(calendar, s, n, u), starts)
        print(f"{unit:>15} +{amount:<5} {fast:12,.0f} adds/s")
    few, amount = starts[: options.counted], AMOUNTS[Unit.MINUTES]
    fast = rate(lambda s: add(calendar, s, amount, Unit.MINUTES), starts)
    counted = rate(lambda s: slow.add(s, amount), few)
    print(f"  minute counter +{amount:<5} {counted:12,.0f} adds/s   ratio {fast / counted:,.0f}")
    wrong = sum(add(calendar, s, amount, Unit.MINUTES).at != slow.add(s, amount) for s in few)
    print(f"answers compared: {len(few)}, different: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The roster's linear model given to CP-SAT: hours in whole hundredths. Only for comparison."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

#: hundredths of an hour, and of a price
SCALE = 100
#: no load goes further than so many hours from its target
MOST = 400.0


def solve(model: Any, hint: Mapping[int, float], *, seconds: float) -> tuple[float, float, str]:
    """This will return objective, bound and status after at most `seconds` on two workers."""
    from ortools.sat.python import cp_model

    line = model.linear
    made = cp_model.CpModel()
    counts = set(model.slack.values())
    units = [
        1 if whole or place in counts or high == 1.0 else SCALE
        for place, (whole, high) in enumerate(zip(line.whole, line.high, strict=True))
    ]
    columns = [
        made.new_int_var(0, round(min(high, MOST) * unit), "")
        for high, unit in zip(line.high, units, strict=True)
    ]
    for row in range(len(line.row_low)):
        _row(made, line, columns, units, row)
    prices = (
        round(cost * SCALE * SCALE / unit) for cost, unit in zip(line.cost, units, strict=True)
    )
    made.minimize(
        sum(price * column for price, column in zip(prices, columns, strict=True) if price)
    )
    for place, value in hint.items():
        made.add_hint(columns[place], round(value))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    solver.parameters.relative_gap_limit = 0.01
    solver.parameters.random_seed = 1
    status = solver.status_name(solver.solve(made))
    scale = SCALE * SCALE
    found = solver.objective_value / scale + line.offset
    return found, solver.best_objective_bound / scale + line.offset, status.lower()


def _row(made: Any, line: Any, columns: list[Any], units: list[int], row: int) -> None:
    since, until = line.starts[row], line.starts[row + 1]
    places, values = line.index[since:until], line.value[since:until]
    low, high = line.row_low[row], line.row_high[row]
    plain = all(value == 1.0 for value in values) and all(units[one] == 1 for one in places)
    if plain and math.isinf(low) and high == 1.0:
        made.add_at_most_one([columns[one] for one in places])
        return
    scale = SCALE if any(units[one] == SCALE for one in places) else 1
    terms = sum(
        columns[one] * round(value * scale / units[one])
        for one, value in zip(places, values, strict=True)
    )
    if not math.isinf(low):
        made.add(terms >= math.ceil(low * scale - 1e-6))
    if not math.isinf(high):
        made.add(terms <= math.floor(high * scale + 1e-6))

"""`./yike siting pmedian|mclp|cover|center`: where to put stations, from files, as JSON.

0: a plan; 1: no plan can do what was asked (the JSON says why and what would repair it), or none
was found in time; 2: the input cannot be used (a sentence on stderr, nothing on stdout).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.siting import (
    UNLIMITED,
    UNREACHED,
    Asked,
    Problem,
    SitingError,
    orlib,
    plan,
    pose,
    solve,
)
from yike.engines.siting.errors import BadFileError
from yike.house.planner import costs, outputs, words
from yike.house.planner.costs import Candidates, Costs
from yike.house.planner.tables import TableError

#: how many of each unit make a minute
UNITS = {"seconds": 60, "deciseconds": 600, "minutes": 1}
CIRCLE = Fraction(15)
#: seconds of a search: ten days and more
_LONGEST = 1_000_000
#: shares of a service are counted by the week or the month
_FULLEST = 1000


def needs_database(argv: Sequence[str]) -> bool:
    """This will say that no word of this command asks for the database."""
    return False


def main(argv: Sequence[str]) -> int:
    """This will answer one question and print the JSON; see the module for the exit codes."""
    asked = _parser().parse_args(argv)
    return words.stoppable(lambda: _checked(asked))


def _checked(asked: argparse.Namespace) -> int:
    try:
        return _answer(outputs.checked(asked))
    except (SitingError, TableError, OSError) as why:
        words.refused(why)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./yike siting", description=__doc__)
    parser.add_argument("question", choices=("pmedian", "mclp", "cover", "center"))
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--matrix", type=Path, help="table: candidates in rows, demands in columns")
    given.add_argument("--costs", type=Path, help="list: station_id,cell_id,seconds")
    given.add_argument("--orlib", type=Path, help="p-median file of the OR-Library")
    parser.add_argument("--weights", type=Path, help="cell_id,population; else one person each")
    parser.add_argument("--candidates", type=Path, help="station_id,kind,price,capacity,share,…")
    parser.add_argument("--p", type=int, help="number of all chosen, the kept among them")
    parser.add_argument("--budget", type=int, help="for new ones, in the unit of price")
    parser.add_argument("--kept", default="", help="ids that stay, by commas")
    parser.add_argument("--excluded", default="", help="ids that may not be chosen, by commas")
    parser.add_argument("--minutes", type=_number, help="bound of a cover; 15 unless stated")
    parser.add_argument("--within", type=_number, help="the same in the unit of the costs")
    parser.add_argument("--unit", choices=tuple(UNITS), default="seconds", help="of the costs")
    parser.add_argument("--quantile", type=_number, default=Fraction(1), help="share of people")
    parser.add_argument("--by", choices=("number", "price"), default="number")
    parser.add_argument("--penalty", type=_number, help="cost of a person nobody reaches")
    parser.add_argument("--full", type=int, default=1, help="shares that make a full service")
    parser.add_argument("--seconds", type=_seconds, default=60.0, help="time limit")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="write the run as a file that can be repeated")
    return parser


def _seconds(text: str) -> float:
    seconds = _number(text)
    if seconds > _LONGEST:
        raise argparse.ArgumentTypeError(f"“{text}”超过 {_LONGEST} 秒")
    return float(seconds)


def _number(text: str) -> Fraction:
    try:
        return costs.exact(text)
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(f"“{text}”不是数字") from None


def _answer(asked: argparse.Namespace) -> int:
    problem, scale = _problem(asked)
    question = Asked(
        question=asked.question,
        within=_within(asked, scale),
        quantile=asked.quantile,
        by=asked.by,
        seconds=asked.seconds,
        seed=asked.seed,
    )
    answer = solve(problem, question)
    if asked.out:
        plan.save(asked.out, problem, question, answer)
    told = plan.told(problem, answer)
    print(json.dumps(_shown(told, asked, problem.full, scale), ensure_ascii=False, indent=1))
    if answer.chosen or answer.status == "optimal":
        return 0
    why = answer.explanation
    said = [repair.sentence for repair in why.repairs] if why else ["在时限内没有找到方案。"]
    if why and not why.repairs and why.shorts:
        named = "、".join(problem.demands[short.demand] for short in why.shorts[:10])
        said = [f"{len(why.shorts)} 个需求点没有可用的候选点可及，如 {named}；请增加候选点。"]
    print("没有可行的方案。" + "".join(said), file=sys.stderr)
    return 1


def _problem(asked: argparse.Namespace) -> tuple[Problem, int]:
    if asked.orlib:
        read = _orlib(asked.orlib, asked.p)
        names = list(read.candidates)
        table = Costs(cost=read.cost.astype(np.int64), scale=1, candidates=names, demands=names)
        number = read.p if asked.question != "cover" or asked.p else None
    else:
        table = costs.read_matrix(asked.matrix) if asked.matrix else costs.read_pairs(asked.costs)
        number = asked.p
    more = _candidates(asked, table)
    people = costs.read_people(asked.weights, table.demands) if asked.weights else None
    penalty = None if asked.penalty is None else _scaled(asked.penalty, table.scale, "--penalty")
    problem = pose(
        table.cost,
        np.ones(len(table.demands), np.int64) if people is None else people,
        candidates=table.candidates,
        demands=table.demands,
        kinds=more.kinds,
        price=more.price,
        capacity=more.capacity,
        share=more.share,
        full=asked.full,
        kept=[*more.kept, *_places(asked.kept, table, "--kept")],
        excluded=[*more.excluded, *_places(asked.excluded, table, "--excluded")],
        groups=more.groups,
        p=number,
        budget=asked.budget,
        penalty=penalty,
    )
    return problem, table.scale


def _orlib(path: Path, p: int | None) -> Problem:
    """Reads the file; what is wrong in it is told with its name, and without its raw bytes."""
    try:
        return orlib.read(path.read_text(encoding="ascii", errors="replace"), p=p)
    except BadFileError as why:
        said = "".join(one for one in str(why) if one.isprintable() and one != "\ufffd")
        raise TableError(f"{path.name}：{said}") from why


def _candidates(asked: argparse.Namespace, table: Costs) -> Candidates:
    if not 1 <= asked.full <= _FULLEST:
        raise TableError(f"--full 应当在 1 到 {_FULLEST} 之间。")
    if asked.candidates:
        return costs.read_candidates(asked.candidates, table.candidates, full=asked.full)
    m = len(table.candidates)
    return Candidates(
        kinds=["station"] * m,
        price=np.ones(m, np.int64),
        capacity=np.full(m, UNLIMITED, np.int64),
        share=np.full(m, asked.full, np.int64),
        kept=[],
        excluded=[],
        groups=[],
    )


def _places(text: str, table: Costs, option: str) -> list[int]:
    rows = {name: place for place, name in enumerate(table.candidates)}
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in rows:
            raise TableError(f"{option} 里的“{name}”不在候选点中，请核对编号。")
    return [rows[name] for name in names]


def _within(asked: argparse.Namespace, scale: int) -> int | None:
    """The bound of a cover in 1/scale of the unit of the costs."""
    if asked.question not in ("mclp", "cover"):
        return None
    if asked.within is not None and asked.minutes is not None:
        raise TableError("--minutes 和 --within 只能给一个。")
    if asked.within is not None:
        return min(_scaled(asked.within, scale, "--within"), UNREACHED - 1)
    if asked.orlib and asked.minutes is None:
        raise TableError("OR-Library 文件的距离没有单位，请用 --within 给出时限。")
    minutes = CIRCLE if asked.minutes is None else asked.minutes
    return min(_scaled(minutes * UNITS[asked.unit], scale, "--minutes"), UNREACHED - 1)


def _scaled(number: Fraction, scale: int, option: str) -> int:
    if number < 0:
        raise TableError(f"{option} 不能小于零。")
    return int(number * scale)


def _shown(
    told: dict[str, Any], asked: argparse.Namespace, full: int, scale: int
) -> dict[str, Any]:
    """The answer in the units of the files: people, and costs as they stand."""
    part = {"mclp": full, "cover": 1, "pmedian": full * scale, "center": scale}[asked.question]
    none = told["status"] == "infeasible" or (told["status"] == "time" and not told["chosen"])
    for name in ("objective", "bound", "first"):
        value = told[name]
        told[name] = None if none or value is None else _plain(Fraction(value, part))
    if none:
        told["gap"] = None
    for repair in (told["explanation"] or {}).get("repairs", []):
        if repair["kind"] in ("minutes", "penalty"):
            repair["to"], repair["by"] = repair["to"] / scale, repair["by"] / scale
    for short in (told["explanation"] or {}).get("shorts", []):
        short["by"] = None if short["by"] is None else short["by"] / scale
    return told


def _plain(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)

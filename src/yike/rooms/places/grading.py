"""What a grade is made of: a scheme, answers with their evidence and numbers give points. Pure.

A scheme is data (JSON in, JSON out); nothing here knows a county's own standard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: how a criterion gives its points
RULES = {"met": "达到得分，达不到不得分", "points": "按程度给分", "number": "按数字分档"}
#: what must be shown before a criterion counts
EVIDENCE = {"": "不需要材料", "photo": "照片", "document": "文件"}
#: numbers a criterion may ask for; all but the last are read from the register of places
FACTS = {
    "weekly_hours": "每周开放小时数",
    "spaces": "窗口和房间数",
    "windows": "服务窗口数",
    "consult_rooms": "咨询室数",
    "mediation_rooms": "调解室数",
    "video_rooms": "视频会见室数",
    "seats": "座位数",
    "services": "服务种类数",
    "direct_services": "直接提供的服务种类数",
    "terminals": "正常的智能终端数",
    "duty_shifts": "近30天值班班次",
}
#: what the register of places cannot know: whoever knows the roster gives it in
GIVEN = ("duty_shifts",)


@dataclass(frozen=True, kw_only=True)
class Step:
    """From this number on a criterion gives these points."""

    at_least: int
    points: int


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One line of a scheme. `levels` empty: for every level of the scheme."""

    code: str
    name: str
    points: int
    rule: str = "met"
    section: str = ""
    hint: str = ""
    evidence: str = ""
    fact: str = ""
    steps: tuple[Step, ...] = ()
    #: not met: no grade at all
    veto: bool = False
    levels: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Grade:
    """A grade, the points it takes, and the criteria that must be met whatever the points."""

    name: str
    points: int
    must: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """Criteria and grades, the highest grade first. `full`: the points of every level together."""

    full: int = 100
    levels: tuple[int, ...] = ()
    grades: tuple[Grade, ...] = ()
    criteria: tuple[Criterion, ...] = ()

    def of_level(self, level: int) -> tuple[Criterion, ...]:
        """The criteria that a station of this level is held against."""
        return tuple(one for one in self.criteria if not one.levels or level in one.levels)


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was said of one criterion: claimed by the office, found by the county, and shown."""

    claimed: int | None = None
    found: int | None = None
    #: kinds of evidence attached: photo, document
    papers: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one criterion gives, and why not more."""

    criterion: Criterion
    value: int | None
    points: int
    met: bool
    why: str = ""

    @property
    def missing(self) -> int:
        """Points that this criterion could still give."""
        return self.criterion.points - self.points


@dataclass(frozen=True, kw_only=True)
class NextGrade:
    """What keeps a station from the grade above: vetoes, must-haves, points, and where they lie."""

    name: str
    needs: int
    short: int
    vetoes: tuple[Line, ...] = ()
    must: tuple[Line, ...] = ()
    #: criteria that could still give points, the most first
    chances: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Result:
    """The points by criterion, the vetoes, the grade ("" for none) and the way to the next one."""

    points: int
    full: int
    grade: str
    lines: tuple[Line, ...] = ()
    vetoes: tuple[Line, ...] = ()
    next: NextGrade | None = None

    @property
    def gaps(self) -> tuple[Line, ...]:
        """Every criterion that is not met, vetoes first, then by points lost."""
        unmet = [one for one in self.lines if not one.met]
        return tuple(sorted(unmet, key=lambda one: (not one.criterion.veto, -one.missing)))


@dataclass(frozen=True, kw_only=True)
class Known:
    """All that is stored of one assessment."""

    level: int
    given: Mapping[str, Given] = field(default_factory=dict)
    facts: Mapping[str, int] = field(default_factory=dict)


def assess(scheme: Scheme, known: Known) -> Result:
    """This will give points, vetoes and the grade, and say what the next grade lacks."""
    lines = tuple(
        _line(one, known.given.get(one.code, Given()), known.facts)
        for one in scheme.of_level(known.level)
    )
    points = sum(one.points for one in lines)
    vetoes = tuple(one for one in lines if one.criterion.veto and not one.met)
    unmet = {one.criterion.code for one in lines if not one.met}
    grade: Grade | None = None
    above: Grade | None = None
    for one in reversed(scheme.grades):  # from the lowest up: a grade takes all that lies below it
        if vetoes or one.points > points or unmet & set(one.must):
            above = one
            break
        grade = one
    return Result(
        points=points,
        full=scheme.full,
        grade=grade.name if grade else "",
        lines=lines,
        vetoes=vetoes,
        next=_next(above, lines, points, vetoes) if above else None,
    )


def _next(grade: Grade, lines: Sequence[Line], points: int, vetoes: tuple[Line, ...]) -> NextGrade:
    unmet = [one for one in lines if not one.met]
    return NextGrade(
        name=grade.name,
        needs=grade.points,
        short=max(0, grade.points - points),
        vetoes=vetoes,
        must=tuple(one for one in unmet if one.criterion.code in grade.must),
        chances=tuple(sorted((one for one in unmet if one.missing), key=lambda one: -one.missing)),
    )


def _line(one: Criterion, given: Given, facts: Mapping[str, int]) -> Line:
    claimed = facts.get(one.fact) if one.rule == "number" else given.claimed
    value = claimed if given.found is None else given.found
    if value is None:
        said = "没有作答" if one.rule != "number" else "提交时由系统读取"
        return Line(criterion=one, value=None, points=0, met=False, why=said)
    if one.evidence and value > 0 and one.evidence not in given.papers:
        why = f"缺{EVIDENCE[one.evidence]}，不计分"
        return Line(criterion=one, value=value, points=0, met=False, why=why)
    points, met = worth(one, value)
    return Line(criterion=one, value=value, points=points, met=met, why=_why(one, value, met))


def worth(one: Criterion, value: int) -> tuple[int, bool]:
    """This will return the points a value gives, and whether the criterion is met by it."""
    if one.rule == "met":
        return (one.points, True) if value > 0 else (0, False)
    if one.rule == "points":
        kept = min(max(value, 0), one.points)
        return kept, kept == one.points
    steps = [step for step in one.steps if value >= step.at_least]
    return (steps[-1].points if steps else 0), bool(steps) and steps[-1] == one.steps[-1]


def _why(one: Criterion, value: int, met: bool) -> str:
    if met:
        return ""
    if one.rule == "met":
        return "没有达到"
    if one.rule == "points":
        return f"得 {value} 分，满分 {one.points} 分"
    return f"{FACTS.get(one.fact, one.fact)}为 {value}，满分要 {one.steps[-1].at_least}"


def most(one: Criterion) -> int:
    """This will return the largest value that may be typed for a criterion."""
    return {"met": 1, "points": one.points}.get(one.rule, 100_000)


def said(one: Criterion, value: int | None) -> str:
    """This will say a value in words: 达到, 8 分, 40（每周开放小时数）."""
    if value is None:
        return "—"
    if one.rule == "met":
        return "达到" if value else "没有达到"
    return f"{value} 分" if one.rule == "points" else f"{FACTS.get(one.fact, one.fact)} {value}"


def faults(scheme: Scheme) -> tuple[str, ...]:
    """This will name everything that keeps a scheme from being published."""
    return (*_faults_of_whole(scheme), *(said for one in scheme.criteria for said in fault(one)))


def _faults_of_whole(scheme: Scheme) -> list[str]:
    found = []
    codes = [one.code for one in scheme.criteria]
    if not scheme.levels:
        found.append("没有说明适用于哪一级站点")
    if not scheme.grades:
        found.append("还没有等级和分数线")
    if len(set(codes)) < len(codes):
        found.append("有两条指标用了同一个编号")
    for level in scheme.levels:
        total = sum(one.points for one in scheme.of_level(level))
        if total != scheme.full:
            found.append(f"第 {level} 级站点的指标合计 {total} 分，应为 {scheme.full} 分")
    lines = [one.points for one in scheme.grades]
    if lines != sorted(set(lines), reverse=True) or any(n > scheme.full for n in lines):
        found.append(f"等级的分数线应从高到低各不相同，且不超过 {scheme.full} 分")
    for grade in scheme.grades:
        unknown = [code for code in grade.must if code not in codes]
        if unknown:
            found.append(f"{grade.name}的必备指标 {'、'.join(unknown)} 不在指标里")
    return found


def fault(one: Criterion) -> tuple[str, ...]:
    """This will name what is wrong with one criterion."""
    if one.rule not in RULES or one.evidence not in EVIDENCE:
        return (f"指标 {one.code} 的计分办法或材料种类不在名单里",)
    if one.rule != "number":
        return () if one.points or one.veto else (f"指标 {one.code} 没有分值，也不是否决项",)
    rising = all(
        low.at_least < high.at_least and low.points <= high.points
        for low, high in zip(one.steps, one.steps[1:], strict=False)
    )
    if one.fact not in FACTS or not one.steps:
        return (f"指标 {one.code} 按数字分档，应说明是哪个数字、每档几分",)
    if not rising or one.steps[-1].points != one.points:
        return (f"指标 {one.code} 的分档应从低到高，最高一档等于满分 {one.points} 分",)
    return ()


def read(body: Mapping[str, Any]) -> Scheme:
    """This will read a scheme from the JSON it is stored as."""
    return Scheme(
        full=int(body.get("full", 100)),
        levels=tuple(body.get("levels", ())),
        grades=tuple(
            Grade(name=one["name"], points=one["points"], must=tuple(one.get("must", ())))
            for one in body.get("grades", ())
        ),
        criteria=tuple(read_criterion(one) for one in body.get("criteria", ())),
    )


def read_criterion(told: Mapping[str, Any]) -> Criterion:
    """This will read one criterion; what is left out keeps its usual value."""
    plain = {key: told[key] for key in _PLAIN if key in told}
    steps = tuple(Step(at_least=low, points=points) for low, points in told.get("steps", ()))
    return Criterion(**plain, steps=steps, levels=tuple(told.get("levels", ())))


def write(scheme: Scheme) -> dict[str, Any]:
    """This will write a scheme as the JSON it is stored as."""
    return {
        "full": scheme.full,
        "levels": list(scheme.levels),
        "grades": [
            {"name": one.name, "points": one.points, "must": list(one.must)}
            for one in scheme.grades
        ],
        "criteria": [_written(one) for one in scheme.criteria],
    }


_PLAIN = ("code", "name", "points", "rule", "section", "hint", "evidence", "fact", "veto")


def _written(one: Criterion) -> dict[str, Any]:
    return {key: getattr(one, key) for key in _PLAIN} | {
        "steps": [[step.at_least, step.points] for step in one.steps],
        "levels": list(one.levels),
    }

"""The decision: who may not take it and why, the points of everybody else, and fair shares.

Equals are decided by who is owed more, carries less and got less, last by id: the order in which
candidates are told changes nothing. Cases a lawyer can read in tests/assignment.yaml.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import overload

from yike.rooms.matters.assignment.policy import Policy
from yike.rooms.matters.assignment.words import (
    Candidate,
    Case,
    Mark,
    Point,
    Ranked,
    Reason,
    Share,
)

#: digits of a code that count at a level → share of the points for the area
_DEPTHS = {12: 1.0, 9: 0.7, 6: 0.4, 4: 0.2, 2: 0.1}
_EARTH_M = 6_371_008.8
#: order of the criteria in every list of reasons
_ORDER = ("duty", "soon", "specialty", "language", "area", "near", "load", "same", "fair")
#: what keeps a candidate out: a code, and what fills its sentence
_Out = tuple[str, str]
_Test = Callable[[Candidate, float], _Out | None]
#: what decides, in its order; then the place in the pool, level, metres and score
_Key = tuple[float, float, int, int, int, int, int, float | None, float]
_Scorer = Callable[[int, Candidate], _Key | _Out]


def rank(case: Case, candidates: Sequence[Candidate], *, at: datetime, policy: Policy) -> Ranking:
    """This will rank everybody: best first, then whoever is excluded, by name and id.

    Points are those of `points_of`; reasons in words come from `explain`, for those asked about.
    """
    judge = _judge(case, at, policy)
    able: list[_Key] = []
    out: list[Candidate] = []
    why: list[_Out] = []
    for place, one in enumerate(candidates):
        found = judge(place, one)
        if len(found) == 2:
            out.append(one)
            why.append(found)
        else:
            able.append(found)
    able.sort()
    return Ranking(candidates, able, out, why)


class Ranking(Sequence[Ranked]):
    """Everybody in their order. A county has thousands of candidates and looks at a few: a row is

    made when it is asked for.
    """

    def __init__(
        self, pool: Sequence[Candidate], keys: list[_Key], out: list[Candidate], why: list[_Out]
    ) -> None:
        self._pool, self._keys, self._out, self._why = pool, keys, out, why

    def best(self, most: int) -> tuple[Ranked, ...]:
        """This will return those who may take it, the best first, so many at most."""
        return tuple(self._row(key) for key in self._keys[:most])

    @property
    def able(self) -> int:
        """How many may take it."""
        return len(self._keys)

    @cached_property
    def out(self) -> tuple[Ranked, ...]:
        """Who may not take it, by name and id, each with the reason."""
        pairs = zip(self._out, self._why, strict=True)
        found = [Ranked(one, 0.0, 0, code, what) for one, (code, what) in pairs]
        return tuple(sorted(found, key=_by_name))

    def counted_out(self) -> Counter[str]:
        """This will count who may not take it, by the code of the reason."""
        return Counter(code for code, _ in self._why)

    def peers(self) -> list[Candidate]:
        """This will return the equally qualified: those of the highest level who may take it."""
        top = max((key[6] for key in self._keys), default=0)
        return [self._pool[key[5]] for key in self._keys if key[6] == top]

    def _row(self, key: _Key) -> Ranked:
        *_, place, tier, metres, score = key
        return Ranked(self._pool[place], score, tier, "", "", metres)

    @cached_property
    def _all(self) -> tuple[Ranked, ...]:
        return (*self.best(len(self._keys)), *self.out)

    @overload
    def __getitem__(self, place: int) -> Ranked: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Ranked]: ...
    def __getitem__(self, place: int | slice) -> Ranked | Sequence[Ranked]:
        if isinstance(place, int) and 0 <= place < len(self._keys):
            return self._row(self._keys[place])
        wanted = range(len(self))[place] if isinstance(place, slice) else ()
        if wanted and max(wanted[0], wanted[-1]) < len(self._keys):
            return tuple(self._row(self._keys[one]) for one in wanted)
        return self._all[place]

    def __iter__(self) -> Iterator[Ranked]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._pool)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ranking) and self._all == other._all

    __hash__ = None  # type: ignore[assignment]


def shares(ranked: Ranking, chosen: Candidate | None) -> tuple[Share, ...]:
    """This will say what one decision adds to each account's count: due and got.

    The order is due to the equally qualified in parts that follow their weights and sum to one;
    whoever gets it has got it, also from outside of them. Somebody outside is then due it as well:
    what was not theirs to share is held against nobody.
    """
    equals = ranked.peers()
    total = sum(one.weight for one in equals) or 1
    due = {one.account: one.weight / total for one in equals if one.account is not None}
    got = chosen.account if chosen else None
    if got is not None and got not in due:
        return (Share(account=got, expected=1.0, received=1),)
    return tuple(
        Share(account=account, expected=part, received=int(account == got))
        for account, part in sorted(due.items(), key=lambda pair: pair[0].int)
    )


def explain(case: Case, one: Ranked, *, at: datetime, policy: Policy) -> tuple[Reason, ...]:
    """This will give the reasons of a place in words, in one order, points beside them."""
    if one.excluded_by:
        return (Reason(code=one.excluded_by, sentence=one.sentence, points=0.0),)
    points = _points(case, one.candidate, at, policy, one.distance_m)
    said = _sentences(case, one, policy)
    return tuple(
        Reason(code=name, sentence=said[name], points=round(points[name], 2))
        for name in _ORDER
        if name in said
    )


def _by_name(one: Ranked) -> tuple[str, int]:
    return one.candidate.name, one.candidate.id.int


def _judge(case: Case, at: datetime, policy: Policy) -> _Scorer:
    """A function of one candidate, with everything that is the same for all worked out once."""
    out = _excluder(case, at, policy)
    far, depth = _Distances(case.point), _Depths(case.region_code)
    soon = at + timedelta(hours=policy.limit("soon_hours"))
    own, wanted = {case.category, case.item_code} - {""}, frozenset(case.languages)
    usual, reach = policy.limit("capacity"), policy.limit("far_km") * 1000.0
    duty, next_, skill = (policy.weight(name) for name in ("duty", "soon", "specialty"))
    tongue, area, near = (policy.weight(name) for name in ("language", "area", "near"))
    load, same, fair = (policy.weight(name) for name in ("load", "same", "fair"))
    earlier = case.earlier

    def judge(place: int, one: Candidate) -> _Key | _Out:
        part = depth[one.areas or one.region_code]
        excluded = out(one, part)
        if excluded:
            return excluded
        ready = 2 if one.on_duty else int(one.duty_at is not None and one.duty_at <= soon)
        knows = not own.isdisjoint(one.specialties)
        speaks = wanted <= one.languages
        metres = far[one.point]
        capacity, carried = one.capacity or usual, one.carried
        owed = one.expected - one.received
        score = (duty if ready == 2 else next_ * ready) + area * part
        score += skill * knows + (tongue if wanted and speaks else 0.0)
        if metres is not None and metres < reach:
            score += near * (1.0 - metres / reach)
        if carried < capacity:
            score += load * (1.0 - carried / capacity)
        if earlier and one.account in earlier:
            score += same
        score += fair * owed
        return (
            -round(score, 6), -owed, carried, one.received, one.id.int, place,
            knows * 2 + speaks, metres, score,
        )  # fmt: skip

    return judge


def _points(
    case: Case, one: Candidate, at: datetime, policy: Policy, metres: float | None
) -> dict[str, float]:
    """The same points as `_judge`, each by its name."""
    soon = at + timedelta(hours=policy.limit("soon_hours"))
    coming = one.duty_at is not None and one.duty_at <= soon
    own, wanted = {case.category, case.item_code} - {""}, set(case.languages)
    reach = policy.limit("far_km") * 1000.0
    capacity = one.capacity or policy.limit("capacity")
    parts = {
        "duty": float(one.on_duty),
        "soon": float(coming and not one.on_duty),
        "specialty": float(not own.isdisjoint(one.specialties)),
        "language": float(bool(wanted) and wanted <= one.languages),
        "area": _Depths(case.region_code)[one.areas or one.region_code],
        "near": 0.0 if metres is None else max(0.0, 1.0 - metres / reach),
        "load": max(0.0, 1.0 - one.carried / capacity),
        "same": float(one.account in case.earlier),
        "fair": one.expected - one.received,
    }
    return {name: policy.weight(name) * part for name, part in parts.items()}


def _sentences(case: Case, ranked: Ranked, policy: Policy) -> dict[str, str]:
    one = ranked.candidate
    said = {}
    if one.on_duty:
        said["duty"] = "正在值班"
    elif one.duty_at is not None:
        said["soon"] = f"下一班 {one.duty_at:%-m月%-d日 %H:%M}"
    if not {case.category, case.item_code}.isdisjoint(one.specialties - {""}):
        said["specialty"] = f"擅长{case.category_name or '这类事项'}"
    if case.languages:
        tongues = "、".join(case.languages)
        can = set(case.languages) <= one.languages
        said["language"] = f"会{tongues}" if can else f"没有登记会{tongues}"
    said["area"] = _area_sentence(case, one)
    if ranked.distance_m is not None:
        said["near"] = f"直线距离约 {ranked.distance_m / 1000:.1f} 公里"
    else:
        said["near"] = "位置未登记，距离不计分"
    capacity = one.capacity or policy.limit("capacity")
    said["load"] = f"手上 {one.carried} 件，上限 {capacity} 件"
    if one.account in case.earlier:
        said["same"] = "办理过该当事人以前的诉求"
    said["fair"] = _fair_sentence(one)
    return said


def _fair_sentence(one: Candidate) -> str:
    owed = one.expected - one.received
    way = f"少 {owed:.1f} 件" if owed > 0.05 else f"多 {-owed:.1f} 件" if owed < -0.05 else "持平"
    bent = "" if one.weight == 100 else f"（按奖惩记录，份额为平时的 {one.weight}%）"
    return f"本轮应接 {one.expected:.1f} 件，已接 {one.received} 件，{way}{bent}"


def _area_sentence(case: Case, one: Candidate) -> str:
    part = _Depths(case.region_code)[one.areas or one.region_code]
    names = {1.0: "本村（社区）", 0.7: "本乡镇", 0.4: "本县", 0.2: "本市", 0.1: "本省"}
    return f"服务区域含{names[part]}" if part else "服务区域不含当事人所在地"


def _excluder(case: Case, at: datetime, policy: Policy) -> _Test:
    """What keeps a candidate from taking it: the gravest reason first; None for nothing."""
    marks = case.parties | case.opponents
    served, usual = case.served_other | case.served_co_accused, policy.limit("capacity")
    unmet = _conditions(case, at, policy)

    def out(one: Candidate, part: float) -> _Out | None:
        if (one.relations or (served and one.account in served)) and (
            found := _conflict(case, one, marks)
        ):
            return found
        if one.unfit:
            return "unfit", "；".join(one.unfit)
        if one.account is None:
            return _NO_ACCOUNT
        if not one.takes_orders:
            return _NO_HOUSE
        if one.weight <= 0:
            return _NO_WEIGHT
        if one.carried >= (one.capacity or usual):
            return "full", str(one.capacity or usual)
        return unmet(one, part)

    return out


_NO_ACCOUNT, _NO_HOUSE, _NO_WEIGHT = ("account", ""), ("house", ""), ("weight", "")


def _conflict(case: Case, one: Candidate, marks: frozenset[Mark]) -> tuple[str, str] | None:
    if one.account in case.served_other:
        return "other_side", ""
    if one.account in case.served_co_accused:
        return "co_accused", ""
    close = (relation for kind, index, relation in one.relations if (kind, index) in marks)
    relation = next(close, None)
    return None if relation is None else ("relative", relation)


def _conditions(case: Case, at: datetime, policy: Policy) -> _Test:
    """What the county made a condition; a person may set it aside with a reason."""
    musts = policy.musts
    kinds = case.kinds if "kind" in musts else frozenset()
    wanted = frozenset(case.languages) if "language" in musts else frozenset()
    soon = at + timedelta(hours=policy.limit("soon_hours"))
    inside, stands = "area" in musts, "duty" in musts
    kind, place = ("kind", case.kind_names), ("area", "")
    tongue, away = ("language", "、".join(case.languages)), ("duty", "")

    def unmet(one: Candidate, part: float) -> _Out | None:
        if kinds and one.kind not in kinds:
            return kind
        if inside and not part:
            return place
        if wanted and not wanted <= one.languages:
            return tongue
        if stands and not one.on_duty and (one.duty_at is None or one.duty_at > soon):
            return away
        return None

    return unmet


class _Depths(dict[tuple[str, ...] | str, float]):
    """How closely areas hold a place: 1 its village … 0 not at all; each worked out once."""

    def __init__(self, region_code: str) -> None:
        levels = reversed(_DEPTHS.items())
        self.own = {region_code[:width].ljust(12, "0"): part for width, part in levels}

    def __missing__(self, areas: tuple[str, ...] | str) -> float:
        held = (areas,) if isinstance(areas, str) else areas
        found = self[areas] = max((self.own.get(one, 0.0) for one in held), default=0.0)
        return found


class _Distances(dict[Point | None, float | None]):
    """Metres from a place in a straight line; each place is worked out once."""

    def __init__(self, start: Point | None) -> None:
        self.start, self[None] = start, None

    def __missing__(self, point: Point) -> float | None:
        if self.start is None:
            return None
        (lon1, lat1), (lon2, lat2) = (map(radians, one) for one in (self.start, point))
        half = sin((lat2 - lat1) / 2) ** 2
        half += cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
        found = self[point] = 2 * _EARTH_M * asin(min(1.0, sqrt(half)))
        return found

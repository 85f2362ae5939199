"""What a roster is made from and what comes out: frozen values, no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

MAIN, BACKUP = "main", "backup"


@dataclass(frozen=True)
class Busy:
    """A shift somebody stands already, outside this plan: it counts for rest and for load."""

    day: date
    start: datetime
    end: datetime
    post: str
    place: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody who may be planned.

    `skills` are plain marks ("kind:01", "language:象山话"). `away`: day → why not ("leave",
    "unfit", …). `load`: weighted hours of this quarter so far; `share`: what part of a full load
    is theirs. `familiar`: posts they know.
    """

    id: str
    skills: frozenset[str] = frozenset()
    away: Mapping[date, str] = field(default_factory=dict)
    load: float = 0.0
    share: float = 1.0
    per_week: int = 5
    per_month: int = 20
    busy: tuple[Busy, ...] = ()
    familiar: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Post:
    """A post: whoever has at least one mark of every set may stand here."""

    id: str
    needs: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True)
class Need:
    """`count` people of one part at one post for one stretch of time.

    `place`: land one cannot leave on that day (an island), the post's own; "" elsewhere.
    `weight`: what it counts for fairness, in hours of a plain working day.
    """

    id: str
    post: str
    day: date
    start: datetime
    end: datetime
    part: str = MAIN
    count: int = 1
    weight: float = 1.0
    place: str = ""


@dataclass(frozen=True)
class Wish:
    """What somebody would like (+) or would rather not (-): a post, a weekday, a day, or any."""

    person: str
    likes: bool
    post: str = ""
    weekday: int | None = None
    day: date | None = None

    def meets(self, need: Need) -> bool:
        """This will say whether the wish speaks of a need."""
        return (
            (not self.post or self.post == need.post)
            and (self.weekday is None or self.weekday == need.day.weekday())
            and (self.day is None or self.day == need.day)
        )


@dataclass(frozen=True)
class Prices:
    """What each fault of a plan costs; an hour of unfairness costs more the further it goes."""

    uncovered: float = 5000.0
    uncovered_backup: float = 2000.0
    avoid: float = 10.0
    prefer: float = 5.0
    unfamiliar: float = 2.0
    unfair_hour: float = 3.0
    move: float = 100.0


@dataclass(frozen=True)
class Problem:
    """Some weeks of all posts and lines at once."""

    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    needs: tuple[Need, ...]
    wishes: tuple[Wish, ...] = ()
    #: what is settled already: (need, person); never moved, even where it breaks a rule
    fixed: tuple[tuple[str, str], ...] = ()
    rest_minutes: int = 600
    prices: Prices = field(default_factory=Prices)


@dataclass(frozen=True)
class Obstacle:
    """Why one person cannot fill a need: the rule, and a plain detail."""

    person: str
    #: skill, leave, unfit, overlap, rest, place, per_week, per_month
    rule: str
    detail: str = ""


@dataclass(frozen=True)
class Relaxation:
    """One way to fill a need that the rules do not allow: whom, at the cost of which rules."""

    person: str
    rules: tuple[str, ...]
    cost: float


@dataclass(frozen=True)
class Uncovered:
    """A need nobody fills, the commonest reason, how many people each rule keeps away, and what
    would repair it at the least cost (empty when only another person would)."""

    need: str
    missing: int
    #: nobody: no qualified person; leave: all away; full: all at their limit; rest: the rest is
    #: elsewhere or resting
    reason: str
    kept_away: Mapping[str, int]
    repairs: tuple[Relaxation, ...]


@dataclass(frozen=True)
class Plan:
    """Who fills what. `gap` is (objective - bound) / objective; 0 is proven optimal."""

    assignments: tuple[tuple[str, str], ...]
    uncovered: tuple[Uncovered, ...]
    #: cost by part: uncovered, fairness, wishes, continuity, moves
    parts: Mapping[str, float]
    objective: float
    bound: float
    gap: float
    seconds: float
    #: optimal, within (the gap asked for), time (the best found when time was up)
    status: str
    moves: int = 0

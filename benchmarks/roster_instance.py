"""A county's duty for some weeks, made up from a seed: people, posts, leave, wishes, an island."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from yike.engines.roster import BACKUP, MAIN, Need, Person, Post, Problem, Wish

#: a Monday
FIRST = date(2026, 9, 21)
#: 国庆 2026
HOLIDAYS = frozenset(date(2026, 10, day) for day in range(1, 8))
MORNING, AFTERNOON = (time(8, 30), time(12)), (time(14), time(17, 30))
KINDS = ("kind:01", "kind:05", "kind:06", "kind:07", "kind:02")


def instance(
    seed: int, *, people: int = 60, posts: int = 25, weeks: int = 4, tight: float = 1.0
) -> Problem:
    """This will return a problem: lines day and night, a hall, town stations, one on an island."""
    dice = random.Random(seed)
    made = _posts(posts)
    who = _people(dice, people, weeks, tight)
    needs = [
        need
        for number, post in enumerate(made)
        for day in (FIRST + timedelta(days=n) for n in range(7 * weeks))
        for need in _needs(post.id, number, day)
    ]
    return Problem(
        people=who, posts=made, needs=tuple(needs), wishes=_wishes(dice, who, made, weeks)
    )


def _posts(count: int) -> tuple[Post, ...]:
    """Night line, day line, 12345 seat, two windows, then stations; three ask for a dialect."""
    lawyer, mediator = frozenset({"kind:01", "kind:07"}), frozenset({"kind:05", "kind:01"})
    wanted = {
        0: (frozenset({"kind:01"}),),
        1: (lawyer,),
        2: (frozenset({"kind:01"}),),
        3: (frozenset({"kind:06", "kind:01"}),),
        4: (mediator,),
    }
    dialect = (frozenset({"language:象山话"}),)
    return tuple(
        Post(
            f"p{n:02d}", wanted.get(n, (lawyer | mediator,)) + (dialect if n in (7, 11, 15) else ())
        )
        for n in range(count)
    )


def _people(dice: random.Random, count: int, weeks: int, tight: float) -> tuple[Person, ...]:
    found = []
    for number in range(count):
        kinds = {dice.choices(KINDS, (45, 20, 15, 15, 5))[0]}
        if dice.random() < 0.15:
            kinds.add(dice.choice(KINDS))
        if dice.random() < 0.6:
            kinds.add("language:象山话")
        away: dict[date, str] = {}
        for _ in range(dice.choice((0, 0, 1, 1, 2))):
            start = dice.randrange(7 * weeks)
            for n in range(dice.choice((1, 2, 3, 5, 7))):
                away[FIRST + timedelta(days=start + n)] = "leave"
        found.append(
            Person(
                id=f"a{number:02d}",
                skills=frozenset(kinds),
                away=away,
                load=round(dice.uniform(0, 60), 1),
                share=dice.choice((1.0, 1.0, 1.0, 0.5)),
                per_week=round(dice.choice((5, 5, 6, 4)) / tight),
                per_month=round(dice.choice((20, 20, 22, 14)) / tight),
                familiar=frozenset(f"p{dice.randrange(25):02d}" for _ in range(4)),
            )
        )
    return tuple(found)


def _needs(post: str, number: int, day: date) -> list[Need]:
    working = day.weekday() < 5 and day not in HOLIDAYS
    place = "花岙岛" if number == 24 else ""
    if number == 0:
        night = (time(20), time(8))
        return [_need(post, day, night, MAIN, 1), _need(post, day, night, BACKUP, 1)]
    if number == 1:
        return [
            _need(post, day, hours, MAIN, 2 if working else 1) for hours in (MORNING, AFTERNOON)
        ]
    if number in (2, 3, 4):
        return [_need(post, day, hours, MAIN, 1) for hours in (MORNING, AFTERNOON) if working]
    if number == 24:
        return [_need(post, day, (time(9), time(15)), MAIN, 1, place)] if day.weekday() == 2 else []
    days = ((0, 2, 4), (1, 3), (0, 1, 2, 3, 4))[number % 3]
    return [_need(post, day, MORNING, MAIN, 1)] if working and day.weekday() in days else []


def _need(
    post: str, day: date, hours: tuple[time, time], part: str, count: int, place: str = ""
) -> Need:
    start = datetime.combine(day, hours[0], tzinfo=UTC)
    end = datetime.combine(day, hours[1], tzinfo=UTC)
    end += timedelta(days=1) if end <= start else timedelta()
    weight = (end - start).total_seconds() / 3600
    weight *= 3.0 if day in HOLIDAYS else 2.0 if day.weekday() >= 5 else 1.0
    weight += 4.0 if hours[0] == time(20) else 0.0
    weight *= 0.3 if part == BACKUP else 1.0
    name = f"{post}/{day}/{hours[0]:%H%M}/{part}"
    return Need(name, post, day, start, end, part, count, round(weight, 2), place)


def _wishes(
    dice: random.Random, people: tuple[Person, ...], posts: tuple[Post, ...], weeks: int
) -> tuple[Wish, ...]:
    found = []
    for person in people:
        for _ in range(dice.choice((0, 1, 1, 2, 3))):
            likes, which = dice.random() < 0.4, dice.randrange(3)
            found.append(
                Wish(
                    person.id,
                    likes,
                    post=dice.choice(posts).id if which == 0 else "",
                    weekday=dice.randrange(7) if which == 1 else None,
                    day=FIRST + timedelta(days=dice.randrange(7 * weeks)) if which == 2 else None,
                )
            )
    return tuple(found)

"""The hard rules as the model needs them: who may fill what, and what excludes what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from yike.engines.roster.facts import Busy, Need, Person, Post, Problem

Stretch = Need | Busy


def qualified(person: Person, post: Post) -> bool:
    """This will say whether somebody has at least one mark of every set a post asks for."""
    return all(person.skills & wanted for wanted in post.needs)


def week_of(day: date) -> tuple[int, int]:
    """This will return the ISO year and week of a day."""
    year, week, _ = day.isocalendar()
    return year, week


def month_of(day: date) -> tuple[int, int]:
    """This will return the year and month of a day."""
    return day.year, day.month


def excludes(one: Stretch, other: Stretch, rest_minutes: int) -> bool:
    """This will say whether one person cannot stand both: overlap, too little rest, or an island.

    Two stretches of one post on one day need no rest between them: one stays there.
    """
    if one.start < other.end and other.start < one.end:
        return True
    stays = one.post == other.post and one.day == other.day
    if not stays and one.day == other.day and one.place != other.place:
        return True
    rest = timedelta(0) if stays else timedelta(minutes=rest_minutes)
    return one.start < other.end + rest and other.start < one.end + rest


def candidates(problem: Problem) -> dict[str, list[Need]]:
    """This will return by person the needs they may fill when nothing else is planned."""
    posts = {post.id: post for post in problem.posts}
    fit = {
        person.id: {post.id for post in problem.posts if qualified(person, post)}
        for person in problem.people
    }
    assert all(need.post in posts for need in problem.needs)
    return {
        person.id: [
            need
            for need in problem.needs
            if need.post in fit[person.id]
            and need.day not in person.away
            and not any(excludes(need, busy, problem.rest_minutes) for busy in person.busy)
        ]
        for person in problem.people
    }


def cliques(needs: Sequence[Need], rest_minutes: int) -> Iterable[tuple[list[Need], ...]]:
    """This will return sets of groups of needs: one person stands in one group of each set at most.

    Taken at every beginning: whatever runs then, or ended less than a rest ago. The stretches of
    one post on one day are one group, since they follow each other without rest.
    """
    rest = timedelta(minutes=rest_minutes)
    rows = sorted(needs, key=lambda need: need.start)
    seen: set[frozenset[str]] = set()
    for start in sorted({need.start for need in rows}):
        here = [need for need in rows if need.start <= start < need.end + rest]
        key = frozenset(need.id for need in here)
        if len(here) < 2 or key in seen:
            continue
        seen.add(key)
        groups: dict[tuple[str, date], list[Need]] = defaultdict(list)
        for need in here:
            groups[need.post, need.day].append(need)
        if len(groups) > 1:
            yield tuple(groups.values())


def overlaps(needs: Sequence[Need]) -> Iterable[list[Need]]:
    """This will return sets of needs that run at one time at one post on one day."""
    groups: dict[tuple[str, date], list[Need]] = defaultdict(list)
    for need in needs:
        groups[need.post, need.day].append(need)
    for rows in groups.values():
        for start in sorted({need.start for need in rows}):
            here = [need for need in rows if need.start <= start < need.end]
            if len(here) > 1:
                yield here


def islands(needs: Sequence[Need]) -> Iterable[tuple[list[Need], list[Need]]]:
    """This will return, by day and island, the needs there and those elsewhere on that day."""
    by_day: dict[date, list[Need]] = defaultdict(list)
    for need in needs:
        by_day[need.day].append(need)
    for rows in by_day.values():
        for place in sorted({need.place for need in rows if need.place}):
            there = [need for need in rows if need.place == place]
            elsewhere = [need for need in rows if need.place != place]
            if elsewhere:
                yield there, elsewhere

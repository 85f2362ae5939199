"""Figures of quality: ratings before and after exclusion, callbacks, loops, reasons."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from statistics import median

from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import queries as matters_queries
from yike.rooms.quality import codes, falls
from yike.rooms.quality.faces import Figures, LevelCount, LoopFigures, Topic
from yike.rooms.quality.models import Attempt, Callback, Rating, Rectification


def rating_figures(actor: Actor, since: datetime, until: datetime) -> Figures:
    """This will count the ratings of a span, as far as the actor may see them.

    `before`: all as they were given; `after`: without those excluded or waiting to be checked.
    """
    del actor  # row security decides
    found = list(
        Rating.objects.filter(rated_at__gte=since, rated_at__lt=until).values_list(
            "id", "level", "standing"
        )
    )
    counted = Counter(level for _, level, standing in found if standing == "counted")
    bad = [one for one, level, _ in found if level in codes.BAD]
    called = Attempt.objects.filter(callback__rating__in=bad).values("callback").distinct().count()
    answered = matters_queries.answered_between(since, until)
    standings = Counter(standing for _, _, standing in found)
    return Figures(
        answered=answered,
        rated=len(found),
        response=_percent(len(found), answered),
        levels=tuple(
            LevelCount(level=level, name=name, n=counted[level])
            for level, name in codes.LEVELS.items()
        ),
        before=_satisfied(Counter(level for _, level, _ in found)),
        after=_satisfied(counted),
        excluded=standings["excluded"],
        held=standings["held"],
        bad=len(bad),
        called=called,
        callback=_percent(called, len(bad)),
    )


def loop_figures(actor: Actor, since: datetime, until: datetime) -> LoopFigures:
    """This will say how many faults found in a span were mended to the end, in how many days."""
    del actor
    rows = list(
        Rectification.objects.filter(found_at__gte=since, found_at__lt=until).values_list(
            "found_at", "ended_at", "due_at"
        )
    )
    days = [(ended - found).total_seconds() / 86400 for found, ended, _ in rows if ended]
    now = clock.now()
    overdue = sum(1 for _, ended, due in rows if ended is None and due and due < now)
    return LoopFigures(
        found=len(rows),
        closed=len(days),
        overdue=overdue,
        rate=_percent(len(days), len(rows)),
        median_days=round(median(days), 1) if days else None,
    )


def topics(actor: Actor, since: datetime, until: datetime) -> tuple[Topic, ...]:
    """This will say what bad ratings of a span are about, the most frequent first."""
    del actor
    rows = Rating.objects.filter(
        Q(level__in=sorted(codes.BAD)), rated_at__gte=since, rated_at__lt=until
    ).exclude(standing="excluded")
    counted = Counter(
        reason for reasons in rows.values_list("reasons", flat=True) for reason in reasons
    )
    all_ = sum(counted.values())
    return tuple(
        Topic(name=codes.REASONS.get(code, code), n=n, percent=round(n * 100 / all_))
        for code, n in counted.most_common()
    )


def uncalled(actor: Actor) -> int:
    """This will count bad ratings that nobody has called about yet."""
    del actor
    tried = Attempt.objects.values("callback")
    return Callback.objects.filter(rating__level__lte=2).exclude(id__in=tried).count()


def _satisfied(levels: Counter[int]) -> str:
    good = sum(n for level, n in levels.items() if level >= codes.HELPED)
    return falls.Share(good=good, all=sum(levels.values())).percent


def _percent(part: int, whole: int) -> str:
    return falls.Share(good=part, all=whole).percent

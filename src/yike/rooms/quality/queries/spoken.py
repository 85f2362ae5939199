"""What citizens speak of in a month: topics of their own words, and the comments behind each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain

from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.matters import queries as matters_queries
from yike.rooms.notices import wording
from yike.rooms.people import holding as people_holding
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import access, keyness, vocabulary
from yike.rooms.quality.faces.spoken import CommentFace, SpokenFace, TopicFace
from yike.rooms.quality.models import Complaint, Rating

#: months that are offered, and against which a month is weighed
_MONTHS = 6
#: comments shown behind a topic
_SHOWN = 50
_MOST = 5_000


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One comment with where it comes from."""

    ref: str
    at: datetime
    source: str
    words: str
    person: str
    reference: str


def spoken(actor: Actor, *, month: str = "", topic: str = "") -> SpokenFace:
    """This will say what citizens speak of in a month ("2026-11", this one if left out).

    Supervisors and directors, of what they may see. `topic`: the one to open. Topics of fewer than
    three persons are not shown and cannot be opened: refuses NotFound.
    """
    if not (actor.kind == "system" or actor.has(*access.WATCHERS)):
        raise NotAllowed("只有监督员和局领导可以看群众说了什么。")
    first = _read(month)
    since, until = _span(first, 0)
    now = _rows(since, until)
    before = _rows(*_span(first, 1))
    past = [*before, *_rows(_span(first, _MONTHS)[0], _span(first, 1)[0])]
    found = keyness.find(
        _plain(now), _plain(before), _plain(past),
        field=vocabulary.topics(), hidden=_hidden(actor, now),
    )  # fmt: skip
    faces = {one.key: _face(one) for one in found}
    if topic and topic not in faces:
        raise NotFound("没有这个话题。", way_on="说的人不到三个的话题不显示。")
    behind = next((set(one.refs) for one in found if one.key == topic), set())
    return SpokenFace(
        month=f"{first:%Y-%m}",
        months=tuple(f"{_span(clock.today(), back)[0]:%Y-%m}" for back in range(_MONTHS)),
        comments=len(now),
        topics=tuple(faces.values()),
        open=faces.get(topic),
        behind=tuple(_comment(row) for row in now if row.ref in behind)[:_SHOWN],
    )


def _read(month: str) -> date:
    if not month:
        return clock.today()
    try:
        return datetime.strptime(month, "%Y-%m").replace(tzinfo=clock.CIVIL).date()
    except ValueError:
        raise BadInput("月份写成 2026-11 的样子。", field="month") from None


def _span(day: date, back: int) -> tuple[datetime, datetime]:
    """The month of a day, or one so many months before: [from, until)."""
    at = day.year * 12 + day.month - 1 - back
    return _first(at), _first(at + 1)


def _first(months: int) -> datetime:
    day = date(months // 12, months % 12 + 1, 1)
    return datetime.combine(day, time(), tzinfo=clock.CIVIL)


def _rows(since: datetime, until: datetime) -> list[_Row]:
    """All that citizens wrote in a span; what one person said word for word twice stands once.

    Records of callbacks are left out: there staff write, not citizens.
    """
    every = chain(
        _ratings(since, until), _complaints(since, until), _feedback(since, until),
    )  # fmt: skip
    found: dict[tuple[str, str], _Row] = {}
    for one in every:
        found.setdefault((one.person, one.words), one)
    return sorted(found.values(), key=lambda one: one.at, reverse=True)


def _ratings(since: datetime, until: datetime) -> Iterator[_Row]:
    inside = Q(rated_at__gte=since, rated_at__lt=until) | Q(again_at__gte=since, again_at__lt=until)
    rows = Rating.objects.filter(inside).exclude(standing="excluded").exclude(
        words="", again_words=""
    )  # fmt: skip
    for row in rows.select_related("matter").order_by("-rated_at", "id")[:_MOST]:
        person = row.matter.phone_index or str(row.matter_id)
        told = ((row.rated_at, row.words), (row.again_at, row.again_words))
        for no, (at, words) in enumerate(told):
            if words and at is not None and since <= at < until:
                yield _Row(
                    ref=f"r{row.id}/{no}", at=at, source="评价", words=words, person=person,
                    reference=row.matter.reference,
                )  # fmt: skip


def _complaints(since: datetime, until: datetime) -> Iterator[_Row]:
    rows = Complaint.objects.filter(found_at__gte=since, found_at__lt=until)
    for row in rows.order_by("-found_at", "id")[:_MOST]:
        yield _Row(
            ref=f"c{row.id}", at=row.found_at, source="投诉", words=row.words,
            person=row.phone_index or str(row.id), reference="",
        )  # fmt: skip


def _feedback(since: datetime, until: datetime) -> Iterator[_Row]:
    for one in matters_queries.feedback_between(since, until):
        yield _Row(
            ref=f"f{one.id}", at=one.at, source="对答复的意见", words=one.words,
            person=one.person or one.reference, reference=one.reference,
        )  # fmt: skip


def _plain(rows: list[_Row]) -> list[keyness.Comment]:
    return [keyness.Comment(ref=one.ref, person=one.person, words=one.words) for one in rows]


def _hidden(actor: Actor, rows: list[_Row]) -> frozenset[str]:
    """Names of those who serve, and of whom complaints are about as citizens typed them."""
    span = (actor.region_from, actor.region_until)
    serving = {one.name for one in providers_queries.practitioners_in(span)}
    ids = [one.ref[1:] for one in rows if one.ref.startswith("c")]
    about = Complaint.objects.filter(id__in=ids).values_list("about_words", flat=True)
    typed = {word for words in about for word in words.split() if len(word) <= 4}
    return frozenset(people_holding.names_known() | serving | typed)


def _face(found: keyness.Found) -> TopicFace:
    few = "不足 3" if found.before is None else str(found.before or "—")
    return TopicFace(
        key=found.key,
        name=found.name,
        known=found.name != found.key,
        persons=found.persons,
        before=few,
        change=found.change,
    )


def _comment(row: _Row) -> CommentFace:
    return CommentFace(
        at=row.at, source=row.source, words=wording.masked(row.words), reference=row.reference
    )

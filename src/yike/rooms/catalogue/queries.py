"""Every read of what is offered. Open facts: no actor is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.catalogue import forms, suggesting
from yike.rooms.catalogue.limits import Limit
from yike.rooms.catalogue.models import (
    Code,
    CodeList,
    Item,
    ItemHint,
    ItemLimit,
    Keyword,
    LegalMatter,
    Offering,
)
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.guard import editions
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.regions import codes

UNVERIFIED = "本事项依据尚未逐条核对，仅供参考，请以办理机构的告知为准。"


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One version of a service item."""

    id: UUID
    code: str
    version: int
    name: str
    kind: str
    mode: str
    applicants: tuple[str, ...]
    fee: str
    verified: bool
    last_checked_on: date
    active_from: date
    active_until: date | None


@dataclass(frozen=True, kw_only=True)
class ItemGuide:
    """Everything somebody needs to know before asking for an item."""

    item: ItemRow
    materials: tuple[str, ...]
    limits: tuple[Limit, ...]
    limit_sentences: tuple[str, ...]
    #: the written form, from which clocks make promises
    limits_text: str
    basis: str
    fee: str
    form: tuple[Mapping[str, Any], ...]
    #: "" when the source was read, else a sentence to show
    unverified_note: str


@dataclass(frozen=True, kw_only=True)
class CodeRow:
    """One code of a list, in one version."""

    list_key: str
    code: str
    name: str
    version: int
    extra: Mapping[str, Any]
    note: str
    verified: bool
    active_from: date
    active_until: date | None


@dataclass(frozen=True, kw_only=True)
class CodeListRow:
    """A list of codes with its source."""

    key: str
    name: str
    source: str
    note: str
    verified: bool
    count: int


@dataclass(frozen=True, kw_only=True)
class MatterRow:
    """One of the legal matters, with the words that speak for it."""

    code: str
    name: str
    cause_part: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MatterSuggestion:
    """A likely legal matter and why."""

    code: str
    name: str
    score: float
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class ItemSuggestion:
    """A likely service item and why."""

    item: ItemRow
    score: float
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class OfferingRow:
    """Who gives an item, where and how."""

    id: UUID
    item_code: str
    institution_id: UUID
    institution_name: str
    station_id: UUID | None
    station_name: str
    region_code: str
    mode: str
    mode_name: str
    note: str


def items(*, kind: str = "", mode: str = "", on: date | None = None) -> tuple[ItemRow, ...]:
    """This will return the items in force on a day (today), of one kind or mode when asked."""
    rows = _in_force(Item.objects.all(), on)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(mode=mode) if mode else rows
    return tuple(_item(row) for row in rows.order_by("code"))


def item(code: str, *, on: date | None = None) -> ItemRow:
    """This will return the version of an item in force on a day (today). Refuses NotFound."""
    return _item(_item_row(code, on))


def item_version(item_id: UUID) -> ItemRow:
    """This will return one version by its id, in force or not. Refuses NotFound."""
    found = Item.objects.filter(pk=item_id).first()
    if found is None:
        raise NotFound("事项目录里没有这个事项")
    return _item(found)


def item_history(code: str) -> tuple[ItemRow, ...]:
    """This will return all versions of an item, newest first."""
    return tuple(_item(row) for row in Item.objects.filter(code=code).order_by("-version"))


def item_guide(code: str, *, on: date | None = None) -> ItemGuide:
    """This will return materials, limits in words, basis, fee and form. Refuses NotFound."""
    row = _item_row(code, on)
    limits = tuple(_limit(one) for one in ItemLimit.objects.filter(item=row).order_by("ordinal"))
    return ItemGuide(
        item=_item(row),
        materials=tuple(row.materials),
        limits=limits,
        limit_sentences=tuple(limit.sentence for limit in limits),
        limits_text=row.limits_text,
        basis=row.basis,
        fee=row.fee,
        form=tuple(row.form),
        unverified_note="" if row.verified else UNVERIFIED,
    )


def check_form(code: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """This will return the answers to an item's own fields as plain values, as far as given.

    What is empty is asked while it is handled. Refuses BadInput a wrong answer; `field` names it.
    """
    answers, faults = forms.read_answers(_item_row(code, None).form, typed, partly=True)
    for name, sentence in faults.items():
        raise BadInput(sentence, field=name)
    return answers


def code_lists() -> tuple[CodeListRow, ...]:
    """This will return every list of codes with its source and verified flag."""
    counts: dict[str, int] = {}
    for key in Code.objects.filter(active_until__isnull=True).values_list("list_id", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return tuple(
        CodeListRow(
            key=row.key,
            name=row.name,
            source=row.source,
            note=row.note,
            verified=row.verified,
            count=counts.get(row.key, 0),
        )
        for row in CodeList.objects.order_by("key")
    )


def codes_of(list_key: str, *, on: date | None = None) -> tuple[CodeRow, ...]:
    """This will return the codes of a list in force on a day (today), in their order."""
    rows = _in_force(Code.objects.filter(list=list_key), on)
    return tuple(_code(row) for row in rows.order_by("ordinal", "code"))


def code_name(list_key: str, code: str) -> str:
    """This will return the newest name of a code, "" when the list never had it."""
    found = Code.objects.filter(list=list_key, code=code).order_by("-version").first()
    return found.name if found else ""


@editions.kept("catalogue")
def legal_matters() -> tuple[MatterRow, ...]:
    """This will return the legal matters in their order, with their words."""
    words: dict[str, list[str]] = {}
    tied = Keyword.objects.filter(weight__gt=0).order_by("own", "id")
    for key, word in tied.values_list("matter_id", "word"):
        words.setdefault(key, []).append(word)
    return tuple(
        MatterRow(
            code=row.code,
            name=row.name,
            cause_part=row.cause_part,
            keywords=tuple(words.get(row.code, ())),
        )
        for row in LegalMatter.objects.filter(active=True).order_by("ordinal")
    )


def matter_name(code: str) -> str:
    """This will return the name of a legal matter, "" for an unknown code."""
    return _matter_names().get(code, "")


@editions.kept("catalogue")
def _matter_names() -> Mapping[str, str]:
    return dict(LegalMatter.objects.values_list("code", "name"))


@editions.kept("catalogue")
def _matter_words() -> suggesting.Vocabulary:
    tied = Keyword.objects.filter(matter__active=True, weight__gt=0)
    rows = tied.values_list("word", "matter_id", "weight")
    return suggesting.Vocabulary(tuple(suggesting.Word(*row) for row in rows))


def suggest_matters(text: str, *, limit: int = 3) -> tuple[MatterSuggestion, ...]:
    """This will return the likeliest legal matters of a citizen's words, best first.

    Never empty: when no word is known, the answer is "other" with that reason.
    """
    names = {row.code: row.name for row in legal_matters()}
    nothing = (suggesting.Suggestion(suggesting.OTHER, 0.0, ()),)
    found = suggesting.rank(text, _matter_words(), limit=limit) or nothing
    return tuple(
        MatterSuggestion(
            code=one.code,
            name=names[one.code],
            score=round(one.score, 3),
            words=one.words,
            reason=f"提到“{'”“'.join(one.words)}”" if one.words else "没有识别出关键词",
        )
        for one in found
        if one.code in names
    )


def suggest_items(text: str, category: str = "", *, limit: int = 4) -> tuple[ItemSuggestion, ...]:
    """This will return the likeliest service items for the words and the legal matter.

    Never empty while the catalogue holds the consultation item: asking is always possible.
    """
    hints = list(ItemHint.objects.values_list("item_code", "matter_id", "word", "weight"))
    words = tuple(suggesting.Word(word, code, weight) for code, _, word, weight in hints if word)
    by_matter = {code: weight for code, matter, _, weight in hints if matter == category}
    by_matter.setdefault(ASK, 0.1)
    heard = suggesting.rank(text, suggesting.Vocabulary(words), limit=20)
    known = {row.code: row for row in items()}
    ranked = suggesting.merge(heard, by_matter, limit=len(known) or 1)
    name = matter_name(category)
    return tuple(
        ItemSuggestion(
            item=known[one.code],
            score=round(one.score, 3),
            words=one.words,
            reason=_item_reason(one.words, name if one.code in by_matter else ""),
        )
        for one in ranked
        if one.code in known
    )[:limit]


#: The item that is always possible: asking.
ASK = "PLS-YZ008"


def offerings(
    item_code: str, *, region_code: str = "", on: date | None = None
) -> tuple[OfferingRow, ...]:
    """This will return who gives an item on a day (today), within a region when asked."""
    rows = _in_force(Offering.objects.filter(item_code=item_code), on)
    if region_code:
        since, until = codes.span(region_code)
        rows = rows.filter(
            institution__region__code__gte=since, institution__region__code__lt=until
        )
    ordered = rows.select_related("institution", "station").order_by("institution__region", "id")
    return tuple(_offering(row) for row in ordered)


def _in_force(rows: QuerySet[Any], on: date | None) -> QuerySet[Any]:
    day = on or clock.today()
    still = Q(active_until__isnull=True) | Q(active_until__gt=day)
    return rows.filter(still, active_from__lte=day)


def _item_row(code: str, on: date | None) -> Item:
    found: Item | None = _in_force(Item.objects.filter(code=code), on).order_by("-version").first()
    if found is None:
        raise NotFound("事项目录里没有这个事项", way_on="请从事项列表中选择。")
    return found


def _item(row: Item) -> ItemRow:
    return ItemRow(
        id=row.pk,
        code=row.code,
        version=row.version,
        name=row.name,
        kind=row.kind,
        mode=row.mode,
        applicants=tuple(row.applicants),
        fee=row.fee,
        verified=row.verified,
        last_checked_on=row.last_checked_on,
        active_from=row.active_from,
        active_until=row.active_until,
    )


def _limit(row: ItemLimit) -> Limit:
    return Limit(
        step=row.step,
        number=row.number,
        number_until=row.number_until,
        unit=row.unit,
        counted=row.counted,
        local=row.local,
        note=row.note,
    )


def _code(row: Code) -> CodeRow:
    return CodeRow(
        list_key=row.list_id,
        code=row.code,
        name=row.name,
        version=row.version,
        extra=row.extra,
        note=row.note,
        verified=row.verified,
        active_from=row.active_from,
        active_until=row.active_until,
    )


def _item_reason(words: Sequence[str], matter: str) -> str:
    said = [f"提到“{'”“'.join(words)}”"] if words else []
    said += [f"常用于{matter}"] if matter else []
    return "，".join(said) or "任何问题都可以先咨询"


def _offering(row: Offering) -> OfferingRow:
    return OfferingRow(
        id=row.pk,
        item_code=row.item_code,
        institution_id=row.institution_id,
        institution_name=row.institution.name,
        station_id=row.station_id,
        station_name=row.station.name if row.station else "",
        region_code=row.institution.region_id,
        mode=row.mode,
        mode_name=provider_kinds.MODES[row.mode],
        note=row.note,
    )

"""What typed facts must satisfy before they are written. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction

from yike.rooms.core.refusal import BadInput, Clash
from yike.rooms.guard import clean
from yike.rooms.observation import scoring
from yike.rooms.observation.models import Question, Wave


def filled(typed: str, field: str, label: str, *, most: int = 200) -> str:
    """This will return one line, cleaned; refuses an empty one and state secrets."""
    text = line(typed, field, most=most)
    if not text:
        raise BadInput(f"{label}不能为空。", field=field)
    return text


def line(typed: str, field: str, *, most: int = 200) -> str:
    """This will return one line, cleaned, perhaps empty. Refuses state secrets."""
    return clean.text(typed, field=field, most=most).replace("\n", " ")


def one_of(typed: str, words: Mapping[str, str], field: str, label: str) -> str:
    """This will return the word, or refuse one that is not on the list."""
    if typed not in words:
        raise BadInput(f"请选择{label}。", way_on=f"可选：{'、'.join(words.values())}", field=field)
    return typed


def insert(row: models.Model, clash: str) -> None:
    """This will save a new row; a broken uniqueness becomes a Clash and the deed can go on."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as broken:
        raise Clash(clash, way_on="请换一个名称。") from broken


def asked(row: Question) -> scoring.Asked:
    """This will return a question as the rules read it."""
    return scoring.Asked(
        no=row.no, kind=row.kind, words=row.words, dimension=row.dimension, weight=row.weight,
        options=tuple(row.options), right=tuple(row.right), knowledge=row.knowledge,
        source=row.source,
    )  # fmt: skip


def questions(wave: Wave) -> list[scoring.Asked]:
    """This will return the questions of a period's questionnaire."""
    return [asked(row) for row in Question.objects.filter(questionnaire=wave.questionnaire_id)]


def about(wave: Wave) -> dict[str, Any]:
    """This will return what every sentence about a period names."""
    return {"wave_id": wave.pk, "name": wave.name, "region_code": wave.county_code}

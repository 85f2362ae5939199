"""The words of notices: the first set, and what an office makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.notices import events, queries, wording
from yike.rooms.notices.faces import TemplateFace
from yike.rooms.notices.models import Template
from yike.rooms.people import roles
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def edit_template(
    *, code: str, title: str, words: str, by_sms: bool | None = None, seen: int, actor: Actor
) -> TemplateFace:
    """This will give a kind of notice other words, as its next version.

    `seen` is the version that was edited; `by_sms`: whether it also goes out as a short message
    (None leaves it as it is). Refuses with NotAllowed whoever is no director, unknown
    places and empty words with BadInput, and with Clash when somebody else edited it meanwhile.
    """
    if not (actor.has(roles.DIRECTOR) or actor.kind == "system"):
        raise NotAllowed("只有局领导可以修改通知模板。", way_on="请把修改意见告诉局领导。")
    now_used = queries.template(code)
    if now_used.version != seen:
        raise Clash(f"这个模板已被改成第 {now_used.version} 版。", way_on="请看过新版本后再修改。")
    unknown = wording.places_of(title + words) - set(now_used.places)
    if unknown:
        known = "、".join(f"{{{place}}}" for place in now_used.places)
        raise BadInput(
            f"没有这些字段：{'、'.join(sorted(unknown))}。",
            way_on=f"可用的有{known}。",
            field="words",
        )
    if not title.strip() or not words.strip():
        raise BadInput("标题和正文都不能为空。", way_on="请填写后再保存。", field="words")
    face = replace(
        now_used,
        version=seen + 1,
        title=title.strip(),
        words=words.strip(),
        by_sms=now_used.by_sms if by_sms is None else by_sms,
    )
    _add_template(face)
    edited = events.TemplateEdited(template=code, version=face.version)
    trail_actions.record(edited, actor=actor)
    return face


@transaction.atomic
def load_templates(*, templates: Sequence[TemplateFace], actor: Actor) -> int:
    """This will add the templates that are not there yet, as version 1; returns how many."""
    there = set(Template.objects.values_list("code", flat=True))
    fresh = [face for face in templates if face.code not in there]
    for face in fresh:
        _add_template(replace(face, version=1))
    return len(fresh)


def _add_template(face: TemplateFace) -> None:
    Template.objects.create(
        code=face.code,
        version=face.version,
        title=face.title,
        words=face.words,
        places=list(face.places),
        by_sms=face.by_sms,
        urgent=face.urgent,
        made_at=clock.now(),
    )

"""Writing down services given outside orders, and letting the list leave (A2.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import INTERNAL, Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.guard import clean, limits
from yike.rooms.people import purposes
from yike.rooms.providers import access_volunteers as reach
from yike.rooms.providers import entry, events, kinds
from yike.rooms.providers import service_records as words
from yike.rooms.providers.models import Practitioner, ServiceRecord, Volunteer
from yike.rooms.providers.queries.service_records import RecordFilter, ServiceRow, records_in
from yike.rooms.regions import queries as region_queries
from yike.rooms.trail import actions as trail_actions

#: rows of one list, lists of one person in a day
MOST_ROWS = 5000
_PER_DAY, _A_DAY = 20, 86400


@dataclass(frozen=True, kw_only=True)
class ServiceList:
    """Records on their way out, with the words of their purpose."""

    rows: tuple[ServiceRow, ...]
    purpose: str
    reason: str


@transaction.atomic
def record_service(
    *,
    service: str,
    on: date,
    minutes: int,
    region_code: str,
    where: str,
    giver: str,
    client: str,
    result: str,
    words_told: str,
    actor: Actor,
    volunteer_id: UUID | None = None,
    practitioner_id: UUID | None = None,
    people: int = 1,
    file_ids: Sequence[UUID] = (),
    demo: bool = False,
) -> UUID:
    """This will write down a service of one of the ten kinds (S01…S10) given outside orders.

    By those who work in the region, or whoever gave it. `minutes` 1 to 1440, `people` served;
    `file_ids`: loose files that become attachments. Refuses BadInput a day to come, no giver, or
    words that are not on the lists.
    """
    name, own = _giver(giver, volunteer_id, practitioner_id, actor)
    reach.require_giver(actor, region_code, own)
    region_queries.region(region_code)
    if on > clock.today():
        raise BadInput("日期不能晚于今天", field="on")
    if not 1 <= minutes <= 1440 or people < 1:
        raise BadInput("用时应在 1 到 1440 分钟之间，人数至少 1", field="minutes")
    row = ServiceRecord(
        service=entry.one_of(service, kinds.SERVICES, "service", "服务种类"),
        on=on, minutes=minutes, region_id=region_code,
        where=entry.filled(where, "where", "地点"),
        giver=giver, giver_name=name, volunteer_id=volunteer_id,
        practitioner_id=None if volunteer_id else practitioner_id,
        client=entry.one_of(client, words.CLIENTS, "client", "服务对象"),
        people=people,
        result=entry.one_of(result, words.RESULTS, "result", "结果"),
        words=clean.text(words_told, field="words_told", most=2000, least=4),
        noted_at=clock.now(), noted_by=(actor.label or "系统")[:60], demo=demo,
    )  # fmt: skip
    row.save(force_insert=True)
    if file_ids:
        files_actions.attach_files(
            file_ids=file_ids, about="service_record", subject=str(row.pk), level=INTERNAL,
            actor=actor,
        )  # fmt: skip
    recorded = events.ServiceRecorded(
        record_id=row.pk, region_code=region_code, service=kinds.SERVICES[service],
        minutes=minutes,
    )  # fmt: skip
    trail_actions.record(recorded, actor=actor)
    return row.pk


@transaction.atomic
def void_service(*, record_id: UUID, reason: str, actor: Actor) -> None:
    """This will declare a record void; it stays and is counted no more."""
    row = reach.record_for(actor, record_id)
    if row.void_reason:
        raise NotAllowed("这条记录已经作废")
    row.void_reason = entry.filled(reason, "reason", "作废原因")
    row.save(update_fields=["void_reason"])
    voided = events.ServiceVoided(
        record_id=row.pk, region_code=row.region_id, reason=row.void_reason
    )
    trail_actions.record(voided, actor=actor)


@transaction.atomic
def export_services(
    *, filters: RecordFilter, purpose: str, reason: str, actor: Actor
) -> ServiceList:
    """This will let the records that match leave as a list, with purpose and reason recorded.

    Refuses BadInput no known purpose, no rows or more than 5,000; TooMany the 21st list in a day.
    """
    if actor.kind != "staff":
        raise NotAllowed("只有工作人员可以导出服务记录")
    if purpose not in dict(purposes.EXPORTING):
        raise BadInput("请选择导出的用途。", field="purpose")
    why = clean.text(reason, field="reason", most=200, least=4).replace("\n", " ")
    rows = records_in(filters, limit=MOST_ROWS + 1)
    if not 0 < len(rows) <= MOST_ROWS:
        raise BadInput(
            "没有可以导出的记录。" if not rows else "记录太多了。",
            way_on=f"请换个条件，一次最多导出 {MOST_ROWS} 条。",
        )
    limits.allow(what="export", who=actor.ref, per_seconds=_A_DAY, at_most=_PER_DAY)
    named = purposes.name_of(purpose)
    exported = events.ServicesExported(
        region_code=actor.region_from, rows=len(rows), purpose=named, reason=why
    )
    trail_actions.record(exported, actor=actor)
    return ServiceList(rows=rows, purpose=named, reason=why)


def _giver(
    giver: str, volunteer_id: UUID | None, practitioner_id: UUID | None, actor: Actor
) -> tuple[str, bool]:
    """The name by value, and whether it is the actor in person."""
    entry.one_of(giver, words.GIVERS, "giver", "由谁提供")
    field = "volunteer_id" if giver == "volunteer" else "practitioner_id"
    rows = Volunteer.objects if giver == "volunteer" else Practitioner.objects
    ref = volunteer_id if giver == "volunteer" else practitioner_id
    if ref is None:
        raise BadInput("请选择服务人员", field=field)
    found = rows.filter(pk=ref).values_list("name", "account_id").first()
    if found is None:
        raise NotFound("名录里没有这名服务人员")
    name, account = found
    return str(name), account is not None and account == actor.account_id

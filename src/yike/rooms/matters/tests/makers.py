"""A small county for tests: reference data, five offices, their people; demands by real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from yike.rooms.catalogue import reference as catalogue_reference
from yike.rooms.clocks import reference as clocks_reference
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, queries
from yike.rooms.matters.demand import Demand
from yike.rooms.matters.faces import CitizenPage, MatterPage, Receipt
from yike.rooms.people import sealing
from yike.rooms.people.models import Account, Grant
from yike.rooms.providers import actions as providers_actions
from yike.rooms.regions import codes
from yike.rooms.regions import reference as regions_reference

COUNTY, SHIPU, HEPU = "330225000000", "330225101000", "330225103000"
NINGHAI = "330226000000"
#: 金屏社区 of 石浦镇, 大沙村 of 鹤浦镇
JINPING, DASHA = "330225101004", "330225103211"
#: a Monday at ten in the morning
MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=clock.CIVIL)
PHONE = "13857400001"
SYSTEM = actors.system("test")
VISITOR = actors.visitor("portal")


@dataclass(frozen=True, kw_only=True)
class County:
    """Offices by id, people as actors."""

    pool: UUID
    shipu_office: UUID
    hepu_office: UUID
    firm: UUID
    hotline: UUID
    dispatcher: Actor
    director: Actor
    clerk: Actor
    agent: Actor
    wang: Actor
    li: Actor
    zhao: Actor
    lawyer: Actor
    other_lawyer: Actor
    auditor: Actor
    admin: Actor
    #: the county next to it, its pool and their dispatcher
    ninghai: UUID
    qian: Actor
    #: watches the county, takes no orders
    supervisor: Actor


def furnish() -> County:
    """This will load reference data and the cast, in the running transaction of the house."""
    with acting(SYSTEM):
        regions_reference.load_reference(actor=SYSTEM)
        clocks_reference.load_reference(actor=SYSTEM)
        catalogue_reference.load_reference(actor=SYSTEM)
        with clock.at(MONDAY - timedelta(days=400)):
            return _cast()


def _cast() -> County:
    pool = _office("pool", "象山县公共法律服务中心", "centre", COUNTY, pool=True)
    shipu = _office("shipu", "石浦司法所", "office", SHIPU)
    hepu = _office("hepu", "鹤浦司法所", "office", HEPU)
    firm = _office("firm", "海平律师事务所", "law_firm", COUNTY)
    hotline = _office("hotline", "象山12348热线", "hotline", COUNTY, handles_orders=False)
    ninghai = _office("ninghai", "宁海县公共法律服务中心", "centre", NINGHAI, pool=True)
    county = County(
        ninghai=ninghai,
        qian=person("qian", "钱宁海", "dispatcher", ninghai, NINGHAI, level=2),
        supervisor=watcher(),
        pool=pool,
        shipu_office=shipu,
        hepu_office=hepu,
        firm=firm,
        hotline=hotline,
        dispatcher=person("chenpaidan", "陈派单", "dispatcher", pool, COUNTY, level=2),
        director=person("linju", "林局", "director", pool, COUNTY, level=3),
        clerk=person("xuchuang", "徐窗", "clerk", pool, COUNTY),
        agent=person("hurexian", "胡热线", "agent", hotline, COUNTY),
        wang=person("wang", "王所", "officer", shipu, SHIPU),
        li=person("li", "李助理", "officer", shipu, SHIPU),
        zhao=person("zhao", "赵所", "officer", hepu, HEPU),
        lawyer=person("sunlvshi", "孙律师", "practitioner", firm, ""),
        other_lawyer=person("zhoulvshi", "周律师", "practitioner", firm, ""),
        auditor=person("shenji", "审计", "auditor", None, ""),
        admin=person("guanli", "管理", "admin_system", None, ""),
    )
    actions.lay_routes(county=COUNTY, actor=SYSTEM)
    return county


def _office(code: str, name: str, kind: str, region: str, **more: Any) -> UUID:
    more.setdefault("handles_orders", True)
    return providers_actions.register_institution(
        code=code, name=name, kind=kind, region_code=region, actor=SYSTEM, **more
    )


def watcher() -> Actor:
    """This will return somebody who watches the county and takes no orders (监督员)."""
    span = codes.span(COUNTY)
    return Actor(
        kind="staff", ref=str(uuid5(NAMESPACE_URL, "supervisor")), label="方监督",
        region_from=span[0], region_until=span[1], roles=frozenset({"supervisor"}), level=2,
        door="desk",
    )  # fmt: skip


def person(
    username: str, name: str, role: str, org: UUID | None, region: str, *, level: int = 1
) -> Actor:
    """This will make an account with one role and return who they are."""
    account = Account(
        id=new_id(), username=username, display_name=name, created_at=clock.now(), created_by="test"
    )
    Account.objects.bulk_create([account])
    Grant.objects.bulk_create(
        [
            Grant(
                account=account, role=role, org=org, region_code=region, level=level,
                active_from=clock.now(), granted_by="test",
            )
        ]
    )  # fmt: skip
    wide = region and role not in ("practitioner",)
    span = codes.span(region) if wide else ("", "")
    return Actor(
        kind="staff", ref=str(account.id), label=name, org=str(org or ""), region_from=span[0],
        region_until=span[1], roles=frozenset({role}), level=level, door="desk",
    )  # fmt: skip


def demand(**told: Any) -> Demand:
    """This will return a plain demand of a citizen of 金屏社区."""
    usual = {
        "text": "老板拖欠我三个月工资一万二千元，没有签劳动合同，怎么要回来？",
        "region_code": JINPING,
        "name": "张三丰",
        "phone": PHONE,
        "demand_type": "2",
        "category": "B01",
    }
    return Demand(**{**usual, **told})


def opened(actor: Actor = VISITOR, key: str = "", **told: Any) -> Receipt:
    """This will open one matter."""
    with acting(actor):
        return actions.open_matter(demand=demand(**told), key=key or str(new_id()), actor=actor)


def citizen(reference: str, phone: str = PHONE) -> Actor:
    """This will return the citizen who comes back with reference and phone."""
    return VISITOR.claiming(reference, sealing.phone_index(phone))


def do(verb: str, reference: str, actor: Actor, **fields: Any) -> Any:
    """This will do one deed in one transaction, as a door does."""
    with acting(actor):
        return getattr(actions, verb)(reference=reference, actor=actor, **fields)


def worked(county: County, **told: Any) -> str:
    """This will return the reference of a matter that 石浦司法所 has in hand."""
    reference = opened(**told).reference
    do("sign", reference, county.wang)
    return reference


def peer(name: str) -> Actor:
    """This will return another platform."""
    ref = str(uuid5(NAMESPACE_URL, name))
    since, until = codes.span(COUNTY)
    return Actor(
        kind="peer", ref=ref, label=name, level=1, door="wire", region_from=since,
        region_until=until,
    )  # fmt: skip


def page(actor: Actor, reference: str) -> MatterPage:
    """This will return what a member of staff sees of a matter."""
    with acting(actor):
        return queries.matter_page(actor, reference)


def citizens(reference: str) -> CitizenPage:
    """This will return what the citizen sees of a matter."""
    who = citizen(reference)
    with acting(who):
        return queries.citizen_page(who)

"""Every read of platforms that are told: their layers, their codes, what was pushed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.exchange import access, changes, layers, reading
from yike.rooms.exchange.changes import Unmapped
from yike.rooms.exchange.models import CodeTable, Peer, Push, Subscription, Told
from yike.rooms.places import kinds
from yike.rooms.providers.kinds import INSTITUTION_KINDS as HOUSES
from yike.rooms.regions import queries as region_queries

_LATEST = 50


@dataclass(frozen=True, kw_only=True)
class PeerRow:
    """One platform in a list."""

    id: UUID
    name: str
    region_code: str
    ended: bool
    reason: str
    looked_at: datetime | None
    hindrance: str
    layers: int
    #: fate → how many pushes
    waiting: int
    received: int
    bad: int


@dataclass(frozen=True, kw_only=True)
class SubscriptionRow:
    """One layer that may be pushed; `told` counts the points the platform knows."""

    layer: str
    layer_name: str
    active: bool
    fields: tuple[str, ...]
    told: int


@dataclass(frozen=True, kw_only=True)
class PushRow:
    """One push and what became of it."""

    number: int
    layer_name: str
    made_at: datetime
    added: int
    changed: int
    removed: int
    unmapped: int
    table_version: int
    fate: str
    fate_name: str
    tries: int
    receipt: str
    next_at: datetime | None
    #: so many of its points were not taken; they stand first, each with its reason
    refused: int
    points: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A code without theirs, with what it means here where that is not the code itself."""

    kind: str
    kind_name: str
    code: str
    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class TableFace:
    """One version of the table of codes."""

    version: int
    rows: tuple[tuple[str, str, str], ...]
    published_at: datetime
    published_by: str


@dataclass(frozen=True, kw_only=True)
class ListFace:
    """Its own list: from where, and what came of fetching it last. `url` "": it is not fetched."""

    url: str
    layer: str
    crs: str
    metres: int
    layer_name: str
    fetched_at: datetime | None
    fault: str
    report: UUID | None


@dataclass(frozen=True, kw_only=True)
class PeerPage:
    """One platform whole."""

    row: PeerRow
    key_id: UUID
    layers: tuple[SubscriptionRow, ...]
    tables: tuple[TableFace, ...]
    unmapped: tuple[Missing, ...]
    pushes: tuple[PushRow, ...]
    #: decides what it is told
    may: bool
    listed: ListFace


@dataclass(frozen=True, kw_only=True)
class LayerAsked:
    """The fields of one layer, and those the platform is told of."""

    peer_id: UUID
    peer_name: str
    layer_name: str
    fields: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CodesAsked:
    """The table in force as text, with a line for each code that still lacks theirs."""

    peer_id: UUID
    peer_name: str
    version: int
    text: str
    unmapped: tuple[Missing, ...]


def peers_told() -> list[UUID]:
    """This will return the platforms that are told of changes. For the house."""
    return list(Peer.objects.filter(ended_at=None).order_by("id").values_list("id", flat=True))


def peers(actor: Actor, county: str) -> tuple[PeerRow, ...]:
    """This will return the platforms of a county, those in use first."""
    rows = sorted(Peer.objects.filter(county_code=county), key=_order)
    held = Subscription.objects.filter(active=True, peer__in=rows).values_list("peer_id")
    counted = dict(held.annotate(n=Count("id")))
    fates = _fates(rows)
    return tuple(_peer(row, counted.get(row.id, 0), fates) for row in rows)


def peer_page(actor: Actor, ref: UUID) -> PeerPage:
    """This will return one platform with its layers, codes and pushes. Refuses NotFound."""
    peer = access.peer_for(actor, ref)
    subs = list(Subscription.objects.filter(peer=peer))
    active = [one for one in subs if one.active]
    tables = list(CodeTable.objects.filter(peer=peer).order_by("-version")[:_LATEST])
    pushes = Push.objects.filter(peer=peer).order_by("-number")[:_LATEST]
    may = access.links(actor, peer.county_code) and peer.ended_at is None
    return PeerPage(
        row=_peer(peer, len(active), _fates([peer])), key_id=peer.key_id,
        layers=_layers(subs), tables=tuple(_table(one) for one in tables),
        unmapped=_missing(
            reading.unmapped_of(peer, active, reading.codes_of(tables[0] if tables else None))
        ),
        pushes=tuple(_push(one) for one in pushes), may=may, listed=_listed(peer),
    )  # fmt: skip


def peers_with_list() -> tuple[UUID, ...]:
    """This will return the platforms whose list is fetched, for the job."""
    rows = Peer.objects.filter(ended_at=None).exclude(list_url="").order_by("made_at")
    return tuple(rows.values_list("id", flat=True))


def list_address(ref: UUID) -> str:
    """This will return where a platform's list is fetched, "" where it is not."""
    row = Peer.objects.filter(pk=ref, ended_at=None).first()
    return row.list_url if row else ""


def _listed(peer: Peer) -> ListFace:
    layer = layers.LAYERS_BY_ID.get(peer.list_layer)
    return ListFace(
        url=peer.list_url, layer=peer.list_layer, crs=peer.list_crs, metres=peer.list_metres,
        layer_name=layer.title if layer else "", fetched_at=peer.list_fetched_at,
        fault=peer.list_fault, report=peer.list_report,
    )  # fmt: skip


def layer_asked(actor: Actor, ref: UUID, layer_id: str) -> LayerAsked:
    """This will return what may be chosen of a layer. Refuses NotFound."""
    peer = access.peer_for(actor, ref)
    if layer_id not in reading.PUSHED:
        raise NotFound("没有这个图层，或这个图层不推送")
    layer = layers.LAYERS_BY_ID[layer_id]
    held = Subscription.objects.filter(peer=peer, layer=layer_id, active=True).first()
    return LayerAsked(
        peer_id=peer.id, peer_name=peer.name, layer_name=layer.title,
        fields=tuple((one.name, one.title) for one in layer.fields),
        chosen=tuple(held.fields) if held else (),
    )  # fmt: skip


def codes_asked(actor: Actor, ref: UUID) -> CodesAsked:
    """This will return the table of codes to be edited. Refuses NotFound."""
    peer = access.peer_for(actor, ref)
    table = reading.newest_table(peer)
    missing = reading.unmapped_of(peer, reading.active_of(peer), reading.codes_of(table))
    held = [(changes.KINDS[kind], ours, theirs) for kind, ours, theirs in _rows(table)]
    lines = [*held, *((one.kind_name, one.code, "") for one in missing)]
    return CodesAsked(
        peer_id=peer.id, peer_name=peer.name, version=table.version if table else 0,
        text="\n".join(",".join(line) for line in lines), unmapped=_missing(missing),
    )  # fmt: skip


def _order(row: Peer) -> tuple[bool, str]:
    return (row.ended_at is not None, row.name)


def _fates(rows: Sequence[Peer]) -> dict[UUID, tuple[int, int, int]]:
    """Pushes of each platform: on their way, received, refused or lost."""
    counted = Push.objects.filter(peer__in=rows).values_list("peer_id").annotate(
        waiting=Count("id", filter=Q(fate__in=("waiting", "sending"))),
        received=Count("id", filter=Q(fate="received", refused=[])),
        bad=Count("id", filter=reading.NOT_ALL_TAKEN),
    )  # fmt: skip
    return {ref: (waiting, received, bad) for ref, waiting, received, bad in counted}


def _peer(row: Peer, count: int, fates: dict[UUID, tuple[int, int, int]]) -> PeerRow:
    waiting, received, bad = fates.get(row.id, (0, 0, 0))
    return PeerRow(
        id=row.id, name=row.name, region_code=row.region_code, ended=row.ended_at is not None,
        reason=row.reason, looked_at=row.looked_at, hindrance=row.hindrance, layers=count,
        waiting=waiting, received=received, bad=bad,
    )  # fmt: skip


def _layers(subs: Sequence[Subscription]) -> tuple[SubscriptionRow, ...]:
    """Every layer that may be pushed, subscribed or not."""
    known = {one.layer: one for one in subs}
    there = Told.objects.filter(subscription__in=subs, body__isnull=False)
    told = dict(there.values_list("subscription_id").annotate(n=Count("id")))
    found = []
    for layer_id in reading.PUSHED:
        layer, sub = layers.LAYERS_BY_ID[layer_id], known.get(layer_id)
        names = {one.name: one.title for one in layer.fields}
        active = sub is not None and sub.active
        found.append(SubscriptionRow(
            layer=layer_id, layer_name=layer.title, active=active,
            fields=tuple(names.get(one, one) for one in sub.fields) if sub and active else (),
            told=told.get(sub.id, 0) if sub and active else 0,
        ))  # fmt: skip
    return tuple(found)


def _table(row: CodeTable) -> TableFace:
    return TableFace(
        version=row.version, published_at=row.published_at, published_by=row.published_by,
        rows=tuple((changes.KINDS[kind], ours, theirs) for kind, ours, theirs in row.rows),
    )  # fmt: skip


def _missing(found: Sequence[Unmapped]) -> tuple[Missing, ...]:
    towns = region_queries.regions_of({one.code for one in found if one.kind == "town"})
    names = {("town", code): row.name for code, row in towns.items()}
    names |= {("level", str(level)): name for level, name in kinds.LEVELS.items()}
    names |= {("institution_kind", kind): name for kind, name in HOUSES.items()}
    names |= {("status", status): name for status, name in kinds.STATUSES.items()}
    return tuple(
        Missing(
            kind=one.kind, kind_name=one.kind_name, code=one.code, count=one.count,
            name=names.get((one.kind, one.code), ""),
        )
        for one in found
    )  # fmt: skip


def _rows(table: CodeTable | None) -> list[list[str]]:
    return list(table.rows) if table else []


def _push(row: Push) -> PushRow:
    return PushRow(
        number=row.number, layer_name=layers.LAYERS_BY_ID[row.layer].title, made_at=row.made_at,
        added=row.added, changed=row.changed, removed=row.removed,
        unmapped=len(row.unmapped), table_version=row.table_version, fate=row.fate,
        fate_name=changes.FATES[row.fate], tries=row.tries, receipt=row.receipt,
        next_at=row.next_at, refused=len(row.refused),
        points=tuple(point_words(one) for one in changes.with_reasons(row.points, row.refused)),
    )  # fmt: skip


def point_words(one: dict[str, str | int]) -> str:
    """This will say one change for people: 变更 XS-SP-01 石浦站（第 2 版）, and why not."""
    why = f"：没有接收，{one['why']}" if one.get("why") else ""
    if not one["verb"]:
        return f"{one['code']}（不在这次推送里）{why}"
    verb = changes.VERBS[str(one["verb"])]
    return f"{verb} {one['code']} {one['name']}（第 {one['version']} 版）{why}"

"""Reads of how places are kept: terminals and signs, what is complete, sites, codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Sum

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.places import access_upkeep as access
from yike.rooms.places import queries, upkeep
from yike.rooms.places.models import (
    Photo,
    PublicSite,
    QrCode,
    QrDay,
    QrPlace,
    Sign,
    SignCheck,
    Station,
    Terminal,
    Upkeep,
)
from yike.rooms.places.upkeep_faces import (
    CheckRow,
    CoverRow,
    KeptPage,
    KeptRow,
    KindRow,
    PhotoRow,
    PutRow,
    QrRow,
    SiteRow,
)
from yike.rooms.providers import queries as provider_queries
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries


def kept_in(region_code: str, *, facility: str = "") -> tuple[KeptRow, ...]:
    """This will return the stations, terminals and signs that stand in a region, or one kind."""
    since, until = codes.span(region_code)
    wanted = [facility] if facility in access.MODELS else list(access.MODELS)
    found: list[tuple[str, access.Kept]] = []
    for name in wanted:
        rows = access.MODELS[name].objects.filter(region__code__gte=since, region__code__lt=until)
        found += [(name, row) for row in rows.order_by("region_id", "code") if access.is_open(row)]
    return _rows(found)


def kept_page(facility: str, ref: UUID) -> KeptPage:
    """This will return one with its photos and checks. Refuses NotFound."""
    row = access.found(facility, ref)
    more: dict[str, object] = {}
    if isinstance(row, Terminal):
        more = {"model": row.model, "owner": row.owner, "outdoor": row.outdoor,
                "warranty_until": row.warranty_until}  # fmt: skip
    elif isinstance(row, Sign):
        more = {"text_version": row.text_version, "owner": row.owner, "site_id": row.site_id,
                "site_name": row.site.name if row.site else ""}  # fmt: skip
    checks = SignCheck.objects.filter(sign=ref) if facility == "sign" else ()
    return KeptPage(
        row=_rows([(facility, row)])[0],
        photos=tuple(_photo(one) for one in Photo.objects.filter(facility=facility, subject=ref)),
        checks=tuple(
            CheckRow(
                on=one.on, result=one.result, result_name=upkeep.CHECKS[one.result],
                words=one.words, label=one.label,
            )
            for one in checks
        ),
        hindrances=access.hindrances_of(facility, row),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def photo_file(facility: str, ref: UUID, photo_id: UUID) -> UUID:
    """This will return the file of a photo of this place. Refuses NotFound."""
    found = Photo.objects.filter(pk=photo_id, facility=facility, subject=ref).first()
    if found is None:
        raise NotFound("没有这张照片")
    return found.file


def kinds_of(rows: Iterable[KeptRow]) -> tuple[KindRow, ...]:
    """This will sum up how complete entries are, by kind and fact."""
    by_kind: defaultdict[str, list[KeptRow]] = defaultdict(list)
    for row in rows:
        by_kind[row.facility].append(row)
    return tuple(_kind(code, by_kind[code]) for code in upkeep.FACILITIES)


def sites_in(region_code: str) -> tuple[SiteRow, ...]:
    """This will return the public places of a region, with the boards and codes that are there."""
    since, until = codes.span(region_code)
    sites = list(
        PublicSite.objects.filter(
            region__code__gte=since, region__code__lt=until, ended_on=None
        ).order_by("kind", "region_id", "name")
    )
    ids = [row.id for row in sites]
    boards: defaultdict[UUID, int] = defaultdict(int)
    for site in Sign.objects.filter(
        site__in=ids, kind=upkeep.SIGN_KINDS["board"], status="working"
    ).values_list("site", flat=True):
        boards[site] += 1
    hung: defaultdict[UUID, list[str]] = defaultdict(list)
    put = QrPlace.objects.filter(site__in=ids, taken_down_on=None, code__ended_on=None)
    for one in put.select_related("code").order_by("code__name"):
        assert one.site_id is not None
        hung[one.site_id].append(one.code.name)
    paths = region_queries.paths_of({row.region_id for row in sites})
    return tuple(
        SiteRow(
            id=row.id, name=row.name, kind=row.kind, kind_name=upkeep.SITE_KINDS[row.kind],
            region_code=row.region_id, region_name=paths[row.region_id].text, address=row.address,
            owner=row.owner, boards=boards[row.id], codes=tuple(dict.fromkeys(hung[row.id])),
            demo=row.demo,
        )
        for row in sites
    )  # fmt: skip


def cover_of(sites: Iterable[SiteRow]) -> tuple[CoverRow, ...]:
    """This will return how many places of each kind have boards, codes and both."""
    rows = list(sites)
    return tuple(
        _cover(kind, name, [row for row in rows if row.kind == kind])
        for kind, name in upkeep.SITE_KINDS.items()
    )


def codes_in(region_code: str, *, ref: UUID | None = None) -> tuple[QrRow, ...]:
    """This will return the codes used in a region (or one of them), those ended last."""
    since, until = codes.span(region_code)
    rows = QrCode.objects.filter(region__code__gte=since, region__code__lt=until)
    found = list((rows.filter(pk=ref) if ref else rows).order_by("ended_on", "name", "id"))
    ids = [row.id for row in found]
    month = clock.today() - timedelta(days=29)
    days = QrDay.objects.filter(code__in=ids)
    sums = dict(days.values_list("code").annotate(n=Sum("scans")))
    lately = dict(days.filter(day__gte=month).values_list("code").annotate(n=Sum("scans")))
    put: defaultdict[UUID, list[PutRow]] = defaultdict(list)
    for one in QrPlace.objects.filter(code__in=ids):
        put[one.code_id].append(
            PutRow(id=one.id, words=one.words, put_up_on=one.put_up_on,
                   taken_down_on=one.taken_down_on)
        )  # fmt: skip
    paths = region_queries.paths_of({row.region_id for row in found})
    return tuple(
        _code(row, paths[row.region_id].text, put[row.id], sums.get(row.id, 0), lately.get(row.id))
        for row in found
    )


def qr_code(ref: UUID) -> QrRow:
    """This will return one code. Refuses NotFound."""
    row = QrCode.objects.filter(pk=ref).first()
    if row is None:
        raise NotFound("没有这个服务码")
    return codes_in(row.region_id, ref=ref)[0]


def codes_to_check() -> tuple[tuple[UUID, str], ...]:
    """This will return the codes in use that lead to an address: id and target."""
    rows = QrCode.objects.filter(ended_on=None).exclude(target="").order_by("id")
    return tuple(rows.values_list("id", "target"))


def review_of(region_code: str) -> upkeep.Review:
    """This will return how often a county has its entries looked through."""
    county = codes.at_level(region_code, "county") or region_code
    told = provider_queries.norm_values(["facilities.review_days", "facilities.warn_days"], county)
    return upkeep.Review(
        days=told["facilities.review_days"], warn_days=told["facilities.warn_days"]
    )


def _rows(found: list[tuple[str, access.Kept]]) -> tuple[KeptRow, ...]:
    ids = [row.pk for _, row in found]
    kept = {row.subject: row for row in Upkeep.objects.filter(subject__in=ids)}
    seen = set(
        Photo.objects.filter(subject__in=ids, status=upkeep.GOOD).values_list("subject", flat=True)
    )
    checked = set(SignCheck.objects.filter(sign__in=ids).values_list("sign", flat=True))
    paths = region_queries.paths_of({row.region_id for _, row in found})
    if not found:
        return ()
    today, review = clock.today(), review_of(found[0][1].region_id)
    return tuple(
        _row(name, row, kept.get(row.pk), row.pk in seen, row.pk in checked,
             paths[row.region_id].text, today, review)
        for name, row in found
    )  # fmt: skip


def _row(
    facility: str,
    row: access.Kept,
    kept: Upkeep | None,
    seen: bool,
    checked: bool,
    region: str,
    today: date,
    review: upkeep.Review,
) -> KeptRow:
    station = isinstance(row, Station)
    since = row.opened_on if isinstance(row, Station) else row.installed_on
    known = _known(row, seen, checked)
    confirmed = kept.confirmed_on if kept else None
    return KeptRow(
        id=row.pk, facility=facility, facility_name=upkeep.FACILITIES[facility], code=row.code,
        name=row.name, kind=row.get_level_display() if isinstance(row, Station) else row.kind,
        region_code=row.region_id, region_name=region, address=row.address,
        point=None if row.lon is None or row.lat is None else (row.lon, row.lat),
        origin=queries.origin_of(row),
        status="" if station else row.status,  # type: ignore[union-attr]
        status_name="" if station else row.get_status_display(),  # type: ignore[union-attr]
        since=since, published_on=kept.published_on if kept else None, confirmed_on=confirmed,
        confirmed_by=kept.confirmed_by if kept else "",
        stale=review.is_stale(confirmed, since, today), known=known,
        soon=review.is_soon(confirmed, since, today), due_on=review.due_on(confirmed, since),
        complete=upkeep.completeness(facility, known), demo=row.demo,
    )  # fmt: skip


def _known(row: access.Kept, seen: bool, checked: bool) -> dict[str, bool]:
    known = {"point": row.lon is not None, "photo": seen}
    if isinstance(row, Station):
        return known | {"hours": bool(row.hours), "phone": bool(row.phone)}
    if isinstance(row, Terminal):
        return known | {
            "model": bool(row.model), "owner": bool(row.owner),
            "warranty": row.warranty_until is not None,
        }  # fmt: skip
    return known | {"text": bool(row.text_version), "owner": bool(row.owner), "check": checked}


def _kind(code: str, rows: list[KeptRow]) -> KindRow:
    total = len(rows)
    counts = {fact: sum(row.known[fact] for row in rows) for fact in upkeep.FACTS[code]}
    return KindRow(
        facility=code,
        name=upkeep.FACILITIES[code],
        total=total,
        percent=upkeep.percent(sum(counts.values()), total * len(counts)),
        whole=sum(not row.complete.missing for row in rows),
        published=sum(row.published_on is not None for row in rows),
        stale=sum(row.stale for row in rows),
        facts=tuple(
            (name, counts[fact], upkeep.percent(counts[fact], total))
            for fact, name in upkeep.FACTS[code].items()
        ),
    )


def _cover(kind: str, name: str, rows: list[SiteRow]) -> CoverRow:
    total = len(rows)
    boards, hung = sum(bool(row.boards) for row in rows), sum(bool(row.codes) for row in rows)
    both = sum(row.equipped for row in rows)
    return CoverRow(
        kind=kind, name=name, total=total, boards=boards, codes=hung, both=both,
        boards_percent=upkeep.percent(boards, total), codes_percent=upkeep.percent(hung, total),
        both_percent=upkeep.percent(both, total),
    )  # fmt: skip


def _photo(one: Photo) -> PhotoRow:
    return PhotoRow(
        id=one.id, file=one.file, taken_on=one.taken_on, words=one.words, label=one.label,
        direction_name=upkeep.DIRECTIONS[one.direction], status=one.status,
        status_name=upkeep.PHOTO_STATUSES[one.status], reviewer=one.reviewer, reason=one.reason,
    )  # fmt: skip


def _code(row: QrCode, region: str, put: list[PutRow], scans: int, lately: int | None) -> QrRow:
    return QrRow(
        id=row.id, name=row.name, platform=row.platform, target=row.target, slug=row.slug,
        platform_name=upkeep.PLATFORMS[row.platform], picture=row.picture, owner=row.owner,
        region_name=region, registered_on=row.registered_on, ended_on=row.ended_on,
        state=row.state, state_name=upkeep.LINK_STATES[row.state], checked_at=row.checked_at,
        checked_by=row.checked_by, fault=row.fault, places=tuple(put), scans=scans,
        scans_month=lately or 0, demo=row.demo,
    )  # fmt: skip

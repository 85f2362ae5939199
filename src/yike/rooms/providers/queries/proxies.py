"""Reading who takes papers on in a village; all of it is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.providers import kinds, proxies
from yike.rooms.providers.models import Proxy
from yike.rooms.regions import codes


@dataclass(frozen=True, kw_only=True)
class ProxyRow:
    """One proxy as published."""

    id: UUID
    kind: str
    kind_name: str
    village_code: str
    name: str
    unit: str
    services: tuple[str, ...]
    where: str
    hours: str
    phone: str
    active_from: date
    demo: bool

    @property
    def services_sentence(self) -> str:
        """What they take papers on for, in words."""
        return "、".join(kinds.SERVICES[one] for one in self.services)


def proxies_in(region_code: str, *, on: date | None = None) -> tuple[ProxyRow, ...]:
    """This will return the proxies in force on a day (today) in a county, town or village."""
    since, until = codes.span(region_code)
    day = on or clock.today()
    rows = Proxy.objects.filter(
        Q(active_until__isnull=True) | Q(active_until__gt=day), active_from__lte=day,
        village_id__gte=since, village_id__lt=until,
    )  # fmt: skip
    return tuple(_row(row) for row in rows.order_by("village_id", "kind", "name", "id"))


def _row(row: Proxy) -> ProxyRow:
    return ProxyRow(
        id=row.pk, kind=row.kind, kind_name=proxies.KINDS[row.kind], village_code=row.village_id,
        name=row.name, unit=row.unit, services=tuple(row.services), where=row.where,
        hours=row.hours, phone=row.phone, active_from=row.active_from, demo=row.demo,
    )  # fmt: skip

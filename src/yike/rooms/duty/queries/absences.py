"""What is known of a shift whose person did not come, for whoever watches over quality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.core.refusal import NotFound
from yike.rooms.duty.faces import ShiftRow
from yike.rooms.duty.models import CallAsk, CallOut, CheckMiss, Shift
from yike.rooms.duty.queries.rows import shift_row


@dataclass(frozen=True, kw_only=True)
class Absence:
    """One shift and who was not there. Calls and misses are seen by the house and who plans."""

    shift: ShiftRow
    region_code: str
    institution_id: UUID
    institution_name: str
    demo: bool
    #: when the absence was reported, and why; None when nobody did
    reported_at: datetime | None
    reason: str
    #: everybody who could stand in was asked, or there is nobody
    failed: bool
    #: the rules of check-in found that nobody came
    missed_at: datetime | None
    #: who stands in; "" nobody
    substitute: str

    @property
    def late(self) -> bool:
        """Whether it became known only once the shift had begun."""
        known = self.reported_at or self.missed_at
        return known is not None and known >= self.shift.from_at


def absence(shift_id: UUID) -> Absence:
    """This will return what is known of a shift nobody came to. Refuses NotFound."""
    rows = Shift.objects.select_related("post__institution", "replaced_by")
    row = rows.filter(pk=shift_id).first()
    if row is None:
        raise NotFound("没有这个班次。", way_on="请从值班表重新进入。")
    call = CallOut.objects.filter(shift=row).order_by("-began_at").first()
    miss = CheckMiss.objects.filter(shift=row).first()
    return Absence(
        shift=shift_row(row),
        region_code=row.post.region_code,
        institution_id=row.post.institution_id,
        institution_name=row.post.institution.name,
        demo=row.demo,
        reported_at=call.began_at if call else None,
        reason=call.reason if call else "",
        failed=call is not None and call.state == "failed",
        missed_at=miss.missed_at if miss else None,
        substitute=row.replaced_by.name if row.replaced_by else "",
    )


def asked_of(call_id: UUID) -> tuple[UUID, ...]:
    """This will return the accounts asked to stand in that have not answered, in their order."""
    rows = CallAsk.objects.filter(call=call_id, asked_at__isnull=False, answer="")
    found = rows.order_by("rank").values_list("account_id", flat=True)
    return tuple(one for one in found if one is not None)

"""法律服务导览图 to print: a town or the county on one sheet, as a page and as PDF."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from yike.doors.kit import door, press
from yike.doors.kit.pages import show
from yike.doors.portal import print_faces
from yike.doors.portal.county import county
from yike.doors.portal.print_faces import Sheet
from yike.rooms.core.actor import Actor
from yike.rooms.guard import limits

#: sheets for one address in ten minutes: a hall may share one
_SHEETS = 60


@door.open
@require_GET
def guide_page(request: HttpRequest) -> HttpResponse:
    """This will show the sheet as a page that prints itself, for where no PDF can be made."""
    return _page(request, _sheet(request))


@door.open
@require_GET
def guide_pdf(request: HttpRequest) -> HttpResponse:
    """This will set the sheet as PDF; without a Chinese font the page says so and prints."""
    sheet = _sheet(request)
    try:
        content = press.pdf("guide", sheet.told)
    except press.NoFont as no:
        return _page(request, sheet, no=f"{no.sentence}{no.way_on}", status=no.status)
    return press.sent(content, f"{sheet.title}.pdf", public=True)


def _sheet(request: HttpRequest) -> Sheet:
    address = cast(Actor, request.actor).address  # type: ignore[attr-defined]
    limits.allow(what="map.print", who=address, per_seconds=600, at_most=_SHEETS)
    asked = request.GET.get("town", "")
    live = settings.YIKE.public_url.rstrip("/") + reverse("portal:map")
    return print_faces.sheet(
        county(), asked, paper=request.GET.get("paper", ""), live=live,
        approval=settings.YIKE.map_approval,
    )  # fmt: skip


def _page(request: HttpRequest, sheet: Sheet, *, no: str = "", status: int = 200) -> HttpResponse:
    chart = mark_safe(sheet.told["chart"])  # noqa: S308 - drawn by the kit, its words escaped
    qr = mark_safe(sheet.told["qr"])  # noqa: S308 - modules of a code
    more = {"chart": chart, "qr": qr, "no": no}
    return show(request, "portal/guide_print.html", sheet, status=status, **more)

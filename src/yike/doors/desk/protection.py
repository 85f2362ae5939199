"""How data is protected, for whoever answers for it: field classes, packages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from yike.doors.desk import seat
from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.rooms.guard import fields as guard_fields
from yike.rooms.guard import supply as guard_supply


@door.staff(roles=seat.PROTECTORS)
@require_GET
def fields(request: HttpRequest) -> HttpResponse:
    """This will list every column that can hold words: class, purpose, who sees it, how."""
    wanted = request.GET.get("class", "")
    rows = guard_fields.register()
    counts = {
        code: (name, sum(row.code == code for row in rows))
        for code, name in guard_fields.CLASSES.items()
    }
    face = [row for row in rows if not wanted or row.code == wanted]
    return show(request, "desk/fields.html", face, counts=counts, wanted=wanted)


@door.staff(roles=seat.SUPPLIERS)
@require_GET
def supply(request: HttpRequest) -> HttpResponse:
    """This will list every package the house runs on, and what changed in the locks."""
    face = guard_supply.packages()
    more: dict[str, Any] = {
        "updates": guard_supply.updates()[:100],
        "faults": guard_supply.faults(),
    }
    return show(request, "desk/supply.html", face, **more)


@door.staff(roles=seat.SUPPLIERS)
@require_GET
def sbom(request: HttpRequest) -> HttpResponse:
    """This will hand out the list as CycloneDX."""
    answer = JsonResponse(guard_supply.bill(), json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Disposition"] = 'attachment; filename="yike-sbom.cdx.json"'
    return answer

"""A county's rules for its flow: read, tried, and set as a new version with a reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from yike.doors.desk import choices, seat
from yike.doors.desk.forms.policy import FlowPolicy
from yike.doors.kit import door
from yike.doors.kit.pages import go, show
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import codes, flow
from yike.rooms.matters import queries as matters_queries


@door.staff(roles=seat.REGISTER_READERS)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """This will show the rules; a dispatcher or director previews and sets a new version."""
    actor, county = seat.who(request), choices.county()
    now = matters_queries.flow_policy(county)
    edits = matters_queries.may_set_policy(actor, county)
    sent = request.method == "POST" and edits
    form = FlowPolicy(request.POST if sent else None, before=now)
    if "save" in request.POST and seat.done(
        form, matters_actions.set_flow_policy, county_code=county, actor=actor
    ):
        return go(request, "desk:flow_policy")
    face = matters_queries.policy_versions(actor, county)
    return show(request, "desk/flow_policy.html", face, status=seat.status_of(form),
                edits=edits, form=form, **_drawn(now), **_preview(form, county))  # fmt: skip


def _preview(form: FlowPolicy, county: str) -> dict[str, Any]:
    if not (form.is_bound and form.is_valid()):
        return {}
    changed, faults = matters_queries.policy_preview(county, form.policy())
    return {"previewed": True, "changed": changed, "faults": faults}


def _drawn(now: flow.Policy) -> dict[str, Any]:
    names = {row.verb: row.label for row in flow.ROWS}
    return {
        "version": now.version,
        "accept": now.accept,
        "review": [codes.DEMAND_TYPES[one] for one in sorted(now.review)],
        "off": [names[one] for one in sorted(now.off)],
        "told": [(names[verb], words) for verb, words in now.told.items()],
        "caps": [(label, now.cap(name)) for name, (label, *_) in flow.CAPS.items()],
    }

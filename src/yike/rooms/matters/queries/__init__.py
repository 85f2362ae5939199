"""Every read of matters: frozen faces, masked for the one who asks."""

from yike.rooms.matters.queries.assigning import (
    advice,
    assignment_policy,
    assignment_preview,
    assignment_versions,
    candidates_for,
    shares,
    unfilled,
)
from yike.rooms.matters.queries.course import (
    carried_by,
    flow_policy,
    may_set_policy,
    policy_preview,
    policy_versions,
    redo_rate,
    route_suggestions,
    type_changes,
)
from yike.rooms.matters.queries.desk import (
    dossier,
    references_of,
    route_of,
    waiting_counts,
)
from yike.rooms.matters.queries.duplicates import (
    Duplicate,
    duplicates_of_words,
    suggest_duplicates,
)
from yike.rooms.matters.queries.durations import Durations, durations
from yike.rooms.matters.queries.efforts import EffortFace, EffortRow, effort_of, efforts_in
from yike.rooms.matters.queries.figures import board, came_by_category, came_by_town
from yike.rooms.matters.queries.lists import (
    earlier_of,
    find_matters,
    matters_matching,
    matters_waiting_for,
)
from yike.rooms.matters.queries.nearest import next_help
from yike.rooms.matters.queries.office import coverage_gaps, draft, received_at, routes, tickets
from yike.rooms.matters.queries.pages import (
    citizen_page,
    contact_of,
    matter_page,
    receipt_of,
)
from yike.rooms.matters.queries.pressed import pressed, stalled_promises
from yike.rooms.matters.queries.pressure import pressure
from yike.rooms.matters.queries.records import consultations, custody_proof, trail_of
from yike.rooms.matters.queries.service import (
    answered_between,
    answered_by,
    may,
    open_by_office,
    open_since,
    service_of,
    services,
)
from yike.rooms.matters.queries.spoken import Spoken, feedback_between

__all__ = [
    "Duplicate",
    "Durations",
    "EffortFace",
    "EffortRow",
    "Spoken",
    "advice",
    "answered_between",
    "answered_by",
    "assignment_policy",
    "assignment_preview",
    "assignment_versions",
    "board",
    "came_by_category",
    "came_by_town",
    "candidates_for",
    "carried_by",
    "citizen_page",
    "consultations",
    "contact_of",
    "coverage_gaps",
    "custody_proof",
    "dossier",
    "draft",
    "duplicates_of_words",
    "durations",
    "earlier_of",
    "effort_of",
    "efforts_in",
    "feedback_between",
    "find_matters",
    "flow_policy",
    "matter_page",
    "matters_matching",
    "matters_waiting_for",
    "may",
    "may_set_policy",
    "next_help",
    "open_by_office",
    "open_since",
    "policy_preview",
    "policy_versions",
    "pressed",
    "pressure",
    "receipt_of",
    "received_at",
    "redo_rate",
    "references_of",
    "route_of",
    "route_suggestions",
    "routes",
    "service_of",
    "services",
    "shares",
    "stalled_promises",
    "suggest_duplicates",
    "tickets",
    "trail_of",
    "type_changes",
    "unfilled",
    "waiting_counts",
]

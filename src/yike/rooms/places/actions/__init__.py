"""Every write of this room. Nothing is ever removed: what ends gets a last day and a successor."""

from yike.rooms.places.actions.decisions import (
    award_grade,
    file_appeal,
    grant_appeal,
    import_grade,
    lower_grade,
    refuse_grade,
    uphold_decision,
)
from yike.rooms.places.actions.exports import GradeList, export_grades
from yike.rooms.places.actions.facilities import (
    register_sign,
    register_terminal,
    set_facility_status,
)
from yike.rooms.places.actions.grades import (
    agree_with_rest,
    answer_criterion,
    begin_assessment,
    conclude_review,
    drop_assessment,
    reconsider_review,
    review_criterion,
    send_back,
    submit_assessment,
)
from yike.rooms.places.actions.lineage import merge_stations, split_station
from yike.rooms.places.actions.schemes import (
    draft_scheme,
    drop_criterion,
    drop_scheme,
    publish_scheme,
    revise_scheme,
    set_criterion,
    set_grades,
)
from yike.rooms.places.actions.spaces import register_space, revise_space, set_space_status
from yike.rooms.places.actions.stations import (
    close_station,
    register_station,
    revise_station,
)

__all__ = [
    "GradeList",
    "agree_with_rest",
    "answer_criterion",
    "award_grade",
    "begin_assessment",
    "close_station",
    "conclude_review",
    "draft_scheme",
    "drop_assessment",
    "drop_criterion",
    "drop_scheme",
    "export_grades",
    "file_appeal",
    "grant_appeal",
    "import_grade",
    "lower_grade",
    "merge_stations",
    "publish_scheme",
    "reconsider_review",
    "refuse_grade",
    "register_sign",
    "register_space",
    "register_station",
    "register_terminal",
    "review_criterion",
    "revise_scheme",
    "revise_space",
    "revise_station",
    "send_back",
    "set_criterion",
    "set_facility_status",
    "set_grades",
    "set_space_status",
    "split_station",
    "submit_assessment",
    "uphold_decision",
]

"""Every write of the room."""

from yike.rooms.observation.actions.asking import answer, make_codes, spoil_code, type_in
from yike.rooms.observation.actions.exporting import FigureList, export_figures
from yike.rooms.observation.actions.points import end_point, set_up_point
from yike.rooms.observation.actions.questionnaires import (
    draft_questionnaire,
    draft_version,
    drop_question,
    move_questionnaire,
    put_question,
    verify_source,
)
from yike.rooms.observation.actions.waves import close_wave, open_wave, plan_sample, plan_wave

__all__ = [
    "FigureList",
    "answer",
    "close_wave",
    "draft_questionnaire",
    "draft_version",
    "drop_question",
    "end_point",
    "export_figures",
    "make_codes",
    "move_questionnaire",
    "open_wave",
    "plan_sample",
    "plan_wave",
    "put_question",
    "set_up_point",
    "spoil_code",
    "type_in",
    "verify_source",
]

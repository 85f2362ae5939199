"""Every read of the room."""

from yike.rooms.observation.queries.answering import AskPage, code_held, paper_page
from yike.rooms.observation.queries.pages import (
    Overview,
    PointRow,
    QuestionnairePage,
    QuestionnaireRow,
    QuestionRow,
    WaveRow,
    overview,
    questionnaire_page,
)
from yike.rooms.observation.queries.waves import (
    CodeRow,
    IndexRow,
    Layer,
    PointPage,
    WavePage,
    point_page,
    wave_page,
)

__all__ = [
    "AskPage",
    "CodeRow",
    "IndexRow",
    "Layer",
    "Overview",
    "PointPage",
    "PointRow",
    "QuestionRow",
    "QuestionnairePage",
    "QuestionnaireRow",
    "WavePage",
    "WaveRow",
    "code_held",
    "overview",
    "paper_page",
    "point_page",
    "questionnaire_page",
    "wave_page",
]

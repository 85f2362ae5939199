"""Grades of stations in every state that a page shows, made by the actions that doors use."""

from __future__ import annotations

from uuid import UUID

from checks.scene import Scene
from yike.demo import cast
from yike.rooms.files import actions as files_actions
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions as places_actions
from yike.rooms.places import grades, schemes


def graded(scene: Scene) -> None:
    """This will let 石浦 begin to assess, 鹤浦's wait for review, and draft a scheme."""
    officer, director = scene.actors["officer"], scene.actors["director"]
    with acting(officer):
        made = places_actions.begin_assessment(station_id=UUID(scene.ids["station"]), actor=officer)
        kept = files_actions.keep_file(
            name="门头.txt",
            content="门头照片另附".encode(),
            claim=f"grade-{made.hex}",
            actor=officer,
        )
        places_actions.answer_criterion(
            assessment_id=made, code="A1", value=8, file_ids=[kept.id], actor=officer
        )
    with acting(director):
        like = schemes.schemes_in(cast.COUNTY)[0].id
        draft = places_actions.draft_scheme(
            county_code=cast.COUNTY, name="新标准", source="县司法局", like=like, actor=director
        )
        rows = grades.overview(director, cast.COUNTY, state="submitted")
    judged = next(row.last.id for row in rows if row.last and "鹤浦" in row.station.name)
    scene.ids |= {
        "grade": str(made), "grade_file": str(kept.id), "scheme": str(like),
        "scheme_draft": str(draft), "submitted": str(judged),
    }  # fmt: skip

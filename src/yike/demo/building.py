"""The demonstration's building plan, made by real actions on the days they would have been done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

import yaml

from yike.demo import cast, stage
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.plans import actions as plans_actions
from yike.rooms.plans import queries as plans_queries
from yike.rooms.plans.queries import ProjectFilter


@cache
def told() -> tuple[dict[str, Any], ...]:
    """This will return the projects of the play."""
    file = resources.files("yike.demo").joinpath("data/building.yaml")
    return tuple(yaml.safe_load(file.read_text(encoding="utf-8")))


def plan_them(offices: dict[str, UUID], *, actor: Actor) -> None:
    """This will take the projects into the plan and build them as far as they are told to be."""
    if plans_queries.board(actor, ProjectFilter(county=cast.COUNTY)).total:
        return
    play = _Play(today=clock.today(), actor=actor)
    for row in told():
        play.play(row, offices[row["office"]])


@dataclass(frozen=True, kw_only=True)
class _Play:
    """Who plays, and the day from which all others are counted."""

    today: date
    actor: Actor

    def play(self, row: dict[str, Any], office: UUID) -> None:
        """This will plan one project and build it as far as it is told to be."""
        actor = self.actor
        with self._on(min(row["from"], 0) - 10):
            project = plans_actions.plan_project(
                county_code=cast.COUNTY, region_code=row["region"], name=row["name"],
                kind=row["kind"], level=row["level"], institution_id=office, site=row["site"],
                planned_from=self._day(row["from"]), planned_until=self._day(row["until"]),
                demo=True,
                milestones=[(name, self._day(due)) for name, due, _, _ in row["milestones"]],
                actor=actor,
            )  # fmt: skip
            for name, source, planned, *_ in row["budget"]:
                plans_actions.set_budget(
                    project_id=project, name=name, source=source, planned_fen=planned * 100,
                    actor=actor,
                )  # fmt: skip
        if row["end"] != "planned":
            self._build(row, project)

    def _build(self, row: dict[str, Any], project: UUID) -> None:
        actor = self.actor
        with self._on(row["from"]):
            plans_actions.move_project(
                project_id=project, verb="begin", words="按计划开工。", actor=actor
            )
        face = plans_queries.project_page(actor, project)
        refs = {one.name: one.id for one in face.project.milestones}
        for name, due, reached, why in row["milestones"]:
            step: dict[str, Any] = {
                "project_id": project,
                "milestone_id": refs[name],
                "actor": actor,
            }
            if reached is not None:
                with self._on(reached):
                    plans_actions.reach_milestone(
                        reached_on=self._day(reached), late_reason=why, **step
                    )
            elif why:
                with self._on(due + 3):
                    plans_actions.explain_delay(reason=why, expected_on=self._day(due + 60), **step)
        for line, (_, _, _, contracted, spent, why) in zip(face.budget, row["budget"], strict=True):
            plans_actions.spend(
                project_id=project, line_id=line.id, contracted_fen=contracted * 100,
                spent_fen=spent * 100, over_reason=why, actor=actor,
            )  # fmt: skip
        if row["end"] in ("finished", "accepted"):
            with self._on(min(row["until"] - 10, -3)):
                plans_actions.move_project(
                    project_id=project, verb="finish", words="各项已完成，请组织验收。", actor=actor
                )
        if row["end"] == "accepted":
            self._accept(row, project)

    def _accept(self, row: dict[str, Any], project: UUID) -> None:
        actor = self.actor
        words, mended, checked = row["finding"]
        with self._on(row["until"] - 6):
            plans_actions.inspect_project(
                project_id=project, words="现场查看，有一处要整改。", findings=[words],
                mend_until=self._day(row["until"] - 2), actor=actor,
            )  # fmt: skip
            [found] = plans_queries.project_page(actor, project).findings
        one: dict[str, Any] = {"project_id": project, "finding_id": found.id, "actor": actor}
        with self._on(row["until"] - 3):
            plans_actions.mend_finding(words=mended, **one)
        with self._on(row["until"] - 1):
            plans_actions.recheck_finding(passed=True, words=checked, **one)
            plans_actions.inspect_project(project_id=project, words="验收通过。", actor=actor)
            plans_actions.link_station(
                project_id=project, station_code=stage.code(row["station"]), actor=actor
            )

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    @contextmanager
    def _on(self, days: int) -> Iterator[None]:
        """The clock stands at ten of a day so many days from today."""
        with clock.at(datetime.combine(self._day(days), time(10), tzinfo=clock.CIVIL)):
            yield

"""The tables of plans: task forces with their tasks; building projects with what they cost."""

from yike.rooms.plans.models.building import (
    BudgetLine,
    Finding,
    Inspection,
    Milestone,
    Project,
    ProjectReport,
)
from yike.rooms.plans.models.forces import (
    Member,
    Task,
    TaskDepartment,
    TaskForce,
    TaskReport,
    TaskStep,
)

__all__ = [
    "BudgetLine",
    "Finding",
    "Inspection",
    "Member",
    "Milestone",
    "Project",
    "ProjectReport",
    "Task",
    "TaskDepartment",
    "TaskForce",
    "TaskReport",
    "TaskStep",
]

"""The tables of reach: the circle with its data and runs; plans of sites on top of a run."""

from yike.rooms.reach.models.circle import Network, PopulationSet, Run, Timetable, Yardstick
from yike.rooms.reach.models.needs import Season, TerminalRating, TerminalScheme
from yike.rooms.reach.models.sites import SitingPlan

__all__ = [
    "Network",
    "PopulationSet",
    "Run",
    "Season",
    "SitingPlan",
    "TerminalRating",
    "TerminalScheme",
    "Timetable",
    "Yardstick",
]

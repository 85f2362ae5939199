"""Furnishes a new house with the first set of notice templates."""

from __future__ import annotations

from yike.rooms.core.actor import Actor
from yike.rooms.notices import actions, texts


def load_reference(*, actor: Actor) -> None:
    """This will put the first set into the table; what an office has edited stays."""
    actions.load_templates(templates=tuple(texts.DEFAULTS.values()), actor=actor)

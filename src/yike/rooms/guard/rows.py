"""Runs a room's rows.sql inside a migration."""

from __future__ import annotations

from importlib import resources

from django.db.migrations.operations import RunSQL


def install(room: str) -> RunSQL:
    """This will return the migration operation that sets the row-security policies of a room."""
    sql = resources.files(f"yike.rooms.{room}").joinpath("rows.sql").read_text(encoding="utf-8")
    return RunSQL(sql or "select 1", RunSQL.noop)

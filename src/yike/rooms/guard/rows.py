"""Runs a room's rows.sql inside a migration; tables that came later have a file of their own."""

from __future__ import annotations

from importlib import resources

from django.db.migrations.operations import RunSQL


def install(room: str, file: str = "rows.sql") -> RunSQL:
    """This will return the migration operation that sets the row-security policies of a room.

    `file`: rows.sql for the tables of 0001; rows_<noun>.sql for tables of a later migration, since
    an earlier one runs on a house that has not got them yet.
    """
    sql = resources.files(f"yike.rooms.{room}").joinpath(file).read_text(encoding="utf-8")
    return RunSQL(sql or "select 1", RunSQL.noop)

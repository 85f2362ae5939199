"""Takes the play down: every row marked as demonstration, and what hangs on it. History stays.

Runs as the owner of the tables: the application itself may never remove a matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.trail import actions as trail_actions

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, kw_only=True)
class DemoCleared(Event):
    """The demonstration data was taken down."""

    rows: int

    SENTENCE = "清除演示数据，共 {rows} 行"


def clear_everything(connection: Connection) -> int:
    """This will remove all demonstration rows in one transaction and return how many.

    `connection`: psycopg, as the tables' owner. What real people hung on a demonstration row (a
    grant in a demonstration office, say) goes with it; entries of the trail are never removed.
    """
    with connection.transaction():
        lines = statements(connection.execute(_FOREIGN).fetchall())
        loose = [(table, _ids(connection, found)) for table, found in _LOOSE]
        removed = sum(connection.execute(line).rowcount for line in lines)
        for table, ids in loose:
            line = f"delete from {table} where id = any(%s)"  # noqa: S608
            removed += connection.execute(line, [ids]).rowcount
    return removed


def tell(removed: int, *, actor: Actor) -> None:
    """This will leave the entry that says so."""
    trail_actions.record(DemoCleared(rows=removed), actor=actor)


#: what a matter points to, or what points to it without a foreign key: found before it goes
_LOOSE = (
    ("notices_notice", "select n.id from notices_notice n join matters_matter m"
     " on n.subject = m.id::text where n.about = 'matter' and m.demo"),
    ("notices_notice", "select n.id from notices_notice n where n.about in ('callback',"
     " 'rectification', 'alert', 'complaint', 'rating', 'dailycheck') and n.subject in ("
     " select id::text from quality_callback where demo"
     " union select id::text from quality_rectification where demo"
     " union select id::text from quality_alert where demo"
     " union select id::text from quality_complaint where demo"
     " union select id::text from quality_rating where demo"
     " union select id::text from quality_dailycheck where demo)"),
    ("notices_notice", "select n.id from notices_notice n join booking_booking b"
     " on n.subject = b.id::text where n.about = 'booking' and b.demo"),
    ("matters_assignmentshare", "select s.id from matters_assignmentshare s"
     " join people_account a on a.id = s.account where a.demo"),
    ("matters_assignmentweight", "select w.id from matters_assignmentweight w"
     " join people_account a on a.id = w.account where a.demo"),
    ("people_party", "select party_id from matters_matter where demo and party_id is not null"),
    ("people_party", "select party_id from booking_booking where demo and party_id is not null"),
    ("people_party", "select party_id from quality_complaint where demo and party_id is not null"),
    ("files_file", "select file_id from matters_attachment a join matters_matter m"
     " on m.id = a.matter_id where m.demo"),
    ("files_file", "select f.id from files_file f join places_gradeassessment g"
     " on f.subject = g.id::text join places_station s on s.id = g.station_id"
     " where f.about = 'grade' and s.demo"),
)  # fmt: skip
#: every foreign key: table, column, table it points to, its key
_FOREIGN = """
select c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, f.attname
from pg_constraint c
join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
where c.contype = 'f' and array_length(c.conkey, 1) = 1
"""
#: clocks point to their subject by kind and id
_CLOCKS = (
    "subject_id in (select id from matters_matter where demo"
    " union select id from quality_callback where demo"
    " union select id from quality_rectification where demo"
    " union select id from quality_alert where demo"
    " union select id from quality_complaint where demo)"
)
ROOTS = (
    "observation_wave", "observation_questionnaire", "observation_point",
    "quality_dailycheck", "quality_rectification", "quality_alert", "quality_complaint",
    "booking_booking", "booking_pattern", "duty_circuit", "duty_roster", "duty_post",
    "providers_proxy", "matters_matter", "matters_route", "places_station",
    "places_terminal", "places_sign", "places_gradescheme", "places_qrcode", "places_publicsite",
    "providers_servicerecord", "providers_volunteertask", "providers_volunteerteam",
    "providers_volunteer", "providers_volunteerrules",
    "people_apikey", "people_account", "providers_dutyteam", "providers_advisercontract",
    "providers_joining", "providers_kindcharge", "providers_localnorm", "providers_practitioner",
    "plans_project", "providers_institution", "plans_taskforce",
)  # fmt: skip

#: what the circle is measured with has no mark of its own: taken in by the play's house, and named
_SKETCHED = (
    ("reach_populationset", "taken_by = 'demo' and name like '%（演示%'"),
    ("reach_network", "taken_by = 'demo' and source like '%（演示%'"),
    ("reach_timetable", "taken_by = 'demo' and source like '%（演示%'"),
)


Edges = list[tuple[str, str, str, str]]


def statements(edges: Edges) -> list[str]:
    """This will return the deletions, leaves before roots, from the foreign keys there are."""
    marked = [("clocks_clock", _CLOCKS), *_SKETCHED, *((root, "demo") for root in ROOTS)]
    return [line for table, where in marked for line in _below(table, where, edges, (table,))]


def _below(table: str, where: str, edges: Edges, path: tuple[str, ...]) -> list[str]:
    lines: list[str] = []
    for child, column, parent, key in edges:
        if parent == table and child not in path:
            inside = f"{column} in (select {key} from {table} where {where})"  # noqa: S608
            lines += _below(child, inside, edges, (*path, child))
    return [*lines, f"delete from {table} where {where}"]  # noqa: S608


def _ids(connection: Connection, found: str) -> list[object]:
    return [row[0] for row in connection.execute(found).fetchall()]

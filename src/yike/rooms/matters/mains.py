"""How the main demand gets on, for the citizen whose own was merged into it."""

from __future__ import annotations

from datetime import UTC

from yike.rooms.core import prepared
from yike.rooms.matters import codes, flow, names, timeline
from yike.rooms.matters.faces import MainProgress, TimelineLine
from yike.rooms.matters.models import Matter


def progress(matter: Matter) -> tuple[MainProgress | None, tuple[TimelineLine, ...]]:
    """This will return the main's progress and what its citizen was told since; nothing private.

    The database lets through only how far it is, who has it and by when (rows_flow.sql).
    """
    if matter.state != flow.MERGED:
        return None, ()
    found = prepared.run("select * from matters_main_progress(%s)", [matter.id])
    if not found:
        return None, ()
    state, holder, due, result, _same, _main = found[0]
    main = MainProgress(
        state_name=flow.STATES[state],
        holder_name=names.orgs([holder]).get(holder, ""),
        due_at=due.astimezone(UTC) if due else None,
        ended=state in flow.ENDED,
        result_name=(codes.RESULTS | codes.ENDINGS).get(result, ""),
    )
    heard = prepared.run("select * from matters_main_heard(%s)", [matter.id])
    return main, timeline.heard(heard)

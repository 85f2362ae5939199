"""`./yike map use FILE`: puts a built base map into service; the files are kept by places."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from yike.rooms.places import basemaps
from yike.rooms.places.basemaps import ground_beside, look
from yike.rooms.regions.ground import Base

__all__ = ["ground_beside", "look", "use"]


def use(file: Path, state_dir: Path) -> Base:
    """This will make an archive the base of all maps. Raises NotMapped for one that is not whole.

    The one used before stays, for pages that are open and for going back; older ones are deleted
    unless they wait on the page of base maps.
    """
    folder = state_dir / "maps"
    name, about = basemaps.lay(folder, file)
    before = basemaps.in_service(folder)
    base = Base(
        name=name,
        bounds=about["bounds"],
        credit=about["credit"],
        source=file.name,
        used_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        approval=before.approval if before and before.name == name else "",
    )
    basemaps.use(folder, base)
    return base

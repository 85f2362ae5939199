"""The six featured stations of the county's own list of tasks, and nothing that it does not say.

It names them and no more: themes, partner units and features stay to be filled in.
"""

from __future__ import annotations

from yike.demo import cast
from yike.rooms.core.actor import Actor
from yike.rooms.places import actions as places_actions
from yike.rooms.places import featured_pages
from yike.rooms.places import queries as places_queries

_SOURCE = (
    "象山县“15分钟公共法律服务圈”建设任务清单（附件2）第3项：重点打造的6个特色品牌公共法律服务"
    "站（点）之一，清单里写作“{}”"
)


def everything(*, actor: Actor) -> None:
    """This will publish the profiles of the six, once."""
    if featured_pages.pages_in(cast.COUNTY):
        return
    known = {row.name: row.id for row in places_queries.stations_in(cast.COUNTY)}
    for name, _, told in cast.FEATURED:
        station = known[name]
        places_actions.write_profile(
            station_id=station, source=_SOURCE.format(told), demo=True, actor=actor
        )
        places_actions.submit_profile(station_id=station, actor=actor)
        places_actions.publish_profile(station_id=station, actor=actor)

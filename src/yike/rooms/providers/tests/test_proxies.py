"""Who takes papers on in a village: published as entered, ended with a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.providers import actions, queries
from yike.rooms.regions.tests.makers import COUNTY, GUEST, KEEPER, SHIPU, STRANGER, county

pytestmark = pytest.mark.django_db
VILLAGE = "330225101201"


def _proxy(**changed: Any) -> UUID:
    told: dict[str, Any] = {
        "kind": "point", "village_code": VILLAGE, "name": "便民代办点", "unit": "石浦镇便民中心",
        "services": ("S06", "S01"), "where": "村委会一楼", "hours": "周一至周五上午",
        "phone": "0574-65000002", "actor": KEEPER,
    }  # fmt: skip
    return actions.register_proxy(**(told | changed))


def test_a_proxy_is_public_until_it_is_ended_with_a_reason() -> None:
    with county():
        made = _proxy()
        with acting(GUEST):
            (row,) = queries.proxies_in(VILLAGE)
            assert (row.kind_name, row.services) == ("代办点", ("S01", "S06"))
            assert queries.proxies_in("330225103000") == ()
        actions.end_proxy(proxy_id=made, reason="人员调整", actor=KEEPER)
        assert queries.proxies_in(COUNTY) == ()
        with pytest.raises(Clash):
            actions.end_proxy(proxy_id=made, reason="再停", actor=KEEPER)


def test_others_may_not_enter_or_end_one_and_half_an_entry_is_refused() -> None:
    with county():
        for wrong in ({"village_code": SHIPU}, {"services": ()}, {"phone": " "}, {"kind": "x"}):
            with pytest.raises(BadInput):
                _proxy(**wrong)
        with pytest.raises(NotAllowed):
            _proxy(actor=STRANGER)
        made = _proxy()
        with pytest.raises(NotAllowed):
            actions.end_proxy(proxy_id=made, reason="不该", actor=STRANGER)
        with pytest.raises(NotFound):
            actions.end_proxy(proxy_id=new_id(), reason="没有", actor=KEEPER)

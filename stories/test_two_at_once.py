"""Two officers open the same order: the slower one reads who was faster and loses nothing typed."""

from __future__ import annotations

from stories import scene
from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, box, sent, sign_in
from stories.test_office_carries import demand
from yike.rooms.core.actor import system
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions as people_actions

REASON = "当事人住在鹤浦，建议交鹤浦司法所办理。"


def _colleague() -> None:
    """A second officer of the same office."""
    actor = system("story")
    wang = scene.staff("wang")
    with acting(actor):
        account = people_actions.create_account(
            username="li.zhu", display_name="李助理", password=scene.PASSWORD, must_change=False,
            actor=actor,
        )  # fmt: skip
        people_actions.give_grant(
            account_id=account, role="officer", region_code=scene.SHIPU, org=wang.org_id, level=1,
            actor=actor,
        )  # fmt: skip


def test_somebody_was_faster(on_tables: House, visit: Visit, axe: Axe, look: Look) -> None:
    _colleague()
    reference = demand()
    slow, fast = visit("desk"), visit("desk")
    sign_in(slow, "li.zhu")
    sign_in(fast, "wang")
    slow.goto(f"/desk/m/{reference}")
    fast.goto(f"/desk/m/{reference}")
    sent(fast, fast.locator("#do-sign"), "签收")
    back = box(slow, "give_back")
    back.get_by_label("原因", exact=False).fill(REASON)
    sent(slow, back, "退回")
    said = slow.locator(".wrongs").inner_text()
    assert "王" in said
    assert "签收" in said
    assert REASON in said
    axe(slow)
    look(slow, "desk-somebody-was-faster")
    assert slow.locator("#do-sign").count() == 0
    assert slow.locator("#do-add_note").count() == 1

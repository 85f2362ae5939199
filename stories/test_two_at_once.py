"""Two officers open the same order: the slower one reads who was faster and loses nothing typed."""

from __future__ import annotations

from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, box, sent, sign_in
from stories.test_office_carries import demand

REASON = "当事人住在鹤浦，建议交鹤浦司法所办理。"


def test_somebody_was_faster(on_tables: House, visit: Visit, axe: Axe, look: Look) -> None:
    reference = demand()
    slow, fast = visit("desk"), visit("desk")
    sign_in(slow, "shipu2")
    sign_in(fast, "shipu")
    slow.goto(f"/desk/m/{reference}")
    fast.goto(f"/desk/m/{reference}")
    sent(fast, fast.locator("#do-sign"), "签收")
    back = box(slow, "give_back")
    back.get_by_label("原因", exact=False).fill(REASON)
    sent(slow, back, "退单")
    said = slow.locator(".wrongs").inner_text()
    assert "林石生" in said
    assert "签收" in said
    assert REASON in said
    axe(slow)
    look(slow, "desk-somebody-was-faster")
    assert slow.locator("#do-sign").count() == 0
    assert slow.locator("#do-add_note").count() == 1

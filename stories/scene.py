"""The scene the stories play in: the demonstration county as its year begins, without the year."""

from __future__ import annotations

from yike.demo import cast, furnish
from yike.rooms.core.actor import Actor, system
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.people import actions as people_actions
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries

HOUSE = system("story")
#: Every player of the demonstration signs in with this.
PASSWORD = cast.PASSWORD


def set_up() -> None:
    """This will set the stage by real actions: offices, people, stations, routes."""
    with acting(HOUSE):
        furnish.everything(actor=HOUSE)


def newcomer(username: str) -> None:
    """This will open the account of a window clerk for a story that changes its account for good.

    The cast is shared by all stories, in whatever order they run.
    """
    with acting(HOUSE):
        centre = providers_queries.county_pool(cast.COUNTY)
        assert centre is not None
        account = people_actions.create_account(
            username=username, display_name="新来的", password=PASSWORD, must_change=False,
            actor=HOUSE,
        )  # fmt: skip
        people_actions.give_grant(
            account_id=account, role=roles.CLERK, org=centre.id, region_code=cast.COUNTY,
            reason="新到窗口", actor=HOUSE,
        )  # fmt: skip


def holder_of(reference: str) -> Actor:
    """This will return somebody of the office that holds a matter now, who may work on it."""
    with acting(HOUSE):
        page = matters_queries.matter_page(HOUSE, reference)
        assert page.holder_org is not None
        there = people_queries.colleagues(page.holder_org, actor=HOUSE)
    able = next(one for one in there if roles.TAKES_ORDERS.intersection(one.roles))
    found = people_queries.actor_of(able.id, door="desk")
    assert found is not None
    return found


def sign_and_answer(reference: str) -> None:
    """This will let the office that holds a matter sign for it and answer it."""
    officer = _signed(reference)
    with acting(officer):
        matters_actions.close(
            reference=reference, result="answered", actor=officer,
            reply="已联系包工头，约定本周五在司法所当面结清。请带上记工本和身份证。",
        )  # fmt: skip


def ask_papers(reference: str) -> None:
    """This will let the office that holds a matter ask for papers, once."""
    officer = _signed(reference)
    with acting(officer):
        matters_actions.ask_papers(
            reference=reference, papers=["工资条或转账记录", "记工本照片"],
            words="拍照就行，不用跑一趟。", actor=officer,
        )  # fmt: skip


def _signed(reference: str) -> Actor:
    officer = holder_of(reference)
    with acting(officer):
        matters_actions.sign(reference=reference, actor=officer)
    return officer

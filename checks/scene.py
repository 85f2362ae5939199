"""The demonstration county in a committed database, with one matter in every interesting state.

Who is there and how a check enters; `furnishing` makes it. Each check runs inside a transaction
that is rolled back.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.test import Client

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters.demand import Demand
from yike.rooms.matters.faces import MatterPage
from yike.rooms.people import sealing

#: a Monday morning; requests come at noon
MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=clock.CIVIL)
NOON = MORNING + timedelta(hours=3)
HOUSE = actors.system("checks")
VISITOR = actors.visitor("portal")
#: 金屏社区 of 石浦镇, 大沙村 of 鹤浦镇
JINPING, DASHA = "330225101004", "330225103211"

#: role of the cast → who plays it; visitor, citizen and peer are nobody's account
STAFF = {
    "clerk": "chuangkou",
    "agent": "rexian",
    "officer": "shipu",
    "stranger": "hepu",
    "dispatcher": "paidan",
    "holder": "tiaojie",
    "nonholder": "lvshi",
    "director": "juzhang",
    "system": "xitong",
    "security": "anquan",
    "auditor": "shenji",
    "supervisor": "jiandu",
}
ROLES = (
    "visitor",
    "citizen",
    *(role for role in STAFF if role != "supervisor"),
    "peer",
    "supervisor",
)
WAGES = "老板拖欠我三个月工资一万二千元，没有签劳动合同，怎么要回来？"
AT_SEA = "我家渔船和别人的船在渔场碰了，网具损失怎么赔？"
AT_HOME = "丈夫喝酒以后打我和孩子，已经报过警，想申请人身安全保护令。"


@dataclass
class Scene:
    """Who is there and what stands on the tables."""

    database: str
    actors: dict[str, Actor] = field(default_factory=dict)
    #: matter by its case: waiting, working, papers, …
    references: dict[str, str] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    #: the house's own view of each matter
    matters: dict[str, MatterPage] = field(default_factory=dict)
    key: str = ""
    clients: dict[str, Client] = field(default_factory=dict)

    def citizen(self, case: str) -> Actor:
        """This will return the citizen of one matter."""
        index = sealing.phone_index(self.phones[case])
        return VISITOR.claiming(self.references[case], index)

    def packed(self) -> bytes:
        """This will return the scene for another process: of a browser only what it holds."""
        held = {role: client.cookies for role, client in self.clients.items()}
        return pickle.dumps((replace(self, clients={}), held))

    @staticmethod
    def unpacked(data: bytes, database: str) -> Scene:
        """This will return a packed scene that stands in another database."""
        made: Scene
        made, held = pickle.loads(data)
        clients = {role: Client(raise_request_exception=False) for role in held}
        for role, client in clients.items():
            client.cookies = held[role]
        return replace(made, database=database, clients=clients)

    def browser(self, role: str) -> Client:
        """This will return a fresh browser that holds what this role's browser holds."""
        client = Client(raise_request_exception=False)
        client.cookies.update(self.clients[role].cookies)
        if role == "peer":
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.key}"
        return client


@contextmanager
def undone(moment: datetime = NOON) -> Iterator[None]:
    """This will roll back whatever happens inside, at this moment."""
    with clock.at(moment), transaction.atomic():
        yield
        transaction.set_rollback(True)


def do(verb: str, reference: str, actor: Actor, **told: Any) -> Any:
    """This will do one deed as its actor, in one transaction, as a door does."""
    with acting(actor):
        return getattr(matters_actions, verb)(reference=reference, actor=actor, **told)


def opened(scene: Scene, case: str, actor: Actor = VISITOR, **told: Any) -> str:
    """Each case has a phone of its own, so that nothing is found by another's."""
    phone = told.pop("phone", f"1385740{len(scene.phones) + 1:04d}")
    usual: dict[str, Any] = {
        "text": WAGES, "region_code": JINPING, "name": f"张{len(scene.phones) + 1:02d}号",
        "phone": phone, "demand_type": "2", "category": "B01",
    }  # fmt: skip
    with acting(actor):
        made = matters_actions.open_matter(
            demand=Demand(**{**usual, **told}), key=str(new_id()), actor=actor
        )
    scene.references[case], scene.phones[case] = made.reference, phone
    return made.reference

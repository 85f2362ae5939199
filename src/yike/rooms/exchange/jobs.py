"""Pushing changes of layers, every hour or when asked: load nothing, decide nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core.later import AGAIN, later, soon
from yike.rooms.exchange import actions, fetching, peer_pages
from yike.rooms.guard.acting import acting
from yike.rooms.notices import link_kinds


@app.periodic(cron="34 * * * *")
@app.task(
    name="exchange.push_all", queue="slow", queueing_lock="exchange.push_all",
    pass_context=False, retry=AGAIN,
)  # fmt: skip
def push_all(timestamp: int) -> None:
    """This will have every platform's changes pushed, each by a job of its own."""
    with acting(actors.system("exchange.push_all")):
        for peer in peer_pages.peers_told():
            later("exchange.push", queue="slow", lock=f"exchange/{peer}", peer_id=str(peer))


@app.task(name="exchange.push", queue="slow", retry=AGAIN)
def push(peer_id: str) -> None:
    """This will push what changed in one platform's layers."""
    with acting(actors.system("exchange.push")) as house:
        actions.push_changes(peer_id=UUID(peer_id), actor=house)


@app.periodic(cron="52 4 * * 1")
@app.task(
    name="exchange.fetch_all", queue="slow", queueing_lock="exchange.fetch_all",
    pass_context=False, retry=AGAIN,
)  # fmt: skip
def fetch_all(timestamp: int) -> None:
    """This will have every platform's list fetched and compared, each by a job of its own."""
    with acting(actors.system("exchange.fetch_all")):
        for peer in peer_pages.peers_with_list():
            later("exchange.fetch_list", queue="slow", lock=f"exchange/{peer}", peer_id=str(peer))


@app.task(name="exchange.fetch_list", queue="slow", retry=AGAIN)
def fetch_list(peer_id: str) -> None:
    """This will fetch one platform's list and compare it; the line is open outside of any deed."""
    house = actors.system("exchange.fetch_list")
    with acting(house):
        url = peer_pages.list_address(UUID(peer_id))
    content, fault = b"", ""
    try:
        content = fetching.fetched(url) if url else b""
    except fetching.NotFetched as no:
        fault = str(no)
    with acting(house):
        actions.take_list(peer_id=UUID(peer_id), url=url, content=content, fault=fault, actor=house)


@app.task(name="exchange.note_fate", retry=AGAIN)
def note_fate(event: dict[str, Any]) -> None:
    """This will note what became of a push, when what was settled is one."""
    with acting(actors.system("exchange.note_fate")) as house:
        actions.note_fate(reference=event["reference"], actor=house)


class Fate:
    """The job `exchange.note_fate`, for deliveries that are pushes of layers."""

    def defer(self, *, event: dict[str, Any]) -> None:
        """This will defer the job on the connection of the running transaction."""
        if event["what"] == link_kinds.NAMES[link_kinds.LAYER]:
            soon(note_fate, event=event)

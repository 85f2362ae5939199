"""Asks the reckoner, the process that keeps networks loaded; nothing of an engine is loaded here.

A question that ends the reckoner is asked once more, when the supervisor has started another.
"""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from yike.rooms.core.refusal import BadInput
from yike.rooms.reach.reckoning.serving import address

#: Seconds within which another reckoner may have taken the place of one that just ended.
REVIVAL = 2.0
#: Seconds for the question whether it is there: that needs no turn.
PING_SECONDS = 0.5


class NotRunning(Exception):
    """Nobody answers, or not in time; the sentence is for people."""


def ask(word: str, *, in_passing: bool = False, **asked: Any) -> dict[str, Any]:
    """This will return what the reckoner answers.

    in_passing: a page that can do without waits a short time only.
    Refuses NotRunning, and BadInput what an engine refuses (a point in the sea).
    """
    line = json.dumps({"word": word, **asked}).encode() + b"\n"
    patience = settings.RECKONER_SHORT_SECONDS if in_passing else settings.RECKONER_SECONDS
    try:
        said = _twice(line, patience)
    except TimeoutError:
        raise NotRunning(_late(word)) from None
    except OSError:
        raise NotRunning("测算服务没有运行。") from None
    found: dict[str, Any] = json.loads(said)
    if "refused" in found:
        raise BadInput(found["refused"])
    if "fault" in found:
        raise NotRunning(found["fault"])
    return found


def _late(word: str) -> str:
    """Why there is no answer yet: the question goes on being worked at, and is ready next time."""
    try:
        told = json.loads(_once(b'{"word": "ping"}\n', PING_SECONDS))
    except (OSError, ValueError):
        return "测算服务没有在规定时间内回答。"
    if word in told.get("known", (word,)):
        return "测算服务正忙，没有在规定时间内回答，请稍等再试。"
    return "测算服务刚启动，正在准备第一次这样的计算，请过半分钟再试。"


def _twice(line: bytes, patience: float) -> bytes:
    """A line that breaks off in the middle is a reckoner that ended: the next is waited for."""
    try:
        return _once(line, patience)
    except (ConnectionResetError, BrokenPipeError):
        pass
    end = time.monotonic() + REVIVAL
    while True:
        try:
            return _once(line, patience)
        except (FileNotFoundError, ConnectionRefusedError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def _once(line: bytes, patience: float) -> bytes:
    with socket.socket(socket.AF_UNIX) as talk, address(Path(settings.RECKONER_SOCKET)) as told:
        talk.settimeout(patience)
        talk.connect(told)
        talk.sendall(line)
        with talk.makefile("rb") as heard:
            said = heard.readline()
    if not said.endswith(b"\n"):
        raise ConnectionResetError("broken off")
    return said

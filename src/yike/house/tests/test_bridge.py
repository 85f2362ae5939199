"""Requests and answers cross the bridge unchanged, whole or in pieces."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from yike.house.bridge import SMALL, Bridge, Message


class _Answer(list[bytes]):
    streaming = False
    closed = False

    def close(self) -> None:
        self.closed = True


class _Stream(_Answer):
    streaming = True

    def __iter__(self) -> Iterator[bytes]:
        yield from super().__iter__()
        if not self:
            raise RuntimeError("broken off")


def _ask(answer: _Answer, *body: bytes, told: bool = True) -> tuple[list[Message], dict[str, Any]]:
    seen: dict[str, Any] = {}

    def pages(environ: dict[str, Any], begin: Any) -> _Answer:
        seen.update(environ, body=environ["wsgi.input"].read())
        begin("201 Created", [("X-One", "1"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return answer

    size = str(sum(map(len, body))).encode()
    scope = {
        "type": "http", "method": "POST", "path": "/甲/", "query_string": b"q=1", "root_path": "",
        "http_version": "1.1", "scheme": "http", "client": ("10.0.0.9", 4321), "server": ("h", 80),
        "headers": [(b"x-two", b"2"), *_size_told(size, told)],
    }  # fmt: skip
    waiting = [
        {"type": "http.request", "body": piece, "more_body": place < len(body)}
        for place, piece in enumerate(body, 1)
    ]
    sent: list[Message] = []

    async def run() -> None:
        async def receive() -> Message:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await Bridge(pages, threads=2)(scope, receive, send)

    _finish(run())
    return sent, seen


def _finish(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: a browser's test may have left a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def _size_told(size: bytes, told: bool) -> list[tuple[bytes, bytes]]:
    return [(b"content-length", size)] if told else [(b"transfer-encoding", b"chunked")]


def _body(sent: list[Message]) -> bytes:
    return b"".join(message.get("body", b"") for message in sent[1:])


def test_a_small_request_is_answered_whole() -> None:
    answer = _Answer([b"a", b"b"])
    sent, seen = _ask(answer, b"one ", b"two")
    assert seen["body"] == b"one two"
    assert (seen["REQUEST_METHOD"], seen["QUERY_STRING"], seen["HTTP_X_TWO"]) == (
        "POST",
        "q=1",
        "2",
    )
    assert seen["PATH_INFO"].encode("latin1").decode() == "/甲/"
    assert seen["REMOTE_ADDR"] == "10.0.0.9"
    assert sent[0]["status"] == 201
    cookies = [value for name, value in sent[0]["headers"] if name == b"set-cookie"]
    assert cookies == [b"a=1", b"b=2"]
    assert sent[1:] == [{"type": "http.response.body", "body": b"ab"}]
    assert answer.closed


@pytest.mark.parametrize("told", [True, False])
def test_a_large_or_unmeasured_request_comes_in_pieces(told: bool) -> None:
    pieces = [b"x" * SMALL, b"y" * SMALL, b"z"]
    sent, seen = _ask(_Answer([b"ok"]), *pieces, told=told)
    assert seen["body"] == b"".join(pieces)
    assert sent[0]["status"] == 201
    assert _body(sent) == b"ok"


def test_an_answer_in_pieces_is_sent_piece_by_piece() -> None:
    answer = _Stream([b"1", b"2"])
    sent, _ = _ask(answer)
    assert [message.get("body") for message in sent[1:]] == [b"1", b"2", b""]
    assert [message.get("more_body", False) for message in sent[1:]] == [True, True, False]
    assert answer.closed


def test_a_stream_that_breaks_off_is_not_ended_as_if_it_were_whole() -> None:
    answer = _Stream()
    with pytest.raises(RuntimeError, match="broken off"):
        _ask(answer)
    assert answer.closed


def test_nobody_is_answered_who_left_before_the_end() -> None:
    answer = _Answer([b"ok"])
    seen: list[Message] = []

    async def run() -> None:
        async def receive() -> Message:
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            seen.append(message)

        scope = {"type": "http", "headers": [(b"content-length", b"5")]}
        await Bridge(lambda *_: answer, threads=1)(scope, receive, send)

    _finish(run())
    assert seen == []

"""The cap on bodies, over the real web server: told or untold length, forms, papers, machines."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from yike.house import bodies
from yike.house.bodies import PAPER_MOST, PAPERS_MOST, PLAIN_MOST, Capped, Message, Receive, Send
from yike.house.config import ROOT
from yike.house.testing import STATE, Databases

FORM, PAPERS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PIECE = b"a" * 65_536


@pytest.fixture(scope="module")
def server(databases: Databases) -> Iterator[tuple[int, int]]:
    """Port and process id of one web server on a database of its own."""
    name = f"{os.environ['YIKE_DB_NAME']}_b"
    databases.copy(name)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environ = os.environ | {
        "YIKE_DB_NAME": name, "YIKE_STATE_DIR": str(STATE), "PYTHONPATH": str(ROOT / "src"),
    }  # fmt: skip
    command = [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws", "--port", str(port)),
        *("--host", "127.0.0.1", "--workers", "1", "--log-level", "warning"),
        *("--workers-kill-timeout", "3", "yike.house.asgi:app"),
    ]
    process = subprocess.Popen(command, env=environ, cwd=ROOT)
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)
        databases.drop(name)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None
        try:
            if _ask(port, "GET", "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server does not answer")


def _ask(
    port: int, method: str, path: str, body: object = None, chunked: bool = False, **headers: str
) -> tuple[int, http.client.HTTPMessage, str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as link:
        link.request(method, path, body, named, encode_chunked=chunked)  # type: ignore[arg-type]
        with link.getresponse() as answer:
            return answer.status, answer.headers, answer.read().decode()


def _pieces(size: int) -> Iterator[bytes]:
    for _ in range(size // len(PIECE)):
        yield PIECE


def _memory(pid: int) -> int:
    """Bytes held at most so far by the server's worker."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = 0
    for one in (str(pid), *children):
        status = Path(f"/proc/{one}/status").read_text()
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        found = max(found, int(peak.split()[1]) * 1024)
    return found


@pytest.mark.parametrize(
    ("path", "kind", "most"),
    [
        ("/ask", FORM, PLAIN_MOST),
        ("/api/v1/matters", "application/json", PLAIN_MOST),
        ("/follow/message", PAPERS, PAPER_MOST),
        ("/desk/record", PAPERS, PAPERS_MOST),
        ("/sign-in", "", PLAIN_MOST),
        ("/desk/record", FORM, PLAIN_MOST),
    ],
)
def test_told_too_long_is_refused_in_words(
    server: tuple[int, int], path: str, kind: str, most: int
) -> None:
    """Sent whole, as a browser does: the answer is read, not a broken connection."""
    told = {"Content_Length": str(most + len(PIECE)), "Content_Type": kind}
    size = most + len(PIECE)
    status, headers, said = _ask(server[0], "POST", path, _pieces(size), False, **told)
    assert status == 413
    assert f"{most // 1024**2} MB" in said
    if path.startswith("/api/"):
        assert headers["Content-Type"] == "application/problem+json"
        assert json.loads(said)["type"] == "/api/problems/too-large"
    else:
        assert "没有保存" in said
        assert 'lang="zh' in said


def test_a_length_of_terabytes_is_refused_before_a_byte_comes(server: tuple[int, int]) -> None:
    with socket.create_connection(("127.0.0.1", server[0]), timeout=20) as link:
        link.sendall(
            b"POST /ask HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\n"
            b"Content-Length: 9999999999999\r\n\r\n"
        )
        assert link.recv(64).startswith(b"HTTP/1.1 413")


def test_untold_too_long_is_refused_and_not_kept_in_memory(server: tuple[int, int]) -> None:
    port, pid = server
    _ask(port, "POST", "/ask", _pieces(PLAIN_MOST - len(PIECE)), True, Transfer_Encoding="chunked")
    before = _memory(pid)
    for path, kind, size in (
        ("/api/v1/matters", "application/json", 8 * 1024**2),
        ("/ask", PAPERS, 60 * 1024**2),
        ("/desk/record", PAPERS, 160 * 1024**2),
    ):
        status, _, said = _ask(
            port, "POST", path, _pieces(size), True,
            Content_Type=kind, Transfer_Encoding="chunked",
        )  # fmt: skip
        assert status == 413, path
        assert "MB" in said
    assert _memory(pid) - before < 40 * 1024**2


def test_short_enough_passes_told_or_untold(server: tuple[int, int]) -> None:
    """Machines that send without length are read now: WSGI alone saw an empty body."""
    said = json.dumps({"text": "x"}).encode()
    for chunked in (False, True):
        headers = {"Content_Type": "application/json"}
        headers |= {"Transfer_Encoding": "chunked"} if chunked else {}
        body = iter([said[:5], said[5:]]) if chunked else said
        status, _, answer = _ask(server[0], "POST", "/api/v1/matters", body, chunked, **headers)
        assert status == 401, answer  # the key is asked first
    typed = b"username=nobody&password=x"
    for body, chunked in ((typed, False), (iter([typed]), True)):
        headers = {"Content_Type": FORM} | ({"Transfer_Encoding": "chunked"} if chunked else {})
        status, _, answer = _ask(server[0], "POST", "/sign-in", body, chunked, **headers)
        assert status == 403, answer  # no form token
        assert "nobody" in answer  # but what was typed has been read


def test_the_house_lives_after_a_client_that_goes_away(server: tuple[int, int]) -> None:
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", server[0]), timeout=20) as link:
            link.sendall(
                b"POST /ask HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc"
            )
    assert _ask(server[0], "GET", "/healthz")[0] == 200


def _through(headers: list[tuple[bytes, bytes]], pieces: list[bytes]) -> tuple[Message, bytes]:
    """What the application behind the cap is given: its scope and its body."""
    seen: list[Message] = []
    got = bytearray()

    async def inner(scope: Message, receive: Receive, send: Send) -> None:
        seen.append(scope)
        more = True
        while more:
            message = await receive()
            got.extend(message["body"])
            more = message["more_body"]

    left = list(pieces)

    async def receive() -> Message:
        piece = left.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(left)}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    scope = {"type": "http", "method": "POST", "path": "/ask", "headers": headers}
    with ThreadPoolExecutor(1) as thread:  # a browser's loop may run in this one
        thread.submit(asyncio.run, Capped(inner)(scope, receive, send)).result()
    return seen[0], bytes(got)


@pytest.mark.parametrize("size", [0, 1, 1024**2 - 1, 1024**2, 1024**2 + 1, PLAIN_MOST])
def test_a_body_of_unknown_length_arrives_whole(size: int) -> None:
    body = os.urandom(size)
    pieces = [body[start : start + 300_000] for start in range(0, size, 300_000)] or [b""]
    scope, got = _through([(b"transfer-encoding", b"chunked")], pieces)
    assert got == body
    assert scope["headers"] == [(b"content-length", str(size).encode())]
    assert bodies.TOO_LARGE not in scope


def test_one_byte_more_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    scope, got = _through([], [b"a" * PLAIN_MOST, b"b", b"c"])
    assert scope[bodies.TOO_LARGE] == PLAIN_MOST
    assert got == b""
    for told in (b"-1", b"x", b"1" * 30):
        assert bodies.TOO_LARGE in _through([(b"content-length", told)], [b""])[0]

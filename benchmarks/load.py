"""Clients that knock: closed loop (as fast as answers come) and paced (so many a second)."""

from __future__ import annotations

import multiprocessing
import os
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe

#: The measuring client must cost little, for it works on the same cores as the server.
_FORK = multiprocessing.get_context("fork")


class Line:
    """One kept HTTP/1.1 connection to loopback that knows just enough to ask and to be answered."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def ask(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, bytes]:
        """This will send one request and return status and body of its answer."""
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{told}"
        link = self._open()
        link.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more(link)
        lines = got[:end].decode("latin1").lower().split("\r\n")
        sizes = [line[15:] for line in lines if line.startswith("content-length:")]
        while len(got) < end + 4 + int(sizes[0]):
            got += self._more(link)
        return int(lines[0].split()[1]), got[end + 4 :]

    def close(self) -> None:
        """This will close the connection; the next request opens another."""
        if self._socket:
            self._socket.close()
        self._socket = None

    def _open(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def _more(self, link: socket.socket) -> bytes:
        got = link.recv(65536)
        if not got:
            raise ConnectionError("the server closed the connection")
        return got


#: One request: given the connection and a running number, it must raise when the answer is wrong.
Knock = Callable[[Line, int], None]


@dataclass
class Result:
    """What the clients saw."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """This will return a latency in milliseconds: `share` of all answers were faster."""
        ranked = sorted(self.latencies)
        return 1000 * ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0


def closed_loop(port: int, knock: Knock, *, clients: int, seconds: float) -> Result:
    """This will let `clients` knock without pause for `seconds`."""
    return _run(port, knock, clients=clients, seconds=seconds, pause=None)


def paced(port: int, knock: Knock, *, clients: int, seconds: float, per_second: float) -> Result:
    """This will let `clients` together knock `per_second` times a second.

    Latency counts from the planned instant, so that a stalled server is not flattered.
    """
    return _run(port, knock, clients=clients, seconds=seconds, pause=clients / per_second)


def _run(port: int, knock: Knock, *, clients: int, seconds: float, pause: float | None) -> Result:
    """Each client is a process of its own: none waits for another's interpreter."""
    begun = time.perf_counter()
    pipes = [_FORK.Pipe(duplex=False) for _ in range(clients)]
    plan = [(begun + number / clients * pause if pause else begun) for number in range(clients)]
    family = [
        _FORK.Process(
            target=_client,
            args=(pipes[number][1], port, knock, number, clients, plan[number], pause),
            kwargs={"ends": begun + seconds},
        )
        for number in range(clients)
    ]
    for one in family:
        one.start()
    result = Result()
    for hears, _ in pipes:
        latencies, errors = hears.recv()
        result.latencies += latencies
        result.errors += errors
    result.seconds = time.perf_counter() - begun
    for one in family:
        one.join()
    return result


def _client(
    tells: Pipe,
    port: int,
    knock: Knock,
    number: int,
    clients: int,
    first: float,
    pause: float | None,
    *,
    ends: float,
) -> None:
    line, turn = Line(port), 0
    latencies: list[float] = []
    errors: list[str] = []
    while (planned := first + turn * pause if pause else time.perf_counter()) < ends:
        time.sleep(max(0.0, planned - time.perf_counter()))
        try:
            knock(line, number + turn * clients)
            latencies.append(time.perf_counter() - planned)
        except Exception as fault:  # every fault counts against the server
            errors.append(repr(fault))
            line.close()
        turn += 1
    tells.send((latencies, errors))
    tells.close()
    os._exit(0)  # what the parent holds open is the parent's to end

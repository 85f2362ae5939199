"""Clients that knock: closed loop (as fast as answers come) and paced (so many a second)."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

#: One request: given the connection and a running number, it must raise when the answer is wrong.
Knock = Callable[[http.client.HTTPConnection, int], None]


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
    result, lock, begun = Result(), threading.Lock(), time.perf_counter()
    ends = begun + seconds

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        turn = 0
        while True:
            planned = begun + (turn + number / clients) * pause if pause else time.perf_counter()
            if planned >= ends:
                break
            time.sleep(max(0.0, planned - time.perf_counter()))
            try:
                knock(connection, number + turn * clients)
                taken, error = time.perf_counter() - planned, ""
            except Exception as fault:  # every fault counts against the server
                taken, error = 0.0, repr(fault)
                connection.close()
            with lock:
                result.errors.append(error) if error else result.latencies.append(taken)
            turn += 1
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = time.perf_counter() - begun
    return result

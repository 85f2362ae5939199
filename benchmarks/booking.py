"""Whether a time is ever sold twice: 200 citizens want 50 places, over HTTP, as browsers do.

    python -m benchmarks.booking [--clients 200] [--places 50] [--seconds 20]

Each client opens the page of times, holds a place, fills in who comes and confirms; who finds the
time taken tries what the page offers instead. Three rounds: everybody in the same instant on one
slot of 50; everybody in the same instant on 50 slots of one; the same 200 arriving over some
seconds. After each the database is counted: never more bookings than places, and every receipt a
client was shown stands there as confirmed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from benchmarks import serving

_TOKEN = "m" * 32
_SLOT = re.compile(r'name="slot" value="([0-9a-f-]{36})"')
_REFERENCE = re.compile(r"\d{6}-[0-9A-Z]{8}")
_TRIES = 60


@dataclass
class Seen:
    """What all clients of a round saw; times in seconds by step."""

    took: dict[str, list[float]] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)
    went_away: int = 0
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Browser:
    """One citizen's browser: cookies kept, forms posted, one connection."""

    def __init__(self, port: int, number: int, seen: Seen) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies = {"csrftoken": _TOKEN}
        self._seen = seen
        self._from = f"10.{number // 62500}.{number // 250 % 250}.{number % 250}"

    def get(self, step: str, path: str) -> tuple[int, str]:
        """This will open a page."""
        return self._ask(step, "GET", path, "")

    def post(self, step: str, path: str, **told: str) -> tuple[int, str]:
        """This will send a form."""
        return self._ask(step, "POST", path, urlencode(told))

    def _ask(self, step: str, method: str, path: str, body: str) -> tuple[int, str]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "X-CSRFToken": _TOKEN,
            "X-Forwarded-For": self._from,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        begun = time.perf_counter()
        self._link.request(method, path, body or None, headers)
        answer = self._link.getresponse()
        words = answer.read().decode()
        took = time.perf_counter() - begun
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        with self._seen.lock:
            self._seen.took.setdefault(step, []).append(took)
        return answer.status, words

    def close(self) -> None:
        """This will close the browser."""
        self._link.close()


def citizen(port: int, number: int, page: str, seen: Seen) -> None:
    """This will want a time until one is booked or none is left."""
    browser = Browser(port, number, seen)
    try:
        _, words = browser.get("times", page)
        offered = _SLOT.findall(words)
        for _ in range(_TRIES):
            if not offered:
                _, words = browser.get("times", page)
                offered = _SLOT.findall(words)
            if not offered:
                break
            status, words = browser.post("hold", "/book/hold", slot=random.choice(offered))
            if status == 302:
                _confirm(browser, number, seen)
                return
            if status != 409:
                raise RuntimeError(f"hold answered {status}")
            offered = _SLOT.findall(words)
        with seen.lock:
            seen.went_away += 1
    except Exception as error:
        with seen.lock:
            seen.faults.append(f"{type(error).__name__}: {error}")
    finally:
        browser.close()


def _confirm(browser: Browser, number: int, seen: Seen) -> None:
    browser.get("details", "/book/details")
    status, _ = browser.post(
        "confirm", "/book/details", name="陈阿海", phone=f"138{number:08d}", notice=""
    )
    if status != 302:
        raise RuntimeError(f"confirm answered {status}")
    _, words = browser.get("receipt", "/book/mine")
    found = _REFERENCE.search(words)
    if found is None:
        raise RuntimeError("no reference on the receipt")
    with seen.lock:
        seen.receipts.append(found[0])


def go(port: int, page: str, clients: int, first: int, seconds: float) -> Seen:
    """This will let all clients come at once, or spread over some seconds."""
    seen, ready = Seen(), threading.Barrier(clients)

    def run(number: int) -> None:
        ready.wait()
        time.sleep(seconds * random.random())
        citizen(port, first + number, page, seen)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def counted(kind: str) -> dict[str, int]:
    """This will count, as the tables' owner, what is booked of a kind and where too much is."""
    dsn = " ".join(f"{word}={value}" for word, value in serving.database().owner_dsn.items())
    with psycopg.connect(f"{dsn} dbname=yike") as link:
        rows = link.execute(
            "select s.capacity, count(b.id) filter (where b.state in ('confirmed', 'held')) "
            "from booking_slot s left join booking_booking b on b.slot_id = s.id "
            "where s.kind = %s group by s.id",
            [kind],
        ).fetchall()
        receipts = link.execute(
            "select reference from booking_booking where state = 'confirmed' and kind = %s", [kind]
        ).fetchall()
    return {
        "places": sum(row[0] for row in rows),
        "taken": sum(row[1] for row in rows),
        "slots sold twice": sum(row[1] > row[0] for row in rows),
        "confirmed": len({row[0] for row in receipts}),
    }


def told(name: str, seen: Seen, kind: str) -> dict[str, object]:
    """This will return a round's figures; times in milliseconds."""
    found = counted(kind)
    lost = len(seen.receipts) - found["confirmed"]
    steps = {
        step: {
            "n": len(took),
            "p50": round(1000 * _at(took, 0.5)),
            "p95": round(1000 * _at(took, 0.95)),
        }
        for step, took in sorted(seen.took.items())
    }
    return {
        "round": name, **found, "receipts": len(seen.receipts), "receipts lost": lost,
        "went away": seen.went_away, "faults": seen.faults[:3], "ms": steps,
    }  # fmt: skip


def _at(took: list[float], share: float) -> float:
    ranked = sorted(took)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def main() -> None:
    """This will run the three rounds and print their figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clients", type=int, default=200)
    asked.add_argument("--places", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=20.0)
    told_ = asked.parse_args()
    serving.database()
    env = serving.environ(YIKE_PROXIES="1")
    python = Path(sys.executable)
    made = subprocess.run(
        [str(python), "-m", "benchmarks.booking_ground", str(told_.places)],
        env=env, check=True, capture_output=True, text=True, cwd=serving.ROOT,
    )  # fmt: skip
    pages = json.loads(made.stdout.strip().splitlines()[-1])
    with serving.web(python, "yike.house.asgi:app", env) as port:
        for place, (kind, name, over) in enumerate(
            (
                ("notary", "at once, one slot", 0.0),
                ("consult", "at once, a slot each", 0.0),
                ("appraisal", f"over {told_.seconds:.0f} s, a slot each", told_.seconds),
            )
        ):
            first = 1_000_000 * (place + 1) + int(time.time()) % 900_000
            seen = go(port, pages[kind], told_.clients, first, over)
            print(json.dumps(told(name, seen, kind), ensure_ascii=False), flush=True)
    serving.stop()


if __name__ == "__main__":
    main()

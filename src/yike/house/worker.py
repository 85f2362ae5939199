"""`python -m yike.house.worker`: does the jobs, and keeps the heartbeat of the house."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

#: Jobs wait for the database, not for the processor: a few at a time.
CONCURRENCY = 4
#: Seconds between two looks for a job, when the last found none.
LOOKS_EVERY = 0.25
#: A running job may finish; the house does not wait longer for it.
LAST_SECONDS = 5.0


def main() -> None:
    """This will work until SIGTERM or SIGINT; exit code 1 when the database went away."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")
    import django

    django.setup()
    from yike.house import heartbeat

    ending = threading.Event()
    heart = threading.Thread(target=heartbeat.beat_until, args=(ending,), name="heartbeat")
    heart.start()
    try:
        asyncio.run(_work())
    except ConnectorException as gone:
        sys.exit(f"The worker ends, because the database does not answer: {gone.__cause__}")
    finally:
        ending.set()
        heart.join(timeout=LAST_SECONDS)


class Line(PsycopgConnector):
    """The worker's line to the database; when it breaks, the worker ends and another begins.

    A worker that went on might hold for ever a job of which it could not note that it was done, or
    whose being handed to it it never heard of. Of a worker that is gone all jobs are taken up.
    """

    def __init__(self, *, broken: Callable[[], None], **told: Any) -> None:
        super().__init__(**told)
        self.broken = broken
        #: why it broke: some statements' failures are told to nobody, and the worker just ends
        self.failed: Exception | None = None

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        """This will run a statement."""
        with self._or_end():
            await super().execute_query_async(query, **arguments)

    async def execute_query_one_async(
        self, query: LiteralString, **arguments: Any
    ) -> dict[str, Any]:
        """This will return one row."""
        with self._or_end():
            row: dict[str, Any] = await super().execute_query_one_async(query, **arguments)
            return row

    async def execute_query_all_async(
        self, query: LiteralString, **arguments: Any
    ) -> list[dict[str, Any]]:
        """This will return all rows."""
        with self._or_end():
            rows: list[dict[str, Any]] = await super().execute_query_all_async(query, **arguments)
            return rows

    @contextmanager
    def _or_end(self) -> Iterator[None]:
        try:
            yield
        except ConnectorException as failed:
            if isinstance(failed.__cause__, psycopg.OperationalError | psycopg.InterfaceError):
                self.failed = failed.__cause__
                self.broken()
            raise


class Hand(Worker):
    """A worker that is gone soon after it stopped, even while a job hangs: it is taken up then."""

    def stop(self) -> None:
        """This will take no more jobs, let the running ones finish, and end by force after that."""
        super().stop()  # type: ignore[no-untyped-call]
        if not hasattr(self, "last"):
            self.last = threading.Timer(LAST_SECONDS + 2.0, os._exit, (1,))
            self.last.daemon = True
            self.last.start()


async def _work() -> None:
    """Jobs are looked for, four times a second when nothing is to be done (guard, quiet jobs)."""
    from procrastinate.contrib.django import app, db_cleanup, utils

    from yike.house import stalled

    def end() -> None:
        hand.stop()

    # An app beside the house's own: jobs and the heartbeat go on deferring with the house's, on the
    # connection of their transaction. With its connector replaced they would wait for ever.
    line = Line(broken=end, kwargs=utils.connector_params())
    working = app.with_connector(line)
    working.perform_import_paths()  # type: ignore[no-untyped-call]
    hand = Hand(
        working,
        concurrency=CONCURRENCY,
        fetch_job_polling_interval=LOOKS_EVERY,
        listen_notify=False,
        shutdown_graceful_timeout=LAST_SECONDS,
        delete_jobs="successful",
        update_heartbeat_interval=stalled.ALIVE_EVERY,
        stalled_worker_timeout=stalled.DEAD_AFTER,
        task_middleware=[db_cleanup.close_db_connections],
    )
    async with working.open_async():
        await hand.run()  # type: ignore[no-untyped-call]
    if hasattr(hand, "last"):
        hand.last.cancel()
    if line.failed is not None:
        raise ConnectorException from line.failed


if __name__ == "__main__":
    from yike.house import worker  # noqa: PLW0406 - procrastinate warns of apps made in __main__

    worker.main()

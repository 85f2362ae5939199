"""`python -m yike.house.worker`: does the jobs, and keeps the heartbeat of the house."""

from __future__ import annotations

import os
import threading

#: Jobs wait for the database, not for the processor: a few at a time.
CONCURRENCY = 4
#: A running job may finish; the house does not wait longer for it.
LAST_SECONDS = 5.0


def main() -> None:
    """This will work until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")
    import django

    django.setup()
    from yike.house import heartbeat

    ending = threading.Event()
    heart = threading.Thread(target=heartbeat.beat_until, args=(ending,), name="heartbeat")
    heart.start()
    try:
        _work()
    finally:
        ending.set()
        heart.join(timeout=LAST_SECONDS)


def _work() -> None:
    """A job whose instant has come waits for the poll, hence every second; others are notified."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    # An app beside the house's own: jobs and the heartbeat go on deferring with the house's, on the
    # connection of their transaction. With its connector replaced they would wait for ever.
    app.with_connector(connector.get_worker_connector()).run_worker(
        concurrency=CONCURRENCY,
        fetch_job_polling_interval=1.0,
        shutdown_graceful_timeout=LAST_SECONDS,
        delete_jobs="successful",
    )


if __name__ == "__main__":
    from yike.house import worker  # noqa: PLW0406 - procrastinate warns of apps made in __main__

    worker.main()

"""Work for after the deed: a job that exists if and only if the deed is committed."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app


def later(job: str, *, queue: str = "default", lock: str | None = None, **facts: Any) -> None:
    """This will defer the named job on the connection of the running transaction.

    `job` is the task's name as in jobs.py (for example "matters.route"); facts are plain JSON.
    `lock`: jobs with the same lock never run at the same time.
    """
    app.configure_task(job, queue=queue, lock=lock, allow_unknown=True).defer(**facts)

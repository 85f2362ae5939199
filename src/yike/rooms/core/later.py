"""Work for after the deed: a job that exists if and only if the deed is committed."""

from __future__ import annotations

import json
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from yike.rooms.core import prepared

#: What procrastinate's query `defer_jobs` does for one job without locks.
_DEFER = """
insert into procrastinate_jobs (queue_name, task_name, priority, args) values (%s, %s, %s, %s)
"""

#: How a job that failed is tried again: after 3, 9, 27 ... seconds, for about an hour. Every job
#: of the house may run again; those that come by the minute need no such patience.
AGAIN = RetryStrategy(max_attempts=7, exponential_wait=3)


def later(job: str, *, queue: str = "default", lock: str | None = None, **facts: Any) -> None:
    """This will defer the named job on the connection of the running transaction.

    `job` is the task's name as in jobs.py (for example "matters.route"); facts are plain JSON.
    `lock`: jobs with the same lock never run at the same time.
    """
    app.configure_task(job, queue=queue, lock=lock, allow_unknown=True).defer(**facts)


def soon(task: Task[..., Any, Any], **facts: Any) -> None:
    """This will defer a task without locks, to be done as soon as somebody is free.

    It says the same to the database as `task.defer`, but as a prepared statement: every demand
    defers at least one job.
    """
    if task.lock or task.queueing_lock:
        raise ValueError(f"{task.name} has a lock: defer it with its own defer().")
    told = json.dumps(facts, ensure_ascii=False)
    prepared.tell(_DEFER, (task.queue, task.name, task.priority, told))

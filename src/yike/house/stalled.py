"""Jobs whose worker is gone: put back, so that another worker takes them up.

A worker says every few seconds that it lives (procrastinate_workers). What it held when it fell
silent may have been half done, or done and not noted: every job of the house may run again.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from procrastinate import exceptions, sql
from procrastinate.contrib.django import app

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor

log = logging.getLogger("yike.jobs")

#: How often a worker says that it lives, and after how long a silence it is taken for dead.
ALIVE_EVERY, DEAD_AFTER = 2.0, 10.0
#: A job that was cut short so often may be what ends its workers: it is set aside as failed.
MOST_TIMES = 12


def take_up_stalled(*, actor: Actor) -> int:
    """This will put back the jobs of workers that are gone; returns how many. Part of the beat."""
    del actor  # jobs have no rows of anybody's
    held = app.connector.get_sync_connector().execute_query_all(
        sql.queries["select_stalled_jobs_by_heartbeat"],
        queue=None,
        task_name=None,
        seconds_since_heartbeat=DEAD_AFTER,
    )
    for job in held:
        _put_back(job)
    return 0  # the next beat looks again; a job that cannot be moved must not be asked for at once


def _put_back(job: dict[str, Any]) -> None:
    """One that has meanwhile ended is left alone; one that waits already goes."""
    try:
        with transaction.atomic():
            if job["attempts"] >= MOST_TIMES:
                log.error("job %(id)s %(task_name)s was cut short too often: set aside", job)
                _end(job, "failed")
                return
            app.job_manager.retry_job_by_id(job_id=job["id"], retry_at=clock.now())
            log.warning("job %(id)s %(task_name)s was cut short: taken up again", job)
    except exceptions.UniqueViolation:
        _end(job, "aborted")
    except exceptions.ConnectorException:
        log.info("job %(id)s %(task_name)s has ended after all", job)


def _end(job: dict[str, Any], status: str) -> None:
    app.connector.get_sync_connector().execute_query(
        sql.queries["finish_job"], job_id=job["id"], status=status, delete_job=status != "failed"
    )

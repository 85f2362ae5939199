"""Jobs are found by asking, not told of: PostgreSQL lets one transaction that tells commit at a time.

What the auditor reads of a job is in the trail; procrastinate's own history of jobs is not kept.
"""

from django.db import migrations

#: procrastinate 3: told each worker of each job, and kept a line of each step of a job
_TRIGGERS = (
    "procrastinate_jobs_notify_queue_job_inserted_v1",
    "procrastinate_trigger_status_events_insert_v1",
    "procrastinate_trigger_status_events_update_v1",
)


class Migration(migrations.Migration):
    dependencies = [
        ("guard", "0002_keepers"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(f"drop trigger if exists {name} on procrastinate_jobs", "")
        for name in _TRIGGERS
    ]

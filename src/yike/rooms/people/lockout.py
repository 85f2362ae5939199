"""How long sign-in waits after failures in a row. Pure."""

from __future__ import annotations

from datetime import timedelta

#: Failures in a row before sign-in waits; the wait doubles from one minute to an hour.
TRIES = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
#: After so long without a failure the count starts anew.
FORGOTTEN_AFTER = timedelta(hours=24)


def wait_after(failed: int) -> timedelta:
    """This will return how long sign-in waits after so many failures in a row."""
    if failed < TRIES:
        return timedelta()
    doublings: int = min(failed - TRIES, 12)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)

"""Django looks here for the class behind DATABASES' ENGINE."""

from __future__ import annotations

import select

import psycopg
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A kept connection is proved by its socket, without a question to the server at each request.

    A server that is gone, or has ended the session, has closed the socket or said so on it: then,
    and whenever anything is unclear, the question is asked after all.
    """

    def is_usable(self) -> bool:
        """This will return whether the connection can be used."""
        link: psycopg.Connection | None = self.connection
        return (link is not None and _is_quiet(link)) or bool(super().is_usable())


def _is_quiet(link: psycopg.Connection) -> bool:
    if link.closed or link.pgconn.transaction_status != psycopg.pq.TransactionStatus.IDLE:
        return False
    heard = select.poll()
    heard.register(link.fileno(), select.POLLIN)
    return not heard.poll(0)

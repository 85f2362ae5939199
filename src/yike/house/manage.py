"""`python -m yike.house.manage …`: Django's own commands, for developers."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """This will run one of Django's management commands; migrations run as the owner."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")
    if len(sys.argv) > 1 and sys.argv[1] in {"migrate", "sqlmigrate", "showmigrations", "dbshell"}:
        os.environ.setdefault("YIKE_DB_ROLE", "owner")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

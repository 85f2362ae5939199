"""What must be true before the house opens: a role without power, keys nobody else can read."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections

_ROLE = """
select r.rolname, r.rolsuper, r.rolbypassrls,
       (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p')
          and pg_has_role(r.rolname, c.relowner, 'USAGE'))
from pg_roles r where r.rolname = current_user
"""


def announce() -> None:
    """This will register the checks with Django."""
    checks.register(check_keys, checks.Tags.security)
    checks.register(check_role, checks.Tags.database)


def check_keys(**_: Any) -> list[checks.CheckMessage]:
    """This will refuse to start when others may read the sealing keys."""
    return [checks.Error(fault, id="guard.E001") for fault in mode_faults(settings.KEYS_FILE)]


def check_role(*, databases: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """This will refuse a database role that row security would not bind."""
    if os.environ.get("YIKE_DB_ROLE") == "owner" or not databases:
        return []
    hint = "请让应用以 yike_app 这样的无权角色连接，见 THREATS.md。"
    return [checks.Error(fault, hint=hint, id="guard.E002") for fault in role_faults()]


def mode_faults(file: Path) -> list[str]:
    """This will say, with the command that mends it, what is too open about the key file."""
    faults = []
    for path, allowed in ((file.parent, 0o700), (file, 0o600)):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & ~allowed:
            faults.append(f"{path} 的权限过宽，他人可读密钥。请执行：chmod {allowed:o} {path}")
    return faults


def role_faults() -> list[str]:
    """This will say in what way the connected role stands above row security."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_ROLE)
        name, superuser, bypasses, owned = cursor.fetchone() or ("?", True, True, 0)
    faults = []
    if superuser:
        faults.append(f"数据库角色 {name} 是超级用户，数据权限对它不起作用。")
    if bypasses:
        faults.append(f"数据库角色 {name} 有 BYPASSRLS，数据权限对它不起作用。")
    if owned:
        faults.append(f"数据库角色 {name} 拥有 {owned} 张表，数据权限对它不起作用。")
    return faults

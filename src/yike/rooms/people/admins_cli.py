"""`./yike admins 姓名 姓名 姓名`: the accounts of the system, security and audit administrators.

A new house has nobody who could open an account for somebody. This opens those of the three that
nobody holds, for three different people; with the three, all others are opened on the desk.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

_NEXT = (
    "各自登录并改密码。接着：系统管理员在 /desk/people 为局领导开账号；"
    "安全管理员在账号页上授“局领导”和本县区划；局领导登录后登记机构和站点，再由两位管理员为其他人开账号、授角色。"
)


def main(argv: Sequence[str] | None = None) -> int:
    """This will open the accounts that are lacking; 0 done, 1 refused, said on stderr."""
    parser = argparse.ArgumentParser(prog="./yike admins", description=__doc__)
    for name, meta in (("system", "系统管理员"), ("security", "安全管理员"), ("audit", "审计员")):
        parser.add_argument(name, metavar=meta, help="the person's name")
    asked = parser.parse_args(argv)
    people = [name.strip() for name in (asked.system, asked.security, asked.audit)]
    if len(set(people)) < 3 or not all(people):
        return _refuse("三个管理员要由三个不同的人担任，请写三个不同的姓名。")
    return _open(people)


def _open(people: Sequence[str]) -> int:
    from yike.rooms.core.actor import system
    from yike.rooms.core.refusal import Refusal
    from yike.rooms.guard.acting import acting
    from yike.rooms.people import actions

    house = system("admins")
    try:
        with acting(house):
            opened = actions.open_administrators(names=people, actor=house)
    except Refusal as no:
        return _refuse(str(no))
    for role, name, username, password in opened:
        sys.stdout.write(f"  {role}　{name}　用户名 {username}　首次密码 {password}\n")
    sys.stdout.write(f"{_NEXT}\n")
    return 0


def _refuse(words: str) -> int:
    sys.stderr.write(f"{words}\n")
    return 1

"""`./yike demo load|clear`: puts the demonstration county up, or takes it down."""

from __future__ import annotations

import argparse

from yike.demo import clearing, load
from yike.demo.play import HOUSE
from yike.house import config as house_config
from yike.house import database
from yike.rooms.guard.acting import acting


def main(argv: list[str]) -> int:
    """This will load or clear the demonstration; safe to repeat."""
    asked = argparse.ArgumentParser(prog="yike demo", description=__doc__)
    asked.add_argument("deed", choices=("load", "clear"))
    given = asked.parse_args(argv)
    if given.deed == "clear":
        with database.owner(house_config.read()) as connection:
            removed = clearing.clear_everything(connection)
        with acting(HOUSE) as house:
            clearing.tell(removed, actor=house)
        print(f"已清除演示数据 {removed} 行；留痕不删除。")
        return 0
    load.foreground()
    load.background()
    for role, username, password in load.logins():
        print(f"  {role}　{username}　{password}")
    return 0

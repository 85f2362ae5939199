"""The subcommands of `./yike` that need the packages: each hands on to the room it belongs to.

Each loads what it needs when it is asked: a question to files waits for no database's driver.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from yike.house import config as house_config
from yike.house.config import Config, HouseError

#: Subcommand → module whose `main(argv)` does it, as the application's role, and the word that
#: belongs to the command itself.
ROOMS = {
    "trail": "yike.rooms.trail.verify",
    "demo": "yike.house.demonstration",
    "region": "yike.rooms.regions.importing",
    "keys": "yike.rooms.people.keys_cli",
    "admins": "yike.rooms.people.admins_cli",
    "calendar": "yike.rooms.clocks.calendar_cli",
    "sbom": "yike.rooms.guard.sbom",
    "map": "yike.house.basemap.command",
    "reach": "yike.house.planner.reach",
    "siting": "yike.house.planner.siting",
}
VERBS = {"region": "import"}
#: Commands whose module stands without Django and says by `needs_database(argv)` what it needs.
ALONE = ("trail", "map", "reach", "siting")
#: Values of these settings are never printed.
_SECRET = ("password", "database_url")


def main(argv: list[str]) -> int:
    """This will run one subcommand and return its exit code."""
    asked, rest = _parser().parse_known_args(argv)
    if rest and asked.command not in {*ROOMS, "manage"}:
        _parser().error(f"unknown words: {' '.join(rest)}")
    try:
        return _COMMANDS[asked.command](asked, house_config.read())
    except HouseError as refused:
        print(refused, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./yike", description="See ./yike help.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("config", help="print the configuration")
    commands.add_parser("stop", help="stop what ./yike up started")
    commands.add_parser("prepare", help="make tables, static files and reference data")
    commands.add_parser("web", help="run only the web server")
    commands.add_parser("worker", help="run only the worker")
    commands.add_parser("reckoner", help="run only the reckoner of travel times")
    saving = commands.add_parser("backup", help="save database, papers and keys into one file")
    saving.add_argument("file", type=Path)
    back = commands.add_parser("restore", help="put a backup back")
    back.add_argument("file", type=Path)
    back.add_argument("--replace", action="store_true", help="overwrite what is there")
    for name in (*ROOMS, "manage"):
        commands.add_parser(name, add_help=False).add_argument("words", nargs="*")
    return parser


def _config(asked: argparse.Namespace, config: Config) -> int:
    for field in dataclasses.fields(config):
        value = getattr(config, field.name)
        origin = "" if value == field.default else "   # changed"
        hidden = value and any(word in field.name for word in _SECRET)
        print(f"{field.name} = {_toml('***' if hidden else value)}{origin}")
    return 0


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else f'"{value}"'


def _stop(asked: argparse.Namespace, config: Config) -> int:
    from yike.house import up

    print("Stopped." if up.stop(config) else "Nothing was running.")
    return 0


def _prepare(asked: argparse.Namespace, config: Config) -> int:
    from yike.house import installing

    with served(config):
        installing.prepare(config)
    return 0


def _web(asked: argparse.Namespace, config: Config) -> int:
    from yike.house import up

    command = up.web_command(config)
    os.execv(command[0], command)  # noqa: S606 - becomes the server, for systemd and containers


def _worker(asked: argparse.Namespace, config: Config) -> int:
    from yike.house import worker

    worker.main()
    return 0


def _reckoner(asked: argparse.Namespace, config: Config) -> int:
    from yike.house import up

    command = up.reckoner_command(config)
    os.execve(command[0], command, os.environ | up.SINGLE)  # noqa: S606 - as for the web server


def _backup(asked: argparse.Namespace, config: Config) -> int:
    from yike.house import backup

    with served(config):
        backup.save(config, asked.file)
    print(f"Saved to {asked.file}. It holds the keys: keep it as you would keep the originals.")
    return 0


def _restore(asked: argparse.Namespace, config: Config) -> int:
    from yike.house import backup, up

    if up.running(config):
        print("Yike is running: ./yike stop, then restore.", file=sys.stderr)
        return 1
    with served(config):
        backup.restore(config, asked.file, replace=asked.replace)
    print("Restored. ./yike up opens the house.")
    return 0


def _manage(asked: argparse.Namespace, config: Config) -> int:
    from yike.house import manage

    sys.argv = ["./yike manage", *sys.argv[2:]]
    with served(config):
        manage.main()
    return 0


def _room(asked: argparse.Namespace, config: Config) -> int:
    words = sys.argv[2:]
    verb = VERBS.get(asked.command)
    if verb:
        if words[:1] != [verb]:
            print(f"Say ./yike {asked.command} {verb} ...", file=sys.stderr)
            return 2
        words = words[1:]
    if asked.command in ALONE:
        alone = _module(asked.command)
        if alone is None:
            return _not_built(asked.command)
        if not alone.needs_database(words):
            return int(alone.main(words))
    with served(config):
        return _with_django(asked.command, words)


def _with_django(command: str, words: list[str]) -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")
    django.setup()
    module = _module(command)
    if module is None:
        return _not_built(command)
    return int(module.main(words) or 0)


def _not_built(command: str) -> int:
    print(f"`./yike {command}` is not built yet.", file=sys.stderr)
    return 1


def _module(command: str) -> ModuleType | None:
    """The room's module, or None while it is not there; a fault inside it is not hidden."""
    try:
        return importlib.import_module(ROOMS[command])
    except ModuleNotFoundError as missing:
        if missing.name != ROOMS[command]:
            raise
        return None


@contextmanager
def served(config: Config) -> Iterator[None]:
    """This will have the private server running inside the block, and as before it afterwards."""
    from yike.house import postgres, up

    if config.database_url:
        yield
        return
    ran = postgres.status(config.state_dir).pid is not None
    postgres.ensure(config.state_dir)
    try:
        yield
    finally:
        if not ran and not up.running(config):
            postgres.stop(config.state_dir)


_COMMANDS: dict[str, Callable[[argparse.Namespace, Config], int]] = {
    "config": _config,
    "stop": _stop,
    "prepare": _prepare,
    "web": _web,
    "worker": _worker,
    "reckoner": _reckoner,
    "backup": _backup,
    "restore": _restore,
    "manage": _manage,
    **dict.fromkeys(ROOMS, _room),
}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)

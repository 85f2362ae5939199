"""What a new house is furnished with: each room's reference data, then the demonstration county.

A room offers `reference.load_reference(actor=)`, idempotent; the demo offers `load.foreground()`,
`load.background()` and `load.logins()`. Each is stamped in the database when it is finished.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

from yike.house import database
from yike.house.config import Config

PACKAGE = Path(__file__).resolve().parents[1]
FURNISHING = "reference"
#: What `furnish` does beside loading; another number has it done again in a standing house.
_FURNISHED_AS = b"2: words sealed that once lay in clear"
DEMO, DEMO_YEAR = "demo", "demo year"


def is_done(config: Config) -> bool:
    """This will say whether reference data and the demo's first part are in; without Django."""
    return reference_is_done(config) and demo_is_done(config)


def reference_is_done(config: Config) -> bool:
    """This will say whether this version's reference data is in."""
    return database.stamped(config, FURNISHING) == reference_fingerprint()


def demo_is_done(config: Config) -> bool:
    """This will say whether the demo's first part is in, or not wanted."""
    return not config.demo or not _has_demo() or bool(database.stamped(config, DEMO))


def year_is_done(config: Config) -> bool:
    """This will say whether nothing is left for `background`."""
    return not config.demo or not _has_demo() or bool(database.stamped(config, DEMO_YEAR))


def logins(config: Config) -> str:
    """This will return the demonstration logins as lines for people; "" without demo."""
    kept = _logins_file(config)
    return kept.read_text(encoding="utf-8") if config.demo and kept.exists() else ""


def nobody_yet(config: Config) -> bool:
    """This will say whether nobody was ever given a role; without Django."""
    with database.owner(config) as connection:
        found = connection.execute("select not exists (select from people_grant)").fetchone()
    return bool(found and found[0])


def reference_fingerprint() -> str:
    """This will return a digest of the rooms' reference code and data."""
    digest = hashlib.sha256(_FURNISHED_AS)
    patterns = ("*/reference.py", "*/reference/**/*", "*/data/**/*")
    files = {file for pattern in patterns for file in (PACKAGE / "rooms").glob(pattern)}
    for file in sorted(files):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(str(file.relative_to(PACKAGE)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def furnish(config: Config) -> None:
    """This will load the rooms' reference data and seal what lies in clear, unless it is done."""
    if not reference_is_done(config):
        load_reference()
        seal_leftovers()
        _stamp(config, FURNISHING, reference_fingerprint())


def foreground(config: Config) -> None:
    """This will load the demo's stage and last days, unless they are in or not wanted."""
    demo = _module("yike.demo.load") if config.demo else None
    if demo is not None and not database.stamped(config, DEMO):
        demo.foreground()
        _keep_logins(config, demo)
        _stamp(config, DEMO, "1")


def load_reference() -> None:
    """This will load each room's reference data, in a transaction of its own: a kill leaves whole
    rooms, and loading is repeated."""
    from django.conf import settings

    from yike.rooms.core.actor import system
    from yike.rooms.guard.acting import acting

    actor = system("first start")
    for room in settings.ROOMS:
        reference = _module(f"yike.rooms.{room}.reference")
        if reference is not None:
            with acting(actor):
                reference.load_reference(actor=actor)


def seal_leftovers() -> None:
    """This will seal, 500 matters a transaction, words that an earlier version kept in clear."""
    from yike.rooms.core.actor import system
    from yike.rooms.guard.acting import acting
    from yike.rooms.matters import actions as matters_actions

    actor, sealed = system("first start"), -1
    while sealed:
        with acting(actor):
            sealed = matters_actions.seal_leftovers(actor=actor)


def background(config: Config) -> None:
    """This will load the older part of the demonstration year, while the house is open."""
    demo = _module("yike.demo.load") if config.demo else None
    if demo is not None and hasattr(demo, "background"):
        demo.background()
    _stamp(config, DEMO_YEAR, "1")


def _keep_logins(config: Config, demo: ModuleType) -> None:
    """One line for each role: name, account, password (all of them made up and public)."""
    lines = [f"  {role}　{account}　{password}" for role, account, password in demo.logins()]
    _logins_file(config).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _logins_file(config: Config) -> Path:
    return config.state_dir / "logins.txt"


def _has_demo() -> bool:
    return (PACKAGE / "demo" / "load.py").exists() or (PACKAGE / "demo" / "load").is_dir()


def _module(name: str) -> ModuleType | None:
    """The module, or None when the room has not got it; a fault inside it is not hidden."""
    if importlib.util.find_spec(name) is None:
        return None
    return importlib.import_module(name)


def _stamp(config: Config, name: str, version: str) -> None:
    with database.owner(config) as connection:
        database.stamp(connection, name, version)


def main() -> None:
    """This will run one part, as the application's role."""
    import django

    from yike.house import config as house_config

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")
    django.setup()
    parts = {"reference": furnish, "foreground": foreground, "background": background}
    part = parts[sys.argv[1]]
    part(house_config.read())


if __name__ == "__main__":
    main()

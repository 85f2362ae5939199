"""`./yike keys status|rotate|check|drop`: the sealing keys, from the command line.

Nothing of a key is ever printed. Back up secrets/keys.json after each rotation, apart from the
database: without it no identity can be read.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

#: Requests that began before a rotation may still be sealing under the old key for so long.
SETTLE_SECONDS = 600
_BATCH = 500


def main(argv: Sequence[str] | None = None) -> int:
    """This will do one of the four; 0 done, 1 something is wrong, said on stderr."""
    parser = argparse.ArgumentParser(prog="./yike keys", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("status", help="which versions there are, and what lies under each")
    verbs.add_parser("rotate", help="make a fresh key current and seal identities anew")
    verbs.add_parser("check", help="open everything that is sealed here and compare indexes")
    drop = verbs.add_parser("drop", help="forget old keys that nothing is sealed under")
    drop.add_argument("--now", action="store_true", help="do not wait for requests under way")
    asked = parser.parse_args(argv)
    if asked.verb == "drop":
        return _drop(now=asked.now)
    return {"status": _status, "rotate": _rotate, "check": _check}[asked.verb]()


def _status() -> int:
    from yike.rooms.core.actor import system
    from yike.rooms.guard.acting import acting
    from yike.rooms.guard.keyring import ring
    from yike.rooms.people import keysurvey

    with acting(system("keys.status")):
        uses = keysurvey.survey()
    kept = ring()
    for version in sorted(kept.keys):
        places = [f"{use.where} {use.count}" for use in uses if use.version == version]
        mark = " (current)" if version == kept.current else ""
        _say(f"key {version}{mark}: {', '.join(places) or 'nothing'}")
    lost = sorted({use.version for use in uses} - set(kept.keys))
    for version in lost:
        _warn(f"key {version} is missing, but something is sealed under it: restore keys.json")
    return 1 if lost else 0


def _rotate() -> int:
    from yike.rooms.core.actor import system
    from yike.rooms.guard.acting import acting
    from yike.rooms.people import actions

    house = system("keys.rotate")
    with acting(house):
        version = actions.rotate_keys(actor=house)
    _say(f"key {version} is current; back up keys.json now")
    with acting(house):
        sealed = actions.reseal_secrets(actor=house)
    done = 0
    while True:
        with acting(house):
            moved = actions.reseal_parties(limit=_BATCH, actor=house)
        if not moved:
            break
        done += moved
    _say(f"sealed anew: {done} identities, {sealed} second factors")
    _reseal_files()
    _say("drafts stay under their key; `./yike keys drop` forgets keys not used")
    return 0


def _reseal_files() -> None:
    """Papers lie on disk: each round is a transaction, the old file goes when it is committed."""
    from yike.rooms.core.actor import system
    from yike.rooms.files import actions as files_actions
    from yike.rooms.guard.acting import acting

    house = system("keys.rotate")
    after = None
    while True:
        with acting(house):
            after = files_actions.reseal_files(after=after, limit=_BATCH, actor=house)
        if after is None:
            break
    _say("sealed anew: all papers")


def _check() -> int:
    from yike.rooms.core.actor import system
    from yike.rooms.guard.acting import acting
    from yike.rooms.people import keyproof

    with acting(system("keys.check")):
        proof = keyproof.prove()
    for fault in proof.faults[:20]:
        _warn(fault)
    _say(f"{proof.opened} sealed values opened, {len(proof.faults)} faults")
    return 1 if proof.faults else 0


def _drop(*, now: bool) -> int:
    from django.conf import settings

    from yike.rooms.core.actor import system
    from yike.rooms.core.refusal import Refusal
    from yike.rooms.guard.acting import acting
    from yike.rooms.guard.keyring import ring
    from yike.rooms.people import actions

    rested = time.time() - Path(settings.KEYS_FILE).stat().st_mtime
    if rested < SETTLE_SECONDS and not now:
        _warn(f"rotated {int(rested)} s ago; wait {SETTLE_SECONDS - int(rested)} s, or --now")
        return 1
    house = system("keys.drop")
    try:
        with acting(house):
            gone = actions.drop_keys(versions=list(ring().keys), actor=house)
    except Refusal as no:
        _warn(no.sentence)
        return 1
    _say(f"forgotten: {', '.join(map(str, gone)) or 'none'}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _warn(line: str) -> None:
    sys.stderr.write(line + "\n")

"""`./yike sbom [--out FILE]`: the list of packages as CycloneDX 1.6, checked against its rules."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from yike.rooms.guard import supply


def main(argv: Sequence[str]) -> int:
    """This will print or write the list; returns 1 when something is not accounted for."""
    parser = argparse.ArgumentParser(prog="./yike sbom", description=__doc__)
    parser.add_argument("--out", type=Path, metavar="FILE", help="write here instead of printing")
    asked = parser.parse_args(list(argv))
    text = json.dumps(supply.bill(), ensure_ascii=False, indent=2) + "\n"
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{len(supply.packages())} packages written to {asked.out}.\n")
    else:
        sys.stdout.write(text)
    faults = supply.faults()
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0

"""What the house is built of: every locked package with version, licence, hashes (B15.12).

Read from the locks and from what is installed; kept nowhere else, so it cannot be out of date.
"""

from __future__ import annotations

import base64
import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from yike.rooms.core import clock

_LINE = re.compile(r"([A-Za-z0-9._-]+)==([^ ;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_UNKNOWN = "unknown"
#: Licences that ask for nothing but to be named. Others need a line in requirements/licences.csv.
PERMISSIVE = frozenset(
    {
        "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause",
        "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Unlicense", "Zlib",
    }
)  # fmt: skip
#: What packages write instead of the SPDX name.
_MEANT = {
    "BSD": "BSD-2-Clause",
    "BSD-0-Clause": "0BSD",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+)": (
        "LGPL-2.1-or-later"
    ),
    "LGPL": "",
}


@dataclass(frozen=True, kw_only=True)
class Package:
    """One locked package. `kind`: pypi or npm; `excused`: why a licence that binds is accepted."""

    kind: str
    name: str
    version: str
    licence: str
    #: (algorithm, hexadecimal), one for each file that may be installed
    pinned: tuple[tuple[str, str], ...]
    excused: str = ""

    @property
    def address(self) -> str:
        """The package URL (purl)."""
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"

    @property
    def permissive(self) -> bool:
        """Whether one of the offered licences asks in all its parts only to be named."""
        offered = re.split(r" OR ", self.licence.strip("()"))
        return any(set(one.strip().split(" AND ")) <= PERMISSIVE for one in offered)


@dataclass(frozen=True, kw_only=True)
class Update:
    """One line of the record of updates: "" as `before` is the first lock."""

    on: str
    package: str
    before: str
    after: str
    why: str


def packages() -> tuple[Package, ...]:
    """This will return every package that runs in an office, Python first."""
    excuses = {row["package"]: row["why"] for row in _rows("licences.csv")}
    found = [*_python(), *_npm()]
    return tuple(replace(one, excused=excuses.get(one.name, "")) for one in found)


def updates() -> tuple[Update, ...]:
    """This will return what changed in the locks and why, newest first."""
    rows = [
        Update(
            on=row["date"],
            package=row["package"],
            before=row["from"],
            after=row["to"],
            why=row["why"],
        )
        for row in _rows("updates.csv")
    ]
    return tuple(reversed(rows))


def faults() -> tuple[str, ...]:
    """This will name packages whose licence is not accepted, or whose version no line records."""
    latest: dict[str, set[str]] = {}
    for row in updates():
        latest.setdefault(row.package, set()).add(row.after)
    found = []
    for one in packages():
        if not one.permissive and not one.excused:
            found.append(f"{one.name} {one.version}: licence {one.licence} is not accepted")
        if one.version not in latest.get(one.name, set()):
            found.append(f"{one.name} {one.version}: no line in requirements/updates.csv")
        if not one.pinned:
            found.append(f"{one.name} {one.version}: no pinned hash")
    return tuple(found)


def bill() -> dict[str, Any]:
    """This will return the list of packages as CycloneDX 1.6 (ECMA-424), ready for JSON."""
    found = packages()
    named = "\n".join(one.address for one in found)
    root = "pkg:generic/yike"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, named)}",
        "version": 1,
        "metadata": {
            "timestamp": f"{clock.now():%Y-%m-%dT%H:%M:%S+08:00}",
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "yike",
                "version": _own_version(),
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": [_component(one) for one in found],
        "dependencies": [{"ref": root, "dependsOn": [one.address for one in found]}],
    }


def _component(one: Package) -> dict[str, Any]:
    """Several files of one version: their hashes are properties, for none is *the* component's."""
    single = len(one.pinned) == 1
    told: dict[str, Any] = {
        "type": "library",
        "bom-ref": one.address,
        "name": one.name,
        "version": one.version,
        "purl": one.address,
        "licenses": _licences(one.licence),
    }
    if single:
        told["hashes"] = [{"alg": alg, "content": content} for alg, content in one.pinned]
    else:
        told["properties"] = [
            {"name": f"yike:pinned:{alg}", "value": content} for alg, content in one.pinned
        ]
    return told


def _licences(told: str) -> list[dict[str, Any]]:
    if told == _UNKNOWN:
        return [{"license": {"name": told}}]
    return [{"expression": told}] if " " in told else [{"license": {"id": told}}]


def _python() -> Iterator[Package]:
    text = (settings.ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        if named := _LINE.match(block):
            pinned = tuple(("SHA-256", found) for found in _HASH.findall(block))
            yield Package(
                kind="pypi",
                name=named[1],
                version=named[2],
                licence=_installed_licence(named[1]),
                pinned=pinned,
            )


def _installed_licence(name: str) -> str:
    """Of a package meant for another system nothing is installed here: its licence is unknown."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return _UNKNOWN
    free = (told["License"] or "").strip()
    kinds = [one for one in told.get_all("Classifier") or [] if one.startswith("License ::")]
    for one in (told["License-Expression"] or "", free if len(free) < 40 else "", *kinds):
        if meant := str(_MEANT.get(one, one)):
            return meant
    return _UNKNOWN


def _npm() -> Iterator[Package]:
    lock = json.loads((settings.ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for place, told in lock["packages"].items():
        if place and not told.get("dev"):
            licence = told.get("license") or _UNKNOWN
            alg, _, encoded = told["integrity"].partition("-")
            content = base64.b64decode(encoded).hex()
            yield Package(
                kind="npm",
                name=place.rpartition("node_modules/")[2],
                version=told["version"],
                licence=_MEANT.get(licence, licence).strip("()"),
                pinned=((f"SHA-{alg.removeprefix('sha')}", content),),
            )


def _rows(name: str) -> list[dict[str, str]]:
    file: Path = settings.ROOT / "requirements" / name
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _own_version() -> str:
    text = (settings.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "([^"]+)"', text, re.MULTILINE)
    return found[1] if found else "0"

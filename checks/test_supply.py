"""Every locked package has an accepted licence, pinned hashes and a line that says why."""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from yike.rooms.guard import sbom, supply

ROOT = Path(__file__).resolve().parents[1]
_IMPORTED = re.compile(r"^\s*(?:from|import) ([a-zA-Z]\w*)", re.MULTILINE)


def test_every_package_is_accounted_for() -> None:
    assert supply.faults() == (), (
        "write what changed and why into requirements/updates.csv; a licence that binds needs a "
        "reason in requirements/licences.csv (never GPL or AGPL at run time)"
    )


def test_no_strong_copyleft_runs_in_an_office() -> None:
    strong = [one.name for one in supply.packages() if re.search(r"(?<!L)GPL", one.licence)]
    assert strong == []


def test_the_product_imports_only_what_an_office_installs() -> None:
    """A package for tests alone is here and not there: what needs it works here and not there."""
    locked = {one.name.lower().replace("_", "-") for one in supply.packages() if one.kind == "pypi"}
    lacking: dict[str, str] = {}
    homes = importlib.metadata.packages_distributions()
    for file in (ROOT / "src").rglob("*.py"):
        if "tests" in file.parts or file.name == "testing.py":
            continue
        for name in set(_IMPORTED.findall(file.read_text(encoding="utf-8"))):
            known = {one.lower().replace("_", "-") for one in homes.get(name, ())}
            if name not in sys.stdlib_module_names and known and not known & locked:
                lacking[str(file.relative_to(ROOT))] = name
    assert not lacking, "declare it in pyproject.toml or do without"


def test_excuses_are_only_for_what_needs_them() -> None:
    needed = {one.name for one in supply.packages() if not one.permissive}
    assert needed == {one.name for one in supply.packages() if one.excused}


def test_a_forgotten_update_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supply, "updates", lambda: ())
    assert any("updates.csv" in fault for fault in supply.faults())
    bound = supply.Package(
        kind="pypi", name="x", version="1", licence="AGPL-3.0-only", pinned=(("SHA-256", "0"),)
    )
    monkeypatch.setattr(supply, "packages", lambda: (bound,))
    assert any("not accepted" in fault for fault in supply.faults())


def test_the_command_writes_cyclonedx(tmp_path: Path) -> None:
    out = tmp_path / "sbom.json"
    assert sbom.main(["--out", str(out)]) == 0
    bill: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(refs) == len(set(refs)) == len(supply.packages())
    assert set(bill["dependencies"][0]["dependsOn"]) == set(refs)
    named = {one["name"]: one for one in bill["components"]}
    assert named["django"]["purl"].startswith("pkg:pypi/django@5.2")
    assert named["django"]["licenses"] == [{"license": {"id": "BSD-3-Clause"}}]
    assert named["cryptography"]["licenses"] == [{"expression": "Apache-2.0 OR BSD-3-Clause"}]
    assert len(named["bootstrap"]["hashes"][0]["content"]) == 128
    assert "axe-core" not in named
    assert not any(one["licenses"][0] == {"license": {"name": "unknown"}}
                   for one in bill["components"])  # fmt: skip

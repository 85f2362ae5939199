"""`./yike test`: style, types, contracts, then every test; the last line is pytest's own.

Words after `test` go to pytest. `CI=true` makes a missing browser a failure instead of a skip.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from yike.house import browser, postgres
from yike.house.config import ROOT

MOST_PROCESSES = 4
NOTHING_RAN = 5
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command as c; c()"


def main(words: list[str]) -> int:
    """This will run everything and return 0 only if all of it passed."""
    _prepare_environment()
    browsed = _prepare_browser()
    warming = _warm()
    failed = [name for name, command in _checks() if not _check(name, command)]
    failed += [] if _is_warm(warming) else ["searches"]
    if not browsed:
        failed.append("browser")
    code = _pytest(words, failed)
    return code or (1 if failed else 0)


def _checks() -> list[tuple[str, list[str]]]:
    python = sys.executable
    tools = Path(python).parent
    return [
        ("ruff check", [str(tools / "ruff"), "check", "--quiet", "."]),
        ("ruff format", [str(tools / "ruff"), "format", "--quiet", "--check", "."]),
        ("mypy", [python, "-m", "mypy", "--no-error-summary", "src", "checks"]),
        ("import contracts", [python, "-c", _LINT_IMPORTS, "--no-cache"]),
    ]


def _check(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    print(f"  {name:<24}", end="", flush=True)
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    took = time.monotonic() - began
    print(f"{took:6.1f} s  {'FAILED' if done.returncode else 'ok'}", flush=True)
    if done.returncode:
        print(done.stdout[-8000:], flush=True)
    return done.returncode == 0


def _warm() -> subprocess.Popen[str]:
    """Compiles the searches beside the checks: else each process of the tests would."""
    command = [sys.executable, "-m", "yike.house.warming"]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _is_warm(warming: subprocess.Popen[str]) -> bool:
    began = time.monotonic()
    said, _ = warming.communicate()
    took = time.monotonic() - began
    print(f"  {'searches compiled':<24}{took:6.1f} s  ", end="")
    print("FAILED" if warming.returncode else "ok", flush=True)
    if warming.returncode:
        print(said[-8000:], flush=True)
    return warming.returncode == 0


def _pytest(words: list[str], failed: list[str]) -> int:
    """Runs pytest on one shared fast server; says before it what failed, so it ends the output."""
    if failed:
        print(f"  FAILED before the tests: {', '.join(failed)}.", flush=True)
    state = Path(os.environ["YIKE_TEST_STATE"])
    postgres.ensure(state, throwaway=True, outlives=True)
    try:
        command = [sys.executable, "-m", "pytest", "-q", *_processes(words), *words]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
    finally:
        postgres.stop(state)
    if code == NOTHING_RAN:
        print("No test ran, so nothing is proven: look at the words after ./yike test.")
    return code


def _processes(words: list[str]) -> list[str]:
    """As many as there are processors, up to four; a named number of processes is respected."""
    if any(word.startswith(("-n", "--numprocesses")) for word in words):
        return []
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return ["-n", str(min(cores or 1, MOST_PROCESSES)), "--dist", "worksteal"]


def _prepare_environment() -> None:
    os.environ.setdefault("YIKE_TEST_STATE", str(ROOT / ".yike" / "test"))
    os.environ.setdefault("PYTHONPATH", str(ROOT / "src"))
    for name in ("DATABASE_URL", "YIKE_DATABASE_URL", "YIKE_APP_DATABASE_URL", "YIKE_CONFIG"):
        os.environ.pop(name, None)


def _prepare_browser() -> bool:
    """Finds the browser for the stories; False only in CI without one, where they must run."""
    found, reason = browser.find_or_install()
    if found is not None:
        os.environ[browser.VARIABLE] = str(found)
        return True
    print(f"  Browser stories will be skipped: {reason}.", flush=True)
    return os.environ.get("CI", "").lower() not in {"true", "1"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The command's own words: help without anything installed, and steps that survive a kill."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from yike.house import cli, up
from yike.house.config import ROOT, Config

COMMAND = ROOT / "yike"


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The file ./yike as a module, pointed at an empty checkout."""
    loader = importlib.machinery.SourceFileLoader("yike_command", str(COMMAND))
    spec = importlib.util.spec_from_loader("yike_command", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    for name, path in {
        "ROOT": tmp_path,
        "STATE": tmp_path / ".yike",
        "VENV": tmp_path / ".venv",
        "PYTHON": tmp_path / ".venv/bin/python",
        "NODE_MODULES": tmp_path / "node_modules",
    }.items():
        monkeypatch.setattr(module, name, path)
    monkeypatch.setattr(module, "LOCKS", ROOT / "requirements")
    (tmp_path / "package-lock.json").write_text("{}")
    return module


class Calls:
    """Notes the commands a step would run, and does what they leave behind."""

    def __init__(self, module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.module = module
        self.said: list[str] = []
        monkeypatch.setattr(module, "_try", self)

    def __call__(self, *words: object, path: str = "") -> str:
        line = " ".join(map(str, words))
        self.said.append(line)
        if "venv --clear" in line:
            self.module.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            self.module.PYTHON.touch()
        if " ci " in line:
            self.module.NODE_MODULES.mkdir(exist_ok=True)
        return ""

    def steps(self) -> list[str]:
        names = {"venv --clear": "venv", "uv.lock": "uv", "pip sync": "packages", " ci ": "npm"}
        return [name for line in self.said for part, name in names.items() if part in line]


def test_help_names_every_command_and_needs_nothing() -> None:
    bare = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-I", str(COMMAND), "help"],
        env=bare,
        capture_output=True,
        text=True,
        check=True,
    )
    for word in (*cli.ROOMS, "up", "stop", "test", "config", "backup", "restore", "manage"):
        assert f"./yike {word}" in done.stdout


def test_set_up_does_each_step_once(command: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Calls(command, monkeypatch)
    monkeypatch.setattr(command, "_node_is_new_enough", lambda: True)
    command.set_up(for_tests=False)
    assert calls.steps() == ["venv", "uv", "packages", "npm"]
    command.set_up(for_tests=False)
    assert len(calls.steps()) == 4


def test_tests_need_more_packages_and_up_keeps_them(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Calls(command, monkeypatch)
    monkeypatch.setattr(command, "_node_is_new_enough", lambda: True)
    command.set_up(for_tests=False)
    command.set_up(for_tests=True)
    assert "dev.lock" in calls.said[-1]
    before = len(calls.said)
    command.set_up(for_tests=False)
    assert len(calls.said) == before


@pytest.mark.parametrize(
    ("lost", "again"),
    [
        (".venv/yike-made", ["venv", "uv", "packages"]),
        (".venv/yike-packages", ["uv", "packages"]),
        (".venv/bin/python", ["venv", "uv", "packages"]),
        ("node_modules/.yike-packages", ["npm"]),
    ],
)
def test_a_killed_step_is_done_again(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch, lost: str, again: list[str]
) -> None:
    calls = Calls(command, monkeypatch)
    monkeypatch.setattr(command, "_node_is_new_enough", lambda: True)
    command.set_up(for_tests=False)
    (command.ROOT / lost).unlink()
    calls.said.clear()
    command.set_up(for_tests=False)
    assert calls.steps() == again


def test_a_linked_environment_is_left_alone(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls = Calls(command, monkeypatch)
    for name in (".venv", "node_modules"):
        (tmp_path / f"kept{name}").mkdir()
        (tmp_path / name).symlink_to(tmp_path / f"kept{name}")
    command.set_up(for_tests=True)
    assert calls.said == []


def test_failed_step_says_why_and_leaves_no_stamp(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_try", lambda *words, path="": "no ensurepip here")
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        command.set_up(for_tests=False)
    assert not (command.VENV / "yike-made").exists()


def _cli(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("YIKE_")}
    return subprocess.run(
        [sys.executable, "-m", "yike.house.cli", *words],
        env=kept | {"PYTHONPATH": str(ROOT / "src")} | environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_config_shows_values_but_no_secrets(tmp_path: Path) -> None:
    done = _cli(
        "config", YIKE_PORT="9001", YIKE_SMTP_PASSWORD="geheim", YIKE_STATE_DIR=str(tmp_path)
    )
    assert "port = 9001   # changed" in done.stdout
    assert "geheim" not in done.stdout
    assert "proxies = 0\n" in done.stdout


def test_unknown_words_and_settings_are_refused() -> None:
    assert _cli("fly").returncode == 2
    assert _cli("config", "now").returncode == 2
    wrong = _cli("config", YIKE_PORT="many")
    assert wrong.returncode == 1
    assert "must be a whole number" in wrong.stderr


@pytest.mark.parametrize(("asked", "cores", "made"), [(0, 1, 2), (0, 3, 3), (0, 64, 4), (7, 2, 7)])
def test_as_many_web_processes_as_cores_unless_told(
    asked: int, cores: int, made: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    assert up.workers(Config(web_workers=asked)) == made


def test_a_question_to_files_loads_no_database_and_no_django() -> None:
    told = "import sys, yike.house.cli as c; c.main(['reach', 'fly']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told, "reach", "fly"],
        env=dict(os.environ) | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "yike.house.planner.reach" in loaded
    assert not loaded & {"psycopg", "procrastinate", "django"}


def test_where_python_may_not_write_bytecode_it_goes_to_the_state(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[dict[str, str]] = []
    monkeypatch.setattr(os, "execv", lambda *_: handed.append(dict(os.environ)))
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    command._hand_on(["config"])
    command.STATE.mkdir()
    command._hand_on(["config"])
    monkeypatch.delenv("PYTHONPYCACHEPREFIX")
    first, second = handed
    assert first["PYTHONDONTWRITEBYTECODE"] == "1"
    assert "PYTHONDONTWRITEBYTECODE" not in second
    assert second["PYTHONPYCACHEPREFIX"] == str(command.STATE / "bytecode")

"""The house's rules about its own source, and a proof that each rule can fail."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from checks import rules, source

Rule = Callable[[ast.Module], list[tuple[int, str]]]

GOOD_ACTION = '''
def close_thing(*, ref: str, actor: Actor) -> None:
    """This will close it."""
'''
ROOM_NAMES = sorted(
    path.parent.name for path in source.ROOMS.glob("*/__init__.py") if path.parent.name != "core"
)
BAD_ACTIONS = [
    'def close_thing(ref: str, *, actor: Actor) -> None:\n    """This will close it."""',
    'def close_thing(*, ref: str) -> None:\n    """This will close it."""',
    'def close_thing(*, ref, actor: Actor) -> None:\n    """This will close it."""',
    'def close_thing(*, ref: str, actor: Actor) -> None:\n    """Closes it."""',
]
LONG = "def f():\n" + "    x = 1\n" * 41
BAD: list[tuple[Rule, str]] = [
    *[(rules.bad_actions, text) for text in BAD_ACTIONS],
    (rules.undocumented, "x = 1"),
    (rules.undocumented, '"""A room."""\ndef f():\n    pass'),
    (rules.long_functions, LONG),
    (rules.overridden_saves, "class A:\n    def save(self):\n        pass"),
    (rules.clock_askers, "x = datetime.now(UTC)"),
    (rules.outside_steps, "with guard.as_house(reason='x', actor=a):\n    pass"),
    (rules.long_views, "def show(request):\n" + "    x = 1\n" * 15),
]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_each_rule_can_fail(rule: Rule, text: str) -> None:
    assert rule(ast.parse(text))


def test_a_good_action_passes() -> None:
    assert rules.bad_actions(ast.parse(GOOD_ACTION)) == []


def _faults(rule: Rule, paths: list[Path]) -> list[str]:
    return [
        f"{source.where(path, line)}: {fault}"
        for path in paths
        for line, fault in rule(source.tree(path))
    ]


def test_actions_are_keyword_only_annotated_documented_with_actor() -> None:
    assert _faults(rules.bad_actions, source.room_modules("actions")) == []


def test_everything_public_is_documented() -> None:
    assert _faults(rules.undocumented, source.modules()) == []


def test_functions_stay_under_40_lines() -> None:
    assert _faults(rules.long_functions, source.modules()) == []


def test_files_stay_under_400_lines() -> None:
    long = [
        f"{source.where(path, 1)}: {lines} lines; make it a package of the same name"
        for path in source.modules(tests=True)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > rules.MOST_LINES
    ]
    assert long == []


def test_no_drawers() -> None:
    drawers = [
        source.where(path, 1)
        for path in source.modules(tests=True)
        if path.stem in rules.BANNED_FILES or path.parent.name in rules.BANNED_FILES
    ]
    assert drawers == [], "name the file after the noun it holds"


def test_no_deed_hides_in_save_or_delete() -> None:
    assert _faults(rules.overridden_saves, source.modules()) == []


def test_time_is_asked_at_core_clock_only() -> None:
    paths = [path for path in source.modules() if path.name != "clock.py"]
    assert _faults(rules.clock_askers, paths) == []


def test_views_stay_under_15_lines() -> None:
    doors = [path for path in source.modules() if "doors" in path.parts]
    assert _faults(rules.long_views, doors) == []


def test_the_count_of_steps_outside_only_falls() -> None:
    listed = (source.ROOT / "checks/stepping_outside.txt").read_text(encoding="utf-8").split("\n")
    allowed = [line.split(":")[0] for line in listed if line and not line.startswith("#")]
    found = [
        str(path.relative_to(source.ROOT))
        for path in source.modules()
        if path.name != "acting.py"
        for _ in rules.outside_steps(source.tree(path))
    ]
    assert sorted(found) == sorted(allowed), "step outside less, or say why in stepping_outside.txt"


@pytest.mark.parametrize("room", ROOM_NAMES)
def test_every_room_has_a_sign_under_40_lines(room: str) -> None:
    sign = source.ROOMS / room / "README.md"
    assert sign.exists(), f"{room} needs a README.md: purpose, words, promises, refusals, norm"
    assert len(sign.read_text(encoding="utf-8").splitlines()) <= 40

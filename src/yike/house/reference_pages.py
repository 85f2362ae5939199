"""`python -m yike.house.reference_pages`: writes docs/reference and docs/rooms from the code.

Pages are made of what the code says itself: comments `#:`, tables, docstrings, signs. Nothing is
retold here, so nothing can grow old; checks/test_docs.py holds them current.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from yike.house import config

ROOT = config.ROOT
MADE = "<!-- Made by `python -m yike.house.reference_pages`; do not edit. -->"


def pages() -> dict[str, str]:
    """This will return every generated page: path below docs/ → text. Needs Django set up."""
    made = {
        "reference/settings.md": _settings(),
        "reference/flow.md": _flow(),
        "reference/events.md": _events(),
        "reference/promises.md": _promises(),
        "reference/roles.md": _roles(),
    }
    return made | {f"rooms/{room}.md": _room(room) for room in rooms()}


def rooms() -> list[str]:
    """This will return the rooms of this house, by name."""
    found = (ROOT / "src/yike/rooms").glob("*/README.md")
    return sorted(sign.parent.name for sign in found)


def events() -> list[type[Any]]:
    """This will return every event that can be recorded, by its full name."""
    from yike.rooms.core.event import Event

    found: set[type[Any]] = set()
    queue: list[type[Any]] = [Event]
    while queue:
        each = queue.pop()
        below = each.__subclasses__()
        queue.extend(below)
        real = each.__module__.startswith("yike.rooms.") and ".tests." not in each.__module__
        if real and not below:
            found.add(each)
    return sorted(found, key=lambda event: str(event.kind()))


def _page(title: str, words: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", MADE, words, *parts]).rstrip() + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
    lines += [f"| {' | '.join(_cell(one) for one in row)} |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def _settings() -> str:
    """The `#:` lines above a field speak for it and for the fields that follow without any."""
    kinds = {field.name: field for field in dataclasses.fields(config.Config)}
    rows, said = [], ""
    comment: list[str] = []
    for line in inspect.getsource(config.Config).splitlines():
        text = line.strip()
        if text.startswith("#:"):
            comment.append(text[2:].strip())
            continue
        name = text.split(":")[0]
        if name in kinds:
            said = " ".join(comment) or said
            rows.append((f"`{name}`", f"`YIKE_{name.upper()}`", _default(kinds[name]), said))
            comment = []
    words = "In `yike.toml`, or as variables; `./yike config` prints what is in force."
    return _page("Settings", words, _table(("key", "variable", "default", "meaning"), rows))


def _default(field: dataclasses.Field[Any]) -> str:
    value = field.default
    if isinstance(value, Path):
        return f"`{value.relative_to(ROOT)}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if value != "" else "empty"


def _flow() -> str:
    from yike.rooms.matters import flow

    states = _table(
        ("code", "state", "ended"),
        ((code, name, "yes" if code in flow.ENDED else "") for code, name in flow.STATES.items()),
    )
    rows = (
        (
            f"`{row.verb}`",
            row.label,
            "、".join(flow.STATES[state] for state in row.states),
            flow.STATES[row.to] if row.to else "stays",
            ", ".join(row.who),
            ", ".join(row.needs),
            row.clock,
            row.told,
            "；".join(sentence for _, sentence in row.unless),
        )
        for row in flow.ROWS
    )
    head = ("verb", "label", "from", "to", "who", "asks", "clock", "citizen is told", "unless")
    return _page(
        "Life of a matter",
        "From `src/yike/rooms/matters/flow.py`. `field?` may be left empty.",
        _diagram(flow),
        "## States",
        states,
        "## Verbs",
        _table(head, rows),
    )


def _diagram(flow: Any) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"  [*] --> s{flow.SIGN}: 受理派单"]
    lines.append(f"  [*] --> s{flow.DISPATCH}: 无人承办")
    lines += [f'  state "{name}" as s{code}' for code, name in flow.STATES.items()]
    lines += [
        f"  s{state} --> s{row.to}: {row.label}"
        for row in flow.ROWS
        for state in row.states
        if row.to
    ]
    lines += [f"  s{code} --> [*]" for code in flow.STATES if code in flow.ENDED]
    return "\n".join([*lines, "```"])


def _events() -> str:
    from yike.rooms.trail import wiring

    rows = (
        (
            f"`{event.kind()}`",
            event.SENTENCE,
            ", ".join(f"`{field.name}`" for field in dataclasses.fields(event)),
            ", ".join(wiring.hearers(event)) or "nobody",
        )
        for event in events()
    )
    words = (
        "What the trail holds, its sentence, its facts, and who hears it (house/switchboard.py)."
    )
    return _page("Events", words, _table(("event", "sentence", "facts", "heard by"), rows))


def _promises() -> str:
    import yaml

    data = ROOT / "src/yike/rooms/clocks/data/promises.yaml"
    told = yaml.safe_load(data.read_text(encoding="utf-8"))
    rows = (
        (
            f"`{one['码']}`",
            one["名"],
            one["期"],
            one.get("延", ""),
            one.get("历", "office"),
            " ".join(str(one[key]) for key in ("法", "条", "据") if key in one),
            one.get("核", "not yet"),
        )
        for one in told
    )
    words = (
        "The first set (`src/yike/rooms/clocks/data/promises.yaml`). An office makes new versions; "
        "a running clock keeps the one it was started with."
    )
    head = ("code", "promise", "length", "may be extended by", "calendar", "basis", "read on")
    return _page("Promises", words, _table(head, rows))


def _roles() -> str:
    from yike.rooms.people import roles

    marks = ("sees_region", "takes_orders", "unmasks", "breaks_glass", "apart")
    rows = (
        (
            f"`{role.code}`",
            role.name,
            role.does,
            *("yes" if getattr(role, mark) else "" for mark in marks),
        )
        for role in roles.ROLES.values()
    )
    words = (
        "From `src/yike/rooms/people/roles.py`. `apart`: never together with any other role. Who "
        "may open which address: `checks/gates.yaml`."
    )
    return _page("Roles", words, _table(("code", "role", "does", *marks), rows))


def _room(name: str) -> str:
    """The sign on the door, then what other rooms and doors may call."""
    home = ROOT / "src/yike/rooms" / name
    sign = (home / "README.md").read_text(encoding="utf-8").strip().split("\n", 1)
    parts = [sign[1].strip()]
    for face in ("actions", "queries"):
        found = _public(home, face)
        if found:
            parts += [f"## {face}", _table(("function", "it will"), found)]
    return _page(sign[0].removeprefix("# "), f"From `src/yike/rooms/{name}`.", *parts)


def _public(home: Path, face: str) -> list[tuple[str, str]]:
    files = [home / f"{face}.py", *sorted((home / face).glob("*.py"))]
    found = [_functions(file) for file in files if file.exists()]
    return sorted(one for some in found for one in some)


def _functions(file: Path) -> list[tuple[str, str]]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        (f"`{node.name}({_arguments(node)})`", _first(ast.get_docstring(node) or ""))
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def _arguments(node: ast.FunctionDef) -> str:
    plain = [one.arg for one in node.args.args]
    named = [one.arg for one in node.args.kwonlyargs]
    return ", ".join([*plain, *(["*"] if named else []), *named])


def _first(docstring: str) -> str:
    """The first paragraph, without the words that begin them all."""
    words = " ".join(docstring.split("\n\n", maxsplit=1)[0].split())
    return words.removeprefix("This will ")


def load_everything() -> None:
    """This will set Django up and import every room's events, so that none is missing."""
    import importlib

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")
    django.setup()
    for room in rooms():
        home = ROOT / "src/yike/rooms" / room
        if (home / "events.py").exists() or (home / "events").is_dir():
            module: ModuleType = importlib.import_module(f"yike.rooms.{room}.events")
            assert module.__doc__


def main() -> None:
    """This will write every page, and remove pages of what is gone."""
    load_everything()
    made = pages()
    for folder in ("reference", "rooms"):
        home = ROOT / "docs" / folder
        home.mkdir(parents=True, exist_ok=True)
        for old in home.glob("*.md"):
            if f"{folder}/{old.name}" not in made:
                old.unlink()
    for name, text in made.items():
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} pages written below docs/.")


if __name__ == "__main__":
    main()

"""Reads the house's own source: files, functions, imports. No rule lives here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "yike"
ROOMS = PACKAGE / "rooms"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    """This will return the parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def modules(*, tests: bool = False) -> list[Path]:
    """This will list the product's own modules, without migrations."""
    return sorted(
        path
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts and (tests or "tests" not in path.parts)
    )


def room_modules(name: str) -> list[Path]:
    """This will list what a name stands for in every room: `name.py`, or the package `name/`."""
    single = sorted(ROOMS.glob(f"*/{name}.py"))
    package = sorted(path for path in ROOMS.glob(f"*/{name}/*.py"))
    return single + package


def functions(module: ast.Module) -> Iterator[Function]:
    """This will yield every function of a module, methods and inner ones too."""
    for node in ast.walk(module):
        if isinstance(node, Function):
            yield node


def public_functions(module: ast.Module) -> Iterator[Function]:
    """This will yield the functions that stand at the top of a module and are not private."""
    for node in module.body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def length(node: Function) -> int:
    """This will return how many lines a function's statements take, docstring not counted."""
    body = node.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    if not body:
        return 0
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1


def where(path: Path, line: int) -> str:
    """This will return a clickable place."""
    return f"{path.relative_to(ROOT)}:{line}"

"""The house's rules as functions over parsed source: each returns the faults of one module."""

from __future__ import annotations

import ast

from checks import source

#: Drawers: names that say nothing about what is inside.
BANNED_FILES = {"utils", "helpers", "common", "managers", "signals", "services", "lib"}
MOST_LINES = 400
MOST_FUNCTION_LINES = 40


def bad_actions(module: ast.Module) -> list[tuple[int, str]]:
    """This will name public actions not keyword-only, annotated, documented, with actor."""
    faults = []
    for function in source.public_functions(module):
        args = function.args
        told = [arg.arg for arg in args.args] == ["event"]  # trail.record(event, actor=…)
        if (args.args and not told) or args.posonlyargs or args.vararg:
            faults.append((function.lineno, f"{function.name}: arguments must be keyword-only"))
        if not any(arg.arg == "actor" for arg in args.kwonlyargs):
            faults.append((function.lineno, f"{function.name}: needs `actor`"))
        if function.returns is None or any(arg.annotation is None for arg in args.kwonlyargs):
            faults.append((function.lineno, f"{function.name}: annotate everything"))
        if not (ast.get_docstring(function) or "").startswith("This will "):
            faults.append((function.lineno, f'{function.name}: docstring begins "This will "'))
    return faults


def undocumented(module: ast.Module) -> list[tuple[int, str]]:
    """This will name public functions and classes without a docstring, and a module without one."""
    faults = [] if ast.get_docstring(module) or not module.body else [(1, "module docstring")]
    for node in module.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if not node.name.startswith("_") and not ast.get_docstring(node):
            faults.append((node.lineno, f"{node.name}: docstring"))
    return faults


def long_functions(module: ast.Module) -> list[tuple[int, str]]:
    """This will name functions whose statements take more than 40 lines."""
    return [
        (function.lineno, f"{function.name}: {source.length(function)} lines")
        for function in source.functions(module)
        if source.length(function) > MOST_FUNCTION_LINES
    ]


#: what Django asks to save and delete: it holds cookies' words, no rows of the work
SAVERS = {"SessionStore"}


def overridden_saves(module: ast.Module) -> list[tuple[int, str]]:
    """This will name classes that override `save` or `delete`: deeds hide there."""
    return [
        (item.lineno, f"{node.name}.{item.name}")
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and node.name not in SAVERS
        for item in node.body
        if isinstance(item, source.Function) and item.name in {"save", "delete"}
    ]


def clock_askers(module: ast.Module) -> list[tuple[int, str]]:
    """This will name calls that ask the clock of the machine: `now`, `today`, `utcnow`."""
    return [
        (node.lineno, ast.unparse(node.func))
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "timezone"}
    ]


def outside_steps(module: ast.Module) -> list[tuple[int, str]]:
    """This will name calls of `as_house`."""
    return [
        (node.lineno, "as_house")
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and (
            getattr(node.func, "id", "") == "as_house"
            or getattr(node.func, "attr", "") == "as_house"
        )
    ]


def long_views(module: ast.Module) -> list[tuple[int, str]]:
    """This will name views of 15 lines or more: functions whose first argument is `request`."""
    return [
        (function.lineno, f"{function.name}: {source.length(function)} lines")
        for function in source.public_functions(module)
        if function.args.args
        and function.args.args[0].arg == "request"
        and source.length(function) >= 15
    ]

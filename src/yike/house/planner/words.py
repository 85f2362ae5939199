"""A command of several words, each in a module of its own that is loaded only when it is asked."""

from __future__ import annotations

import errno
import importlib
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from types import FrameType, ModuleType

#: What the system refuses most, in the words of people.
_SYSTEM = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
}


def run(command: str, words: Mapping[str, str], argv: Sequence[str]) -> int:
    """This will hand `argv` to the word's `main(argv) -> int`.

    `words`: word → module. Returns what it returns; 1 where it is not built, 2 where the word is
    not understood. Each command catches the errors of its own engines and shows them by `refused`.
    """
    if not argv or argv[0] not in words:
        asked = f"no word `{argv[0]}`; " if argv and not argv[0].startswith("-") else ""
        print(f"./yike {command}: {asked}say one of {', '.join(words)}", file=sys.stderr)
        return 2
    module = _module(words[argv[0]])
    if module is None:
        print(f"`./yike {command} {argv[0]}` is not built yet.", file=sys.stderr)
        return 1
    return int(module.main(list(argv[1:])))


def _module(name: str) -> ModuleType | None:
    """The word's module, or None while it is not there; a fault inside it is not hidden."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:
            raise
        return None


def stoppable(answer: Callable[[], int]) -> int:
    """This will return the exit code of `answer`, or of a stop by Ctrl-C or the system's order.

    A stop unwinds like any error, so that files half written are taken away.
    """
    if threading.current_thread() is not threading.main_thread():
        return answer()
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        return answer()
    except KeyboardInterrupt as stop:
        print("已中断；没有留下写了一半的文件。", file=sys.stderr)
        return 128 + (signal.SIGTERM if stop.args else signal.SIGINT)
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt(number)


def refused(why: BaseException) -> int:
    """This will print why an input cannot be used and return the exit code for it."""
    if isinstance(why, OSError):
        name = str(why.filename or "").removesuffix(".part")
        said = _SYSTEM.get(why.errno or 0, str(why.strerror or why))
        print(f"无法读写文件 {name}：{said}。请检查路径和权限。", file=sys.stderr)
    else:
        print(why, file=sys.stderr)
    return 1

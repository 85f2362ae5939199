"""What the reckoner keeps between two questions: the latest used first, bounded by megabytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar

MEGABYTE = 1024 * 1024


class Sized(Protocol):
    """What lies on the shelf knows how many bytes it holds; it may grow while it lies there."""

    def size(self) -> int:
        """This will return bytes, roughly."""
        ...


T = TypeVar("T", bound=Sized)


class Shelf:
    """Values by key; `trim` lets go what was not used for longest, but never the latest."""

    def __init__(self, megabytes: int) -> None:
        self._most = megabytes * MEGABYTE
        self._held: OrderedDict[Hashable, Any] = OrderedDict()

    def take(self, key: Hashable, make: Callable[[], T]) -> T:
        """This will return what lies at the key, made first where nothing does."""
        if key not in self._held:
            self._held[key] = make()
        self._held.move_to_end(key)
        found: T = self._held[key]
        return found

    def has(self, key: Hashable) -> bool:
        """This will say whether something lies at the key."""
        return key in self._held

    def drop(self, key: Hashable) -> None:
        """This will let go what lies at the key, if anything does."""
        self._held.pop(key, None)

    def trim(self) -> None:
        """This will let go the longest unused until the rest fits."""
        while len(self._held) > 1 and self.size() > self._most:
            self._held.popitem(last=False)

    def clear(self) -> None:
        """This will let everything go."""
        self._held.clear()

    def size(self) -> int:
        """This will return the bytes of all that lies here."""
        return sum(one.size() for one in self._held.values())

    def __len__(self) -> int:
        return len(self._held)

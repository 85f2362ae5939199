"""A page of results: what every list query returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """Some rows of a list, in order, and how to ask for the next ones.

    `after` is an opaque mark: pass it back to get the following rows; empty at the end.
    `total` is the count of all rows the actor may see, or None when counting was not asked for.
    """

    rows: Sequence[T]
    after: str = ""
    total: int | None = None

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

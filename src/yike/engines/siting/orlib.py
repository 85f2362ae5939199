"""p-median files of the OR-Library: `n m p`, then m edges `i j cost`; distances by own search.

Of several edges between the same two places the last one counts, as the library's note says.
Source: J. Beasley, OR-Library (pmed1 … pmed40), https://people.brunel.ac.uk/~mastjjb/jeb/orlib/.
"""

from __future__ import annotations

import heapq

import numpy as np

from yike.engines.siting.errors import BadFileError
from yike.engines.siting.problem import UNREACHED, Costs, Problem, pose

_MOST_PLACES = 5000


def read(text: str, *, p: int | None = None) -> Problem:
    """This will return the problem of one file's text; `p` overrides the file's own.

    Refuses with BadFileError a file that is cut off, too long or names places that do not exist.
    """
    numbers = _numbers(text)
    if len(numbers) < 3:
        raise BadFileError("文件是空的或只有开头：OR-Library 文件第一行应当是 n m p 三个数。")
    n, m, stated = numbers[:3]
    if not 1 <= n <= _MOST_PLACES or m < 0:
        raise BadFileError(f"文件第一行写着 {n} 个点、{m} 条边，不像 OR-Library 文件。")
    rest = numbers[3:]
    if len(rest) != 3 * m:
        said = "被截断了" if len(rest) < 3 * m else "多出了内容"
        raise BadFileError(f"文件{said}：应有 {m} 条边（{3 * m} 个数），实有 {len(rest)} 个数。")
    cost = distances(n, _edges(n, rest))
    return pose(cost, np.ones(n, np.int64), p=stated if p is None else p)


def _numbers(text: str) -> list[int]:
    numbers = []
    for line, words in enumerate(text.split("\n"), 1):
        for word in words.split():
            try:
                numbers.append(int(word))
            except ValueError:
                raise BadFileError(f"第 {line} 行的“{word[:20]}”不是整数。") from None
    return numbers


def _edges(n: int, numbers: list[int]) -> dict[tuple[int, int], int]:
    edges = {}
    for place in range(0, len(numbers), 3):
        i, j, cost = numbers[place : place + 3]
        if not (1 <= i <= n and 1 <= j <= n):
            raise BadFileError(f"第 {place // 3 + 1} 条边连着不存在的点（{i}–{j}，共 {n} 个点）。")
        if cost < 0:
            raise BadFileError(f"第 {place // 3 + 1} 条边（{i}–{j}）的长度是负数。")
        edges[min(i, j) - 1, max(i, j) - 1] = cost
    return edges


def distances(n: int, edges: dict[tuple[int, int], int]) -> Costs:
    """This will return the shortest distances between all places, int32[n, n]."""
    neighbours: list[list[tuple[int, int]]] = [[] for _ in range(n)]
    for (i, j), cost in edges.items():
        neighbours[i].append((j, cost))
        neighbours[j].append((i, cost))
    return np.array([_from(place, neighbours) for place in range(n)], dtype=np.int32)


def _from(source: int, neighbours: list[list[tuple[int, int]]]) -> list[int]:
    best = [UNREACHED] * len(neighbours)
    best[source] = 0
    queue = [(0, source)]
    while queue:
        reached, place = heapq.heappop(queue)
        if reached > best[place]:
            continue
        for other, cost in neighbours[place]:
            if reached + cost < best[other]:
                best[other] = reached + cost
                heapq.heappush(queue, (reached + cost, other))
    return best

"""What citizens speak of in a month, against the months before: topics in the field's words, and

words that come up more than they used to. Pure.

A person counts once for a topic, however often they say it. Fewer than three persons are never
shown. Names, numbers and Latin letters cannot become topics: the words come from a fixed list, or
are nouns, verbs and adjectives of the language (rjieba) that are no part of anybody's name.
How much more: weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi, Quinn 2008,
"Fightin' Words", eqs. 15-22), as a z score; from 1.96 on it is said aloud.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import rjieba

#: fewer persons are not shown
LEAST = 3
#: z score from which a change is no chance (5 %)
CERTAIN = 1.96
#: strength of the prior, in persons
_PRIOR = 10.0
#: signs of a comment that are read
_READ = 2_000
_MOST = 24
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,8}")
#: kinds of words that say what something is about; nr… are names of persons, m numbers, t times
_KINDS = ("n", "v", "a", "l", "i", "s")
_NAMES = ("nr", "nt", "nz")
#: words that stand in every comment and say nothing
_EMPTY = frozenset(
    {
        "可以", "联系", "当事人", "说明", "讲得",
        "没有", "就是", "还是", "不是", "觉得", "知道", "希望", "需要", "应该", "自己",
        "问题", "事情", "时候", "现在", "今天", "办理", "工作", "工作人员", "服务", "人员", "单位",
        "部门", "回复", "答复", "处理", "解决", "咨询", "投诉", "反映", "感谢", "谢谢", "你们",
        "他们", "我们", "非常", "满意", "不满意", "进行", "告诉", "看看", "看到", "说话", "出来",
        "起来", "过来", "过去", "回来", "东西", "地方", "情况", "结果", "已经", "要求", "为了",
        "不能", "不会", "不要", "不到", "有点", "律师", "调解员", "法官", "主任", "所长", "同志",
        "老师", "电话", "群众", "政府", "司法", "司法局", "法律", "法律援助",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What one person said. `person` and `ref` are by value, nothing of them comes out."""

    ref: str
    person: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """One topic: how many persons, before that how many (None: fewer than three, not told)."""

    key: str
    name: str
    persons: int
    before: int | None
    score: float
    change: str
    refs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A topic of the field: its name and the words that speak for it."""

    code: str
    name: str
    words: tuple[str, ...]


class Ear:
    """What is listened for: the words of the field's topics, and what may not become one.

    It remembers what it decided of a word, for the same few are said again and again.
    """

    def __init__(self, field: Iterable[Topic], hidden: Iterable[str] = ()) -> None:
        self.topics = {word: topic.code for topic in field for word in topic.words}
        self._names = _parts(hidden)
        self._free: dict[str, bool] = {}

    def lets(self, word: str, kind: str) -> bool:
        """This will say whether a word of the language may become a topic of its own."""
        if not kind.startswith(_KINDS) or kind.startswith(_NAMES):
            return False
        if word not in self._free:
            self._free[word] = self._is_free(word)
        return self._free[word]

    def _is_free(self, word: str) -> bool:
        if not _HAN.fullmatch(word) or word in _EMPTY or word in self._names:
            return False
        return not any(word in one or one in word for one in self.topics)


@dataclass(frozen=True)
class _Said:
    """Who said what: term → persons, term → comments."""

    persons: Mapping[str, frozenset[str]]
    refs: Mapping[str, tuple[str, ...]]

    def count(self, term: str) -> int:
        return len(self.persons.get(term, ()))

    @property
    def total(self) -> int:
        return sum(len(found) for found in self.persons.values())


def find(
    now: Sequence[Comment],
    before: Sequence[Comment],
    past: Sequence[Comment],
    *,
    field: Iterable[Topic],
    hidden: Iterable[str] = (),
) -> tuple[Found, ...]:
    """This will return what a month's comments speak of, what rises most first.

    `before`: the month before, which is told; `past`: months to weigh against. `hidden`: names of
    persons that are known; no part of them becomes a topic.
    """
    topics = {one.code: one for one in field}
    ear = Ear(topics.values(), hidden)
    said, former, usual = (_said(each, ear) for each in (now, before, past))
    totals = (said.total, usual.total)
    found = [
        _found(term, topics, said, former, usual, totals)
        for term in said.persons
        if said.count(term) >= LEAST
    ]
    ordered = sorted(found, key=lambda one: (-one.score, -one.persons, one.key))
    return tuple(ordered[:_MOST])


def weight(y1: int, n1: int, y2: int, n2: int) -> float:
    """This will return how much more a term is said here (y1 of n1) than there (y2 of n2), as z.

    The prior is what both say together, worth ten persons. Nothing said there, or nothing
    else anywhere: no weight.
    """
    if not n1 or not n2 or y1 + y2 == n1 + n2:
        return 0.0
    prior = _PRIOR * (y1 + y2) / (n1 + n2)
    here, there = y1 + prior, y2 + prior
    odds = log(here / (n1 + _PRIOR - here)) - log(there / (n2 + _PRIOR - there))
    return odds / sqrt(1 / here + 1 / there)


def terms(words: str, ear: Ear) -> frozenset[str]:
    """This will return what some words speak of: codes of topics, and words of the language."""
    text = words[:_READ]
    known = {code for word, code in ear.topics.items() if word in text}
    free = {word for word, kind in rjieba.tag(text) if ear.lets(word, kind)}
    return frozenset(known | free)


def _said(comments: Sequence[Comment], ear: Ear) -> _Said:
    persons: defaultdict[str, set[str]] = defaultdict(set)
    refs: defaultdict[str, list[str]] = defaultdict(list)
    for one in comments:
        for term in terms(one.words, ear):
            persons[term].add(one.person)
            refs[term].append(one.ref)
    return _Said(
        {term: frozenset(found) for term, found in persons.items()},
        {term: tuple(found) for term, found in refs.items()},
    )


def _found(
    term: str,
    topics: Mapping[str, Topic],
    said: _Said,
    former: _Said,
    usual: _Said,
    totals: tuple[int, int],
) -> Found:
    score = weight(said.count(term), totals[0], usual.count(term), totals[1])
    known, before = topics.get(term), former.count(term)
    return Found(
        key=term,
        name=known.name if known else term,
        persons=said.count(term),
        before=before if before >= LEAST or not before else None,
        score=round(score, 2),
        change=_change(score, usual.count(term), totals[1]),
        refs=said.refs[term],
    )


def _change(score: float, usual: int, total: int) -> str:
    if not total:
        return "没有可比的"
    if score >= CERTAIN:
        return "明显增多" if usual else "新出现"
    return "明显减少" if score <= -CERTAIN else "差不多"


def _parts(names: Iterable[str]) -> frozenset[str]:
    """Names and every two signs or more of them: 王建国 is also 建国."""
    return frozenset(
        name[start:end]
        for name in names
        for start in range(len(name))
        for end in range(start + 2, len(name) + 1)
    )

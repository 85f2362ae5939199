"""From a citizen's own words to the likely legal matters and service items. Pure.

Words tied to a matter are found in the text, the longest first, none inside another. A word of two
characters must begin or end where a word of the language does (rjieba), so that 平台 is not found
in 平台阶. A word that speaks for many matters speaks less for each; a long word says more than a
short one; saying it again adds little. No model, no training: every suggestion names its words.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

import rjieba

#: Longer text is not read further: a demand says what it is about in its first two thousand signs.
READ = 2_000
OTHER = "Z99"


@dataclass(frozen=True)
class Word:
    """A word that speaks for a matter (or an item) with a weight."""

    text: str
    target: str
    weight: float = 1.0


@dataclass(frozen=True)
class Suggestion:
    """One likely target with its score (only the order matters) and the words that led there."""

    code: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """All words, indexed by their first sign. Build once, use often."""

    words: tuple[Word, ...]
    longest: int = field(init=False)
    targets: Mapping[str, Sequence[tuple[str, float]]] = field(init=False)

    def __post_init__(self) -> None:
        targets: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for word in self.words:
            targets[plain(word.text)].append((word.target, word.weight))
        object.__setattr__(self, "targets", dict(targets))
        object.__setattr__(self, "longest", max(map(len, targets), default=0))


def plain(text: str) -> str:
    """This will return the text with full-width letters and digits made plain, in small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def rank(text: str, vocabulary: Vocabulary, *, limit: int = 3) -> tuple[Suggestion, ...]:
    """This will return the likeliest targets, best first; () when no word is known."""
    scores: defaultdict[str, float] = defaultdict(float)
    said: defaultdict[str, list[str]] = defaultdict(list)
    for word, times in _found(plain(text[:READ]), vocabulary).items():
        targets = vocabulary.targets[word]
        share = (1 + 0.35 * (len(word) - 2)) * (1 + 0.3 * (min(times, 3) - 1)) / sqrt(len(targets))
        for target, weight in targets:
            scores[target] += weight * share
            said[target].append(word)
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    return tuple(Suggestion(code, scores[code], tuple(said[code])) for code in ranked[:limit])


def _found(text: str, vocabulary: Vocabulary) -> dict[str, int]:
    """The words in the text and how often, longest first from left to right."""
    edges = _edges(text)
    found: dict[str, int] = {}
    place = 0
    while place < len(text):
        word = _longest_at(text, place, vocabulary, edges)
        if word:
            found[word] = found.get(word, 0) + 1
        place += len(word) or 1
    return found


def _longest_at(text: str, place: int, vocabulary: Vocabulary, edges: frozenset[int]) -> str:
    for size in range(min(vocabulary.longest, len(text) - place), 1, -1):
        word = text[place : place + size]
        if word in vocabulary.targets and (size > 2 or {place, place + size} & edges):
            return word
    return ""


def _edges(text: str) -> frozenset[int]:
    """Where words of the language begin and end."""
    edges = [0]
    for token in rjieba.cut(text):
        edges.append(edges[-1] + len(token))
    return frozenset(edges)


def merge(
    by_words: Iterable[Suggestion], by_matter: Mapping[str, float], *, limit: int
) -> tuple[Suggestion, ...]:
    """This will add what the category says of items to what the words say, best first."""
    scores: defaultdict[str, float] = defaultdict(float, by_matter)
    words: dict[str, tuple[str, ...]] = {}
    for suggestion in by_words:
        scores[suggestion.code] += suggestion.score
        words[suggestion.code] = suggestion.words
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    return tuple(Suggestion(code, scores[code], words.get(code, ())) for code in ranked[:limit])

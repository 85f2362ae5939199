"""The shipped data as plain values: for the loader, the tests and the benchmark. Pure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from yike.rooms.catalogue.suggesting import Vocabulary, Word

DATA = Path(__file__).parent / "data"


def read(name: str) -> Any:
    """This will return the content of one of the files in data/."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def keywords() -> dict[tuple[str, str], tuple[float, bool]]:
    """This will return (matter, word) → (weight, own); `own` words are not in the code list.

    A word of the code list weighs 1, unless our own file gives it another weight.
    """
    listed = {
        (one["code"], word): (1.0, False)
        for one in read("codelists.json")["legal_matter"]
        for word in one["keywords"]
    }
    own = {
        (code, word): (weight, (code, word) not in listed)
        for code, weights in read("own_keywords.json").items()
        for word, weight in weights.items()
    }
    return listed | own


def vocabulary() -> Vocabulary:
    """This will return the words of a house that has revised nothing yet."""
    return Vocabulary(
        tuple(Word(word, code, weight) for (code, word), (weight, _) in keywords().items())
    )

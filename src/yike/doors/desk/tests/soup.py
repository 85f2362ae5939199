"""Reading a page by its structure: elements by tag and attributes, with their words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_VOID = frozenset({"input", "meta", "link", "br", "img", "hr"})


@dataclass
class Element:
    """One element: its tag, attributes and all words inside."""

    tag: str
    attrs: dict[str, str]
    words: str = ""
    inside: list[Element] = field(default_factory=list)

    def all(self, tag: str, **wanted: str) -> list[Element]:
        """This will return every element below with this tag and these attributes."""
        found = [one for one in self.inside if one.tag == tag and one.has(wanted)]
        return found + [deep for one in self.inside for deep in one.all(tag, **wanted)]

    def one(self, tag: str, **wanted: str) -> Element:
        """This will return the only such element."""
        (found,) = self.all(tag, **wanted)
        return found

    def has(self, wanted: dict[str, str]) -> bool:
        """Whether the attributes are there; `class_` asks for one class among several."""
        told = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        kinds = self.attrs.get("class", "").split()
        return all(
            value in kinds if name == "class" else self.attrs.get(name) == value
            for name, value in told.items()
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(made)
        if tag not in _VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words += data


def soup(answer: Any) -> Element:
    """This will read an answer's page."""
    reader = _Reader()
    reader.feed(answer.content.decode())
    return reader.root

"""The field's words for what citizens speak of, as shipped (topics.yaml)."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

from yike.rooms.quality.keyness import Topic


@cache
def topics() -> tuple[Topic, ...]:
    """This will return the topics in the order of the file."""
    text = resources.files("yike.rooms.quality").joinpath("topics.yaml").read_text("utf-8")
    return tuple(
        Topic(code=code, name=row["name"], words=tuple(row["words"]))
        for code, row in yaml.safe_load(text).items()
    )

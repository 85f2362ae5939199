"""The life of a featured station's profile as a pure table, and what it must tell. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from yike.rooms.core.refusal import NotAllowed

DRAFT, WAITING, RETURNED = "draft", "waiting", "returned"
PUBLISHED, REPLACED, WITHDRAWN, DROPPED = "published", "replaced", "withdrawn", "dropped"
STATES = {
    DRAFT: "起草中",
    WAITING: "待县里审核",
    RETURNED: "退回修改",
    PUBLISHED: "已公布",
    REPLACED: "已被新版代替",
    WITHDRAWN: "已撤下",
    DROPPED: "已删去草稿",
}
#: a station has one of these at a time
OPEN = frozenset({DRAFT, WAITING, RETURNED})
#: may still be written
WRITING = frozenset({DRAFT, RETURNED})
#: tends: whoever looks after the station; county: who keeps the county's register
Who = Literal["tends", "county"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table; `apart`: not by whoever handed it in."""

    verb: str
    label: str
    button: str
    states: frozenset[str]
    who: Who
    to: str
    apart: bool = False


ROWS = (
    Row(verb="write", label="修改草稿", button="保存草稿", states=WRITING, who="tends", to=DRAFT),
    Row(
        verb="submit", label="提交审核", button="提交给县里审核", states=WRITING, who="tends",
        to=WAITING,
    ),
    Row(verb="drop", label="删去草稿", button="删去草稿", states=WRITING, who="tends", to=DROPPED),
    Row(
        verb="publish", label="审核通过", button="审核通过并公布", states=frozenset({WAITING}),
        who="county", to=PUBLISHED, apart=True,
    ),
    Row(
        verb="return", label="退回修改", button="退回修改", states=frozenset({WAITING}),
        who="county", to=RETURNED, apart=True,
    ),
    Row(
        verb="withdraw", label="撤下特色站点", button="从特色站点中撤下",
        states=frozenset({PUBLISHED}), who="county", to=WITHDRAWN,
    ),
)  # fmt: skip


def row_of(verb: str, state: str) -> Row:
    """This will return the line of a verb. Refuses NotAllowed in a state it does not start from."""
    found = next((row for row in ROWS if row.verb == verb), None)
    if found is None or state not in found.states:
        raise NotAllowed(
            f"“{STATES.get(state, state)}”的特色档案不能办理这一步", way_on="请刷新页面再看。"
        )
    return found


def lacks(*, theme: str, features: Sequence[str], story: str, source: str) -> tuple[str, ...]:
    """This will say in sentences what a profile lacks before it may be handed in.

    It says what is special about the station (theme, features or story), or else by which paper it
    is on the list: a theme that nobody has settled stays empty rather than be made up.
    """
    told = bool(theme or features or story)
    if told or source:
        return ()
    return ("主题、特色要素、介绍至少写一项；都还没有定的，写明列入名单的依据",)

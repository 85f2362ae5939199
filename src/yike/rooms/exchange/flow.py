"""The life of an upload: state × verb → who and to. One pure table."""

from __future__ import annotations

from dataclasses import dataclass

CHECKED, SUBMITTED, APPLIED, RETURNED, DROPPED, UNDONE = (
    "checked", "submitted", "applied", "returned", "dropped", "undone",
)  # fmt: skip
STATES = {
    CHECKED: "已校验，待提交",
    SUBMITTED: "待审批",
    APPLIED: "已生效",
    RETURNED: "已退回",
    DROPPED: "已撤回",
    UNDONE: "已撤销",
}
#: uploader: who brought it; approver: keeps the county's registers and did not bring it
UPLOADER, APPROVER, KEEPER = "uploader", "approver", "keeper"


@dataclass(frozen=True, kw_only=True)
class Move:
    """One verb: from which states, to which, by whom, and whether a reason is needed."""

    name: str
    from_: tuple[str, ...]
    to: str
    by: str
    reason: bool = False


VERBS = {
    "submit": Move(name="提交审批", from_=(CHECKED,), to=SUBMITTED, by=UPLOADER),
    "apply": Move(name="同意并生效", from_=(SUBMITTED,), to=APPLIED, by=APPROVER),
    "return": Move(name="退回", from_=(SUBMITTED,), to=RETURNED, by=APPROVER, reason=True),
    "drop": Move(name="撤回", from_=(CHECKED, SUBMITTED), to=DROPPED, by=UPLOADER),
    "undo": Move(name="撤销", from_=(APPLIED,), to=UNDONE, by=KEEPER, reason=True),
}


def open_to(state: str, who: frozenset[str]) -> tuple[str, ...]:
    """This will return the verbs open to somebody who is these things to an upload."""
    return tuple(verb for verb, move in VERBS.items() if state in move.from_ and move.by in who)

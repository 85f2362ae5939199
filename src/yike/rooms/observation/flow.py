"""The lives of a questionnaire and of a period: which state may follow, and the words. Pure."""

from __future__ import annotations

DRAFT, PUBLISHED, RETIRED = "draft", "published", "retired"
OPEN, CLOSED = "open", "closed"
QUESTIONNAIRE = {DRAFT: "草稿", PUBLISHED: "已发布", RETIRED: "已停用"}
WAVE = {DRAFT: "筹备", OPEN: "进行中", CLOSED: "已关闭"}
#: how somebody is asked
QR, TABLET, PAPER = "qr", "tablet", "paper"
WAYS = {QR: "扫码自己填", TABLET: "站点平板", PAPER: "纸质问卷"}
#: whom a frame counts
UNITS = {"person": "个人", "house": "户", "firm": "企业"}

#: noun, deed → state before, state after, words
MOVES = {
    ("questionnaire", "publish"): (DRAFT, PUBLISHED, "发布"),
    ("questionnaire", "retire"): (PUBLISHED, RETIRED, "停用"),
    ("wave", "open"): (DRAFT, OPEN, "开始"),
    ("wave", "close"): (OPEN, CLOSED, "关闭"),
}


def moved(noun: str, deed: str, state: str) -> tuple[str, str]:
    """This will return the state after a deed and its words; two empty ones when it may not be."""
    before, after, words = MOVES[noun, deed]
    return (after, words) if state == before else ("", "")


def hindrance(state: str, *, ended: bool, expired: bool, used: bool, spoilt: bool) -> str:
    """This will say why a code cannot be answered with; "" when it can.

    `ended`: the last day of the period is over.
    """
    if used:
        return "这个答卷码已经用过了，一个码只能答一次。您的答卷早已收到，不用再填。"
    if spoilt:
        return "这个答卷码已经作废。"
    if state != OPEN or ended:
        return "这一期观测已经结束，不再收答卷。"
    return "这个答卷码已经过期。" if expired else ""

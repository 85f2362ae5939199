"""Questions, what may be answered, and how many points of 100 an answer is worth. Pure.

Answers are told by number: "1" the first option (是 of yes-or-no), 1–5 of a scale; words of a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SINGLE, MULTI, SCALE, YESNO, TEXT = "single", "multi", "scale", "yesno", "text"
KINDS = {SINGLE: "单选", MULTI: "多选", SCALE: "打分（1–5）", YESNO: "是或否", TEXT: "填空"}
#: what a scale is read as
STEPS = ("1 很差", "2 较差", "3 一般", "4 较好", "5 很好")
#: before an option that is worth points, as either keyboard writes it
_STARS = ("*", "\uff0a")
MOST_OPTIONS, MOST_WEIGHT, MOST_WORDS, MOST_QUESTIONS = 12, 10, 300, 60
Value = str | list[str]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question. `right`: the options that are worth points; `weight` 0 is not scored."""

    no: int
    kind: str
    words: str
    dimension: str = ""
    weight: int = 0
    options: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    #: asks for knowledge of the law: needs the source
    knowledge: bool = False
    source: str = ""

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """Number and words of everything that may be chosen."""
        words = {SCALE: STEPS, YESNO: ("是", "否")}.get(self.kind, self.options)
        return tuple((str(no), one) for no, one in enumerate(words, 1))

    @property
    def required(self) -> bool:
        """What is scored must be answered: else two sheets would not measure the same."""
        return self.weight > 0


def read_options(kind: str, typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """This will read one option a line; those worth points begin with *. Returns both.

    Of yes-or-no the line is only the answer that is worth points: *是 or *否.
    """
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    words = tuple(line.lstrip("".join(_STARS)).strip() for line in lines)
    starred = {word for word, line in zip(words, lines, strict=True) if line[0] in _STARS}
    if kind == YESNO:
        return (), tuple(no for no, word in (("1", "是"), ("2", "否")) if word in starred)
    if kind not in (SINGLE, MULTI):
        return (), ()
    return words, tuple(str(no) for no, word in enumerate(words, 1) if word in starred)


def fault(asked: Asked) -> tuple[str, str]:
    """This will say what is wrong with a question: field and sentence, both empty for nothing."""
    many = len(asked.options)
    if asked.kind in (SINGLE, MULTI) and not 2 <= many <= MOST_OPTIONS:
        return "options", f"选项要有 2 到 {MOST_OPTIONS} 个，每行一个。"
    if len(set(asked.options)) < many or not all(asked.options):
        return "options", "有重复的或空的选项。"
    if asked.kind == TEXT and asked.weight:
        return "weight", "填空题不计分，权重写 0。"
    if asked.weight and not asked.dimension:
        return "dimension", "计分的题要写属于哪个维度。"
    return _fault_of_right(asked)


def _fault_of_right(asked: Asked) -> tuple[str, str]:
    chosen = asked.kind in (SINGLE, MULTI, YESNO)
    if chosen and asked.weight and not asked.right:
        return "options", "计分的选择题要在得分的选项前加 *；不计分的权重写 0。"
    if asked.kind in (SINGLE, YESNO) and len(asked.right) > 1:
        return "options", "单选题、是非题只能有一个得分的选项。"
    if asked.knowledge and not (asked.right and asked.weight):
        return "knowledge", "知识题要有正确答案（前加 *）和权重。"
    if asked.knowledge and not asked.source:
        return "source", "知识题要写答案出自哪部法、哪一条。"
    return "", ""


def read(
    questions: Iterable[Asked], typed: Mapping[int, Value]
) -> tuple[dict[str, Value], dict[int, str]]:
    """This will read what was answered: the answers by number, and what is wrong by number."""
    kept: dict[str, Value] = {}
    wrong: dict[int, str] = {}
    for one in questions:
        value, no = _read_one(one, typed.get(one.no, ""))
        if no:
            wrong[one.no] = no
        elif value:
            kept[str(one.no)] = value
    return kept, wrong


def _read_one(asked: Asked, given: Value) -> tuple[Value, str]:
    if asked.kind == TEXT:
        said = given.strip() if isinstance(given, str) else ""
        return (said, "") if len(said) <= MOST_WORDS else ("", f"最多写 {MOST_WORDS} 个字。")
    many = [one for one in ([given] if isinstance(given, str) else given) if one]
    if not many:
        return "", f"第 {asked.no} 题还没有回答。" if asked.required else ""
    known = {no for no, _ in asked.offered}
    if not known.issuperset(many) or (asked.kind != MULTI and len(many) > 1):
        return "", f"第 {asked.no} 题请从列出的里面选。"
    return (sorted(set(many), key=int) if asked.kind == MULTI else many[0]), ""


def score(asked: Asked, value: Value) -> float:
    """This will return what an answer is worth, 0–100.

    A scale: (x - 1) / 4. One choice: all or nothing. Several: right ones less wrong ones, of all
    that are right, not below 0.
    """
    if asked.kind == SCALE:
        return (int(str(value)) - 1) * 25.0
    chosen = {value} if isinstance(value, str) else set(value)
    right = set(asked.right)
    hits = len(chosen & right) - len(chosen - right)
    return max(0.0, 100.0 * hits / len(right)) if right else 0.0


def weights(questions: Iterable[Asked]) -> dict[str, int]:
    """This will return each dimension with the sum of its questions' weights, as first named."""
    found: dict[str, int] = {}
    for one in questions:
        if one.weight:
            found[one.dimension] = found.get(one.dimension, 0) + one.weight
    return found


def of_sheet(questions: Sequence[Asked], values: Mapping[str, Value]) -> dict[str, float]:
    """This will return the score of one sheet by dimension, and of all ("").

    Each the mean of its questions by weight; so the whole is the mean of dimensions by theirs.
    """
    scored = [one for one in questions if one.weight]
    told = {one.no: score(one, values[str(one.no)]) for one in scored}
    found = {}
    for dimension in ("", *weights(scored)):
        mine = [one for one in scored if dimension in ("", one.dimension)]
        whole = sum(one.weight for one in mine)
        found[dimension] = sum(one.weight * told[one.no] for one in mine) / whole if whole else 0.0
    return found

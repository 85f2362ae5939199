"""What follows an answer in the play: a rating, and what a bad one leads to, by real actions."""

from __future__ import annotations

from uuid import UUID

from yike.demo import costs, stage, striking
from yike.demo.scene import Scene
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.quality import actions as quality_actions

HOUSE = stage.HOUSE
_GOOD = (5, 5, 5, 5, 4, 4, 5, 4, 3, 5)
_WORDS = (
    "很快就有人联系我，谢谢",
    "讲得很清楚",
    "态度很好",
    "",
    "帮我省了跑一趟",
    "",
    "",
    "",
    "还可以",
    "",
)
_BAD = (
    (2, ("slow",), "等了好几天才有人回"),
    (1, ("result",), "问题还是没有解决"),
    (2, ("unclear",), "答复里的法条看不懂"),
    (2, ("told_late",), "材料让我补了又补"),
    (1, ("attitude",), "电话里不耐烦"),
)


class Aftermath:
    """One answered matter: rated, and a bad rating followed to its end while there is time."""

    def __init__(self, scene: Scene, holder: Actor) -> None:
        self.scene, self.holder = scene, holder
        self.part, self.watcher = scene.part, scene.players.by_name.get("jiandu")

    def run(self) -> None:
        """Rates as the citizen does; what is bad is called back about."""
        number = self.part.number
        if self.part.helped:
            said: tuple[int, tuple[str, ...], str] = (_GOOD[number % 10], (), _WORDS[number % 10])
        else:
            said = _BAD[number % 5]
        rating = self._rate(*said)
        if rating is None or self.part.helped:
            return
        with clock.at(self.scene.at), acting(HOUSE):
            case = quality_actions.examine_rating(rating_id=rating, actor=HOUSE)
        if case is not None and self.watcher is not None:
            self.scene.cases.append(("callback", case))
            self._call_back(case, self.watcher)
        if self.scene.later(4 + number % 9):
            self.scene.answer_again(self.holder)
        for noun, subject in self.scene.cases:
            striking.strike(noun, subject, self.scene.until)

    def _rate(self, level: int, reasons: tuple[str, ...], words: str) -> UUID | None:
        citizen = self.scene.citizen()
        hidden = self.part.number % 7 == 0
        try:
            with clock.at(self.scene.at), acting(citizen):
                return quality_actions.rate(
                    level=level, reasons=reasons, words=words, anonymous=hidden, actor=citizen,
                    **costs.corrected(self.part),
                )  # fmt: skip
        except Refusal:
            return None

    def _call_back(self, case: UUID, watcher: Actor) -> None:
        if not self.scene.later(4):
            return
        told = {"case_id": case, "result": "reached", "words": "已向当事人说明，听取意见。"}
        self._do("note_attempt", watcher, **told)
        if not self.scene.later(2):
            return
        ways = (self._redo, self._mend, self._mend, self._exclude)
        ways[self.part.number % len(ways)](case, watcher)

    def _redo(self, case: UUID, watcher: Actor) -> None:
        """The matter is in work again: it is answered once more and rated once more."""
        self._do("send_redo", watcher, case_id=case, words="请重新答复，讲清依据和下一步。")
        if self.scene.later(self.part.work_hours):
            self.scene.answer_again(self.holder)
            if self.scene.later(8):
                self._rate(4, (), "这次讲清楚了")

    def _mend(self, case: UUID, watcher: Actor) -> None:
        words = "请查明原因，改进答复方式，并向当事人说明。"
        made = self._do("send_mend", watcher, case_id=case, to_org=self.holder.org_id, words=words)
        if not isinstance(made, UUID):
            return
        self.scene.cases.append(("rectification", made))
        if not self.scene.later(26):
            return
        report = "已当面说明情况；今后答复附上法条的白话解释，并留回访电话。"
        self._do("report_mended", self.holder, case_id=made, words=report)
        if self.scene.later(8) and self.part.number % 9:
            self._do("pass_check", watcher, case_id=made, words="抽查三件同类答复，属实。")
            lesson = "同类答复统一加白话解释，列入季度培训。"
            self._do("review", watcher, case_id=made, words=lesson)

    def _exclude(self, case: UUID, watcher: Actor) -> None:
        told = {"case_id": case, "words": "当事人承认点错，录音可查。"}
        self._do("ask_exclude", watcher, ground="mistaken", **told)
        leader = self.scene.players.by_name.get("juzhang")
        if leader is not None and self.scene.later(20):
            self._do("grant_exclude", leader, case_id=case, words="已听录音，属实。")

    def _do(self, verb: str, actor: Actor, **told: object) -> object:
        """One deed; None when the house refuses it: the play goes on as it stands."""
        try:
            with clock.at(self.scene.at), acting(actor):
                return getattr(quality_actions, verb)(actor=actor, **told)
        except Refusal:
            return None

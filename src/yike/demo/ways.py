"""Orders of the play that go other ways: back, with helpers, in parts, longer, at rest, pressed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from yike.demo import costs
from yike.demo.scene import Scene
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import actions as matters_actions


def walk(scene: Scene, holder: Actor) -> None:
    """This will go the way its part names, as far as time allows."""
    _WAYS[scene.part.way](_Way(scene, holder))


class _Way:
    """One order, who holds it, and the people around it."""

    def __init__(self, scene: Scene, holder: Actor) -> None:
        self.scene, self.holder = scene, holder
        self.dispatcher = scene.players.dispatcher

    def by(self, username: str) -> Actor:
        """This will return a player."""
        return self.scene.players.by_name[username]

    def do(self, verb: str, actor: Actor | None = None, **facts: object) -> bool:
        """This will do a deed, the holder's when nobody is named."""
        return self.scene.do(getattr(matters_actions, verb), actor or self.holder, **facts)

    def after(self, hours: float) -> bool:
        """This will move on; False when that is after the curtain."""
        return self.scene.later(hours)

    def signed(self, hours: float = 2.0) -> bool:
        """This will let the office sign, and move on."""
        return self.do("sign") and self.after(hours)


def _helped(way: _Way) -> None:
    helper = way.by("yuanzhu")
    words = "当事人生活困难，请县法律援助中心一起看能不能援助"
    if way.signed() and way.do("invite", to_org=helper.org_id, reason=words) and way.after(3):
        told = "符合援助条件，请先固定欠款数额；需要诉讼时当日指派律师。"
        way.do("give_opinion", helper, words=told)


def _in_parts(way: _Way) -> None:
    if way.signed():
        words = "请到现场核实涉及几户、有没有协议"
        way.do("send_sub", to_org=way.by("hepu").org_id, words=words)


def _returned(way: _Way) -> None:
    if _disputed(way) and way.after(2):
        way.do("refuse_return", way.dispatcher, reason="当事人住在本镇，仍由本镇司法所办理")
        if way.after(1):
            way.signed()


def _disputed(way: _Way) -> bool:
    return way.do("give_back", reason="纠纷发生地在鹤浦，请核实管辖后改派")


def _longer(way: _Way) -> None:
    if _asks_longer(way) and way.after(2):
        reason = "确需等对方回岛，同意延期"
        way.do("decide_extension", way.dispatcher, grant=True, reason=reason)


def _asks_longer(way: _Way) -> bool:
    reason = "对方当事人出海未归，等靠港后才能核实"
    return way.signed(4) and way.do("ask_extension", amount=1, reason=reason)


def _at_rest(way: _Way) -> None:
    if way.signed(3):
        until = (way.scene.at + timedelta(days=12)).astimezone(clock.CIVIL).date()
        way.do("suspend", cause="appraisal", until_on=until, reason="伤残鉴定已受理，等鉴定意见")


def _answered_for(way: _Way) -> None:
    if _watched(way) and way.after(4):
        way.do("report", words="已约双方周五上午在所里调解，调解不成当日引导申请仲裁。")


def _watched(way: _Way) -> bool:
    due = (way.scene.at + timedelta(days=3)).astimezone(clock.CIVIL).date()
    reason = "涉及多名渔民工，请两日内说明进展"
    return way.signed(5) and way.do("supervise", way.by("juzhang"), due_on=due, reason=reason)


def _hurried(way: _Way) -> None:
    if way.signed() and way.after(8):
        way.do("hurry", way.scene.citizen(), words="孩子等着上学用，麻烦快一点。")


def _reviewed(way: _Way) -> None:
    if way.signed(3):
        for no in way.scene.points():
            way.do("answer_point", no=no, words=way.scene.part.answer)
        told = costs.noted(way.scene.part)
        way.do("submit", result="answered", reply=way.scene.part.answer, **told)


_WAYS: dict[str, Callable[[_Way], object]] = {
    "helped": _helped,
    "parts": _in_parts,
    "returned": _returned,
    "disputed": _disputed,
    "longer": _longer,
    "asks": _asks_longer,
    "rest": _at_rest,
    "answers": _answered_for,
    "watched": _watched,
    "hurried": _hurried,
    "reviewed": _reviewed,
}

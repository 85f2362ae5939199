"""Plays the script by real actions, each at its moment, by the person whose deed it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from yike.demo import aftermath, cast, costs, script, stage, ways
from yike.demo.scene import Company, Scene
from yike.demo.script import Part
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters.demand import Demand
from yike.rooms.people import queries as people_queries
from yike.rooms.trail import wiring

HOUSE = stage.HOUSE


def company(offices: dict[str, UUID], peer: Actor) -> Company:
    """This will return the cast as actors at the desk."""
    by_name: dict[str, Actor] = {}
    by_office: dict[UUID, Actor] = {}
    accounts = stage.accounts(HOUSE)
    for player in cast.PLAYERS:
        account = accounts.get(player.username)
        found = people_queries.actor_of(account, door="desk") if account else None
        if found is None:
            continue
        by_name[player.username] = found
        if player.office and player.role != "director":
            by_office.setdefault(offices[player.office], found)
    return Company(by_name, by_office, peer)


def play(part: Part, players: Company, until: datetime, *, quiet: bool) -> None:
    """This will play one part in one transaction: opened, carried, ended as its fate says.

    `quiet`: nobody is notified of what happened months ago.
    """
    with acting(HOUSE):
        if quiet:
            with wiring.without_later():
                _Acts(part, players, until).run()
        else:
            _Acts(part, players, until).run()


class _Acts(Scene):
    """How a part is carried to its end."""

    def run(self) -> None:
        """Opens, and carries on while there is time left."""
        with clock.at(self.at):
            if self._open():
                return
        ends: dict[str, Callable[[], None]] = {
            "withdrawn": self._withdraw,
            "declined": self._decline,
            "done": self._carry,
            "open": self._carry,
        }
        deed = ends.get(self.part.fate)
        if deed:
            deed()
            self.strike(self.until)

    def _open(self) -> bool:
        """Opens the matter; True when it was opened by an earlier load."""
        part = self.part
        demand = Demand(
            text=part.text,
            region_code=part.village,
            name=part.name,
            phone=part.phone,
            category=part.category,
            demand_type=part.demand_type,
            channel=part.channel,
            line=part.line,
            person_categories=part.categories,
            demo=True,
        )
        bringer = self._bringer()
        key = f"demo-{part.number}-{part.at:%Y%m%d%H%M%S}"
        with acting(bringer):
            if part.fate == "spot":
                minutes = 5 + part.number % 20
                receipt = matters_actions.answer_on_spot(
                    demand=demand, answer=part.answer, result="answered", minutes=minutes, key=key,
                    actor=bringer,
                )  # fmt: skip
            else:
                receipt = matters_actions.open_matter(demand=demand, key=key, actor=bringer)
        self.reference = receipt.reference
        return receipt.repeated

    def _bringer(self) -> Actor:
        if self.part.door == "portal":
            return actors.visitor("portal")
        if self.part.door == "wire":
            return self.players.peer
        return self.players.by_name["rexian" if self.part.line else "chuangkou"]

    def _withdraw(self) -> None:
        if self.later(self.part.sign_hours):
            words = "已经自己协商好了"
            self.do(matters_actions.withdraw, self.citizen(), reason=words)

    def _decline(self) -> None:
        holder = self.holder()
        if holder and self.later(self.part.sign_hours):
            reason = "所反映的事项已由人民法院受理，请按法院通知办理；如需法律援助可再来申请。"
            self.do(matters_actions.decline, holder, reason=reason)

    def _carry(self) -> None:
        holder = self.holder()
        if holder is None or not self.later(self.part.sign_hours):
            return
        if self.part.goes_up and self.part.number % 2:
            holder = self._go_up(holder) or holder
        if self.part.to:
            holder = self._hand_on(holder)
        if self.part.way:
            ways.walk(self, holder)
        elif self.part.stops != "sign":
            self._work(holder)

    def _work(self, holder: Actor) -> None:
        if not self.do(matters_actions.sign, holder) or not self.later(self.part.work_hours / 2):
            return
        if self.part.stops:
            if self.part.stops == "papers":
                self._ask(holder)
            return
        if self.part.asks_papers and not self._papers(holder):
            return
        if self.part.fate == "done" and self.later(self.part.work_hours / 2):
            self._answer(holder)

    def _go_up(self, holder: Actor) -> Actor | None:
        """Up to the county's mediation centre, with a reason."""
        target = self.players.by_name["tiaojie2"]
        reason = "当事人分属两个乡镇，需要县级统一调解"
        if target.org == holder.org:
            return None
        moved = self.do(matters_actions.transfer, holder, to_org=target.org_id, reason=reason)
        return target if moved and self.later(1.5) else None

    def _hand_on(self, holder: Actor) -> Actor:
        """Across, to the player named in the script."""
        target = self.players.by_name[self.part.to]
        reason = "请专业人员接着办理"
        moved = self.do(matters_actions.transfer, holder, to_org=target.org_id, reason=reason)
        self.later(1)
        return target if moved else holder

    def _ask(self, holder: Actor) -> bool:
        papers = ("身份证复印件", "相关合同或转账记录")
        words = "请您补充以上材料，可以拍照上传或送到就近站点。"
        return self.do(matters_actions.ask_papers, holder, papers=papers, words=words)

    def _papers(self, holder: Actor) -> bool:
        if not self._ask(holder):
            return True
        if not self.later(20 + self.part.number % 30):
            return False
        return self.do(
            matters_actions.bring_papers, self.citizen(), words="材料已经补上了，请查收。"
        )

    def _answer(self, holder: Actor) -> None:
        for no in self.points():
            self.do(matters_actions.answer_point, holder, no=no, words=self.part.answer)
        result = ("resolved", "answered", "guided")[self.part.number % 3]
        told = {"result": result, "reply": self.part.answer, **costs.noted(self.part)}
        done = self.do(matters_actions.close, holder, **told)
        if done and self.part.helped is not None and self.later(6):
            aftermath.Aftermath(self, holder).run()


def parts(until: datetime, villages: tuple[str, ...], count: int) -> list[Part]:
    """This will return the year's parts and today's desks, the newest last."""
    today = script.desks(until, villages)
    return sorted([*script.year(until, villages, count=count), *today], key=lambda part: part.at)

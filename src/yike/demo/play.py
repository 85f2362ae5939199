"""Plays the script by real actions, each at its moment, by the person whose deed it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yike.demo import aftermath, cast, script, stage, striking, ways
from yike.demo.script import Part
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.demand import Demand
from yike.rooms.people import queries as people_queries
from yike.rooms.people import sealing
from yike.rooms.trail import wiring

HOUSE = actors.system("demo")


@dataclass(frozen=True)
class Company:
    """The players as actors, by user name and by office; plus the other platform."""

    by_name: dict[str, Actor]
    by_office: dict[UUID, Actor]
    peer: Actor

    @property
    def dispatcher(self) -> Actor:
        """Who hands on what nobody holds."""
        return self.by_name["paidan"]


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
                _Scene(part, players, until).run()
        else:
            _Scene(part, players, until).run()


class _Scene:
    """One part being played; time only moves on."""

    def __init__(self, part: Part, players: Company, until: datetime) -> None:
        self.part, self.players, self.until = part, players, until
        self.at = part.at
        self.reference = ""
        #: what a bad rating led to, with promises of its own
        self.cases: list[tuple[str, UUID]] = []
        self.matter: UUID | None = None

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
            self._strike(self.until)

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

    def citizen(self) -> Actor:
        index = sealing.phone_index(self.part.phone)
        return actors.visitor("portal").claiming(self.reference, index)

    def _holder(self) -> Actor | None:
        found = matters_queries.service_of(HOUSE, self.reference)
        self.matter = found.matter_id
        return self.players.by_office.get(found.holder_org) if found.holder_org else None

    def later(self, hours: float) -> bool:
        """Moves on to a working moment; False when that is after the curtain."""
        self.at = _working(self.at + timedelta(hours=max(0.05, hours)))
        self._strike(min(self.at, self.until))
        return self.at < self.until

    def _strike(self, until: datetime) -> None:
        if self.matter is None:
            self._holder()
        assert self.matter is not None
        for kind, subject in (("matter", self.matter), *self.cases):
            striking.strike(kind, subject, until)

    def do(self, deed: Callable[..., object], actor: Actor, **facts: object) -> bool:
        """Does one deed; False when the house refuses it: the play goes on as it stands."""
        try:
            with clock.at(self.at), acting(actor):
                deed(reference=self.reference, actor=actor, **facts)
        except Refusal:
            return False
        return True

    def _withdraw(self) -> None:
        if self.later(self.part.sign_hours):
            words = "已经自己协商好了"
            self.do(matters_actions.withdraw, self.citizen(), reason=words)

    def _decline(self) -> None:
        holder = self._holder()
        if holder and self.later(self.part.sign_hours):
            reason = "所反映的事项已由人民法院受理，请按法院通知办理；如需法律援助可再来申请。"
            self.do(matters_actions.decline, holder, reason=reason)

    def _carry(self) -> None:
        holder = self._holder()
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
        done = self.do(matters_actions.close, holder, result=result, reply=self.part.answer)
        if done and self.part.helped is not None and self.later(6):
            aftermath.Aftermath(self, holder).run()

    def points(self) -> tuple[int, ...]:
        """This will return the numbers of what is to be answered."""
        page = matters_queries.matter_page(HOUSE, self.reference)
        return tuple(point.no for point in page.points)

    def answer_again(self, holder: Actor) -> None:
        """Whoever was not helped is called, and answered once more."""
        reply = f"已再次电话联系，逐项说明。{self.part.answer}"
        self.do(matters_actions.close, holder, result="answered", reply=reply)


def _working(at: datetime) -> datetime:
    """The same moment, or the next morning or Monday when nobody is in the office."""
    local = at.astimezone(clock.CIVIL)
    if local.hour >= 17:
        local = (local + timedelta(days=1)).replace(hour=8, minute=35 + local.minute % 20)
    elif local.hour < 8:
        local = local.replace(hour=8, minute=35 + local.minute % 20)
    while local.weekday() >= 5:
        local += timedelta(days=1)
    return local


def parts(until: datetime, villages: tuple[str, ...], count: int) -> list[Part]:
    """This will return the year's parts and today's desks, the newest last."""
    today = script.desks(until, villages)
    return sorted([*script.year(until, villages, count=count), *today], key=lambda part: part.at)

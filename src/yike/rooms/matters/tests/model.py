"""What the law of the flow says would happen: orders as plain values, no database, no clock.

The pure walk lives on it alone; the walk over the database is compared with it after each deed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from yike.rooms.matters import flow

#: what deeds write beside the state, as facts that forbid others (flow.Row.unless)
Clocks = tuple[str, bool]


@dataclass
class Order:
    """One order: where it stands, who holds it, which clocks run, how much was said of it."""

    name: str
    state: str = flow.SIGN
    holder: str = "town"
    #: open stretches of custody: a list, so that two holders could be seen
    held: list[str] = field(default_factory=lambda: ["town"])
    finish: str = "running"
    sign: bool = True
    version: int = 1
    sentences: int = 1
    returns: int = 0
    redos: int = 0
    reopened: bool = False
    asked: bool = False
    unanswered: bool = False
    draft_by: str = ""
    extension: str = ""
    joints: dict[str, bool] = field(default_factory=dict)
    offered: str = ""
    parent: str = ""
    main: str = ""
    members: int = 0
    supervised: int = 0
    hurried: bool = False
    drafts: int = 0
    answered: bool = False

    @property
    def open(self) -> bool:
        """Whether anybody holds it."""
        return self.state in flow.OPEN


@dataclass
class County:
    """All orders; deeds are done here, and may touch more than one."""

    orders: dict[str, Order] = field(default_factory=dict)

    def facts(self, order: Order, office: str, person: str = "") -> frozenset[str]:
        """This will return what forbids deeds now, as somebody of an office would be told."""
        found = {"reopened" if order.reopened else "first", "sub" if order.parent else "not_sub"}
        found |= {"bounced"} if order.returns >= 2 else set()
        found.add("disputed" if order.returns >= 2 else "undisputed")
        found |= {"members", "others"} if order.members else set()
        found |= {"redone"} if order.redos >= flow.CAPS["redos"][3] else set()
        found |= {"asked"} if order.asked else set()
        found |= set() if order.answered else {"no_answer"}
        found |= {"unanswered"} if order.unanswered else set()
        parts = (one for one in self.orders.values() if one.parent == order.name)
        found |= {"children"} if any(one.open for one in parts) else set()
        found |= {"opinions"} if not all(order.joints.values()) else set()
        found |= set() if order.joints else {"no_joint"}
        found |= set() if office in order.joints else {"not_invited"}
        found |= {"extension_asked"} if order.extension else set()
        found |= set() if order.extension == "asked" else {"nothing_asked"}
        found |= {"no_extension"} if order.parent else set()
        found |= {"own_draft"} if order.draft_by and order.draft_by == person else set()
        found |= set() if order.supervised else {"no_supervision"}
        found |= {"hurried"} if order.hurried else set()
        return frozenset(found)

    def do(self, verb: str, order: Order, *, by: str, to: str = "", person: str = "") -> Order:
        """This will do an allowed deed; returns the order it made, or the same."""
        row = flow.row_of(verb)
        made = self._beside(verb, order, by=by, to=to, person=person)
        self._clocks(row.clock, order)
        if row.to:
            order.state = row.to
        if order.state in flow.ENDED:
            order.held.clear()
            order.offered = ""
        order.answered = order.answered or row.to == flow.ANSWERED
        order.hurried = order.hurried or verb == "hurry"
        order.version += 1
        order.sentences += 1
        return made

    def _clocks(self, effect: flow.ClockEffect, order: Order) -> None:
        if effect == "start_sign":
            order.sign = True
        elif effect == "stop_sign":
            order.sign = False
        elif effect == "pause":
            assert order.finish == "running"
            order.finish = "still"
        elif effect == "resume":
            assert order.finish == "still"
            order.finish = "running"
        elif effect == "stop_all":
            order.finish, order.sign = "stopped", False
        elif effect == "restart":
            assert order.finish == "stopped"
            order.finish, order.extension = "running", ""

    def _beside(self, verb: str, order: Order, *, by: str, to: str, person: str) -> Order:
        """What a deed does beside state and clocks; the made order, where one is made."""
        if verb in _HANDS_ON:
            self._hand(order, to or by)
        elif verb == "give_back":
            order.returns += 1
            self._hand(order, to)
        elif verb == "acknowledge":
            self._hand(order, order.offered)
            order.offered = ""
        elif verb in ("refuse_county", "recall_county"):
            order.offered = ""
        elif verb == "offer_county":
            order.offered = to
        elif verb in ("send_sub", "split", "continue_as"):
            return self._made(verb, order, to)
        elif verb == "merge":
            self._merge(order, self.orders[to])
        else:
            self._marks(verb, order, by=by, to=to, person=person)
        return order

    def _marks(self, verb: str, order: Order, *, by: str, to: str, person: str) -> None:
        if verb in ("invite", "give_opinion", "end_joint"):
            self._help(verb, order, by, to)
        elif verb == "ask_papers":
            order.asked = True
        elif verb in ("add_point", "answer_point"):
            order.unanswered = verb == "add_point"
        elif verb in ("ask_extension", "decide_extension"):
            order.extension = "asked" if verb == "ask_extension" else "decided"
        elif verb == "submit":
            order.draft_by, order.drafts = person, order.drafts + 1
        elif verb in ("approve", "return_draft"):
            order.draft_by = ""
        elif verb in ("say_not_helped", "redo"):
            order.reopened, order.redos = True, order.redos + 1
            order.held = [order.holder]
        elif verb in ("supervise", "report"):
            order.supervised += 1 if verb == "supervise" else -1

    def _help(self, verb: str, order: Order, by: str, to: str) -> None:
        if verb == "end_joint":
            order.joints.pop(to)
        elif verb == "invite":
            order.joints.setdefault(to, False)
        else:
            order.joints[by] = True

    def _hand(self, order: Order, to: str) -> None:
        order.held = [one for one in order.held if one != order.holder]
        order.holder = to
        order.held.append(to)

    def _made(self, verb: str, order: Order, to: str) -> Order:
        office = to or "town"
        made = Order(name=f"m{len(self.orders)}", holder=office, held=[office])
        made.parent = order.name if verb == "send_sub" else ""
        self.orders[made.name] = made
        return made

    def _merge(self, order: Order, main: Order) -> None:
        order.main = main.name
        main.members += 1
        main.version += 1
        main.sentences += 1


_HANDS_ON = frozenset(
    {"dispatch", "refuse_return", "decide_dispute", "transfer", "reassign", "take_over", "accept"}
)


def faults(county: County) -> list[str]:
    """This will name every order that breaks the law of custody, clocks or sentences."""
    return [f"{one.name}: {why}" for one in county.orders.values() for why in _broken(one, county)]


def _broken(one: Order, county: County) -> list[str]:
    found = []
    if len(one.held) != (1 if one.open else 0) or (one.open and one.held[0] != one.holder):
        found.append(f"held by {one.held}, holder {one.holder}, {one.state}")
    if one.version != one.sentences:
        found.append("a version without a sentence")
    stopped = one.state not in flow.GOING
    wanted = "stopped" if stopped else "still" if one.state in flow.STILL else "running"
    if one.finish != wanted:
        found.append(f"finish {one.finish} in {one.state}")
    to_sign = one.state in (
        flow.ACCEPT, flow.DISPATCH, flow.SIGN, flow.RETURNING, flow.CROSSING,
    )  # fmt: skip
    if one.sign != to_sign:
        found.append(f"sign {one.sign} in {one.state}")
    if bool(one.offered) != (one.state == flow.CROSSING):
        found.append("an offer without its state")
    lead = county.orders.get(one.parent)
    if one.open and lead is not None and lead.state in (flow.ANSWERED, flow.CLOSED):
        found.append("answered with an open part")
    return found

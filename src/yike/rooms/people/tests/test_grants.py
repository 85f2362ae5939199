"""Three administrators, three persons; nobody gives to themselves; one place for one account."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.utils import IntegrityError, ProgrammingError

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound, Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, queries, roles
from yike.rooms.people.models import Grant
from yike.rooms.people.tests import makers
from yike.rooms.people.tests.makers import HOUSE, PASSWORD, SHIPU, XIANGSHAN
from yike.rooms.trail.models import Entry

ORG = UUID(int=7)


def _place(role: str) -> dict[str, object]:
    return {} if roles.ROLES[role].apart else {"org": ORG, "region_code": SHIPU}


def _give(account: UUID, role: str, actor: Actor = HOUSE, **more: object) -> UUID:
    facts: dict[str, object] = {"reason": "岗位需要"} | _place(role) | more
    with acting(actor):
        return actions.give_grant(account_id=account, role=role, actor=actor, **facts)  # type: ignore[arg-type]


class TestTable:
    @pytest.mark.parametrize(("one", "two"), list(permutations(roles.ROLES, 2)))
    def test_administrators_meet_nobody(self, one: str, two: str) -> None:
        apart = roles.ROLES[one].apart or roles.ROLES[two].apart
        assert bool(roles.clash(frozenset({one}), two)) is apart

    def test_the_three_are_apart_and_never_see_identities(self) -> None:
        for code in ("admin_system", "admin_security", "auditor"):
            role = roles.ROLES[code]
            assert role.apart
            assert [role.unmasks, role.takes_orders, role.sees_region] == [False] * 3


@pytest.mark.django_db
class TestGive:
    def test_the_actor_has_what_was_given(self) -> None:
        made = makers.account()
        _give(made, "clerk", level=2)
        _give(made, "officer", level=1)
        actor = queries.actor_of(made, door="desk")
        assert actor is not None
        assert actor.roles == {"clerk", "officer"}
        assert (actor.org_id, actor.level) == (ORG, 2)
        assert (actor.region_from, actor.region_until) == ("330225101000", "330225102000")

    @pytest.mark.parametrize("role", ["practitioner", "admin_system", "auditor"])
    def test_some_roles_see_no_region(self, role: str) -> None:
        actor = makers.staff(role, **_place(role))  # type: ignore[arg-type]
        assert (actor.region_from, actor.region_until) == ("", "")

    @pytest.mark.parametrize(
        ("held", "wanted"),
        [("clerk", "admin_system"), ("admin_system", "admin_security"), ("auditor", "officer")],
    )
    def test_incompatible_roles_are_refused(self, held: str, wanted: str) -> None:
        made = makers.account()
        _give(made, held)
        with pytest.raises(NotAllowed, match="不能与"):
            _give(made, wanted)

    def test_not_to_oneself_and_the_database_agrees(self) -> None:
        me = makers.staff("admin_security")
        assert me.account_id is not None
        with pytest.raises(NotAllowed, match="不能给自己"):
            _give(me.account_id, "auditor", me)
        with pytest.raises(ProgrammingError, match="row-level security"), acting(me):
            Grant.objects.create(
                account_id=me.account_id,
                role="auditor",
                active_from=clock.now(),
                granted_by="me",
            )

    @pytest.mark.parametrize("role", sorted(set(roles.ROLES) - {"admin_security"}))
    def test_nobody_else_gives(self, role: str) -> None:
        other, me = makers.account(), makers.staff(role, **_place(role))  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            _give(other, "clerk", me)

    def test_a_second_place_needs_a_second_account(self) -> None:
        made = makers.account()
        _give(made, "clerk")
        with pytest.raises(Clash, match="一个机构"):
            _give(made, "officer", org=uuid4())
        with pytest.raises(Clash, match="一个机构"):
            _give(made, "officer", region_code=XIANGSHAN)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"role": "king"},
            {"region_code": ""},
            {"region_code": "330225"},
            {"org": None},
            {"level": 4},
            {"until": clock.now() - timedelta(days=1)},
        ],
    )
    def test_wrong_values_are_named(self, wrong: dict[str, object]) -> None:
        made = makers.account()
        facts = {"role": "officer", "reason": "岗位需要"} | _place("officer") | wrong
        with acting(HOUSE), pytest.raises(BadInput):
            actions.give_grant(account_id=made, actor=HOUSE, **facts)  # type: ignore[arg-type]

    def test_a_reason_is_needed_and_the_account_must_exist(self) -> None:
        me = makers.staff("admin_security")
        with pytest.raises(BadInput):
            _give(makers.account(), "clerk", me, reason="")
        with pytest.raises(NotFound):
            _give(uuid4(), "clerk", me)

    def test_twice_is_a_clash_also_for_the_database(self) -> None:
        made = makers.account()
        _give(made, "clerk")
        with pytest.raises(Clash):
            _give(made, "clerk")
        with pytest.raises(IntegrityError), acting(HOUSE):
            Grant.objects.create(
                account_id=made, role="clerk", active_from=clock.now(), granted_by="x"
            )

    def test_a_grant_ends_by_itself(self) -> None:
        made, now = makers.account(), clock.now()
        _give(made, "clerk", until=now + timedelta(days=1))
        with clock.at(now + timedelta(days=2)):
            actor = queries.actor_of(made, door="desk")
        assert actor is not None
        assert actor.roles == frozenset()


@pytest.mark.django_db
class TestTake:
    def test_takes_effect_at_once_and_only_once(self) -> None:
        me, made = makers.staff("admin_security"), makers.account()
        given = _give(made, "clerk", me)
        with acting(me):
            actions.take_grant(grant_id=given, reason="调离", actor=me)
        actor = queries.actor_of(made, door="desk")
        assert actor is not None
        assert actor.roles == frozenset()
        with acting(me), pytest.raises(Clash):
            actions.take_grant(grant_id=given, reason="调离", actor=me)
        _give(made, "clerk", me)

    def test_leaves_two_sentences(self) -> None:
        me, made = makers.staff("admin_security"), makers.account()
        given = _give(made, "clerk", me)
        with acting(me):
            actions.take_grant(grant_id=given, reason="调离", actor=me)
        with acting(HOUSE), connection.cursor() as cursor:
            cursor.execute(
                "select kind from trail_entry where subject = %s and actor_ref = %s order by id",
                (str(made), me.ref),
            )
            kinds = [row[0] for row in cursor.fetchall()]
        assert kinds == ["people.GrantGiven", "people.GrantTaken"]


@pytest.mark.django_db
class TestAccounts:
    def test_only_system_administrators_open_them(self) -> None:
        for role in sorted(set(roles.ROLES) - {"admin_system"}):
            me = makers.staff(role, **_place(role))  # type: ignore[arg-type]
            with acting(me), pytest.raises(NotAllowed):
                actions.create_account(
                    username="fresh", display_name="某人", password=PASSWORD, actor=me
                )

    def test_opened_closed_and_opened_again(self) -> None:
        me = makers.staff("admin_system")
        with acting(me):
            made = actions.create_account(
                username="Fresh.One", display_name="某人", password=PASSWORD, actor=me
            )
            actions.deactivate_account(account_id=made, reason="离职", actor=me)
            with pytest.raises(Clash):
                actions.deactivate_account(account_id=made, reason="离职", actor=me)
        assert queries.actor_of(made, door="desk") is None
        with acting(me):
            actions.reactivate_account(account_id=made, reason="返聘", actor=me)
            found = queries.accounts(actor=me, typed="fresh")
        assert [row.username for row in found] == ["fresh.one"]
        assert queries.actor_of(made, door="desk") is not None

    def test_not_oneself(self) -> None:
        me = makers.staff("admin_system")
        assert me.account_id is not None
        with acting(me):
            for deed in (
                lambda: actions.deactivate_account(
                    account_id=me.account_id, reason="离职", actor=me
                ),
                lambda: actions.reset_password(account_id=me.account_id, actor=me),
            ):
                with pytest.raises(NotAllowed):
                    deed()

    @pytest.mark.parametrize("name", ["a", "张三", "-ab", "a b", "x" * 41, "", "a\x00b"])
    def test_user_names_are_plain(self, name: str) -> None:
        with acting(HOUSE), pytest.raises(BadInput) as no:
            actions.create_account(
                username=name, display_name="某人", password=PASSWORD, actor=HOUSE
            )
        assert no.value.field == "username"

    def test_a_taken_name_is_a_clash(self) -> None:
        makers.account("taken")
        with acting(HOUSE), pytest.raises(Clash):
            actions.create_account(
                username="TAKEN", display_name="某人", password=PASSWORD, actor=HOUSE
            )

    @pytest.mark.parametrize(
        "weak",
        [
            "short",
            "password123",
            "Password2026!",
            "1234567890",
            "abcdefghij",
            "qwertyuiop",
            "aaaaaaaaaaaa",
            "xiangshan2026",
            "sifasuo12345",
            "my-zhangwei-9",
            "x" * 129,
        ],
    )
    def test_weak_passwords_are_refused_with_a_way_on(self, weak: str) -> None:
        with acting(HOUSE), pytest.raises(BadInput) as no:
            actions.create_account(
                username="zhangwei", display_name="张伟", password=weak, actor=HOUSE
            )
        assert no.value.field == "password"
        assert no.value.way_on

    def test_lists_page_and_review_finds_the_unused(self) -> None:
        me = makers.staff("admin_security")
        for n in range(55):
            makers.account(f"many{n:02d}")
        idle = makers.staff("director", region_code=XIANGSHAN)
        with clock.at(clock.now() + timedelta(days=100)), acting(me):
            first = queries.accounts(actor=me, typed="many")
            second = queries.accounts(actor=me, typed="many", after=first.after)
            review = queries.grants_review(actor=me)
        assert (len(first), len(second), first.total, second.after) == (50, 5, 55, "")
        assert {row.username for row in first} & {row.username for row in second} == set()
        assert idle.account_id in {row.account_id for row in review if row.concern}

    def test_what_was_confirmed_is_due_again_after_ninety_days(self) -> None:
        me, other = makers.staff("admin_security"), makers.staff("admin_security")
        idle = makers.staff("director", region_code=XIANGSHAN)
        with acting(me):
            grant = next(row for row in queries.grants_review(actor=me) if row.role == "director")
        assert grant.concern == ""
        later = clock.now() + timedelta(days=91)
        with clock.at(later), acting(me):
            due = queries.grants_review(actor=me, only_due=True)
            assert {row.account_id for row in due} >= {idle.account_id, other.account_id}
            actions.confirm_grant(grant_id=grant.id, actor=me)
            after = {row.id: row for row in queries.grants_review(actor=me)}
            assert after[grant.id].concern == ""
            assert (after[grant.id].confirmed_at, after[grant.id].confirmed_by) == (
                later, queries.account_names([UUID(me.ref)])[UUID(me.ref)],
            )  # fmt: skip
            due = queries.grants_review(actor=me, only_due=True)
            assert grant.id not in {row.id for row in due}
        with clock.at(later + timedelta(days=91)), acting(me):
            due = queries.grants_review(actor=me, only_due=True)
            assert grant.id in {row.id for row in due}
        with acting(HOUSE):
            entry = Entry.objects.get(kind="people.GrantConfirmed")
        assert (entry.subject, entry.actor_ref) == (str(idle.account_id), me.ref)

    def test_nobody_confirms_their_own_or_what_has_ended(self) -> None:
        me, clerk = makers.staff("admin_security"), makers.staff("director", region_code=XIANGSHAN)
        with acting(me):
            rows: dict[UUID | None, UUID] = {
                row.account_id: row.id for row in queries.grants_review(actor=me)
            }
            with pytest.raises(NotAllowed, match="自己"):
                actions.confirm_grant(grant_id=rows[me.account_id], actor=me)
            with pytest.raises(NotFound):
                actions.confirm_grant(grant_id=new_id(), actor=me)
            actions.take_grant(grant_id=rows[clerk.account_id], reason="调离", actor=me)
            with pytest.raises(Clash):
                actions.confirm_grant(grant_id=rows[clerk.account_id], actor=me)
        for role in ("admin_system", "director", "auditor"):
            region = XIANGSHAN if role == "director" else ""
            who = makers.staff(role, region_code=region)
            with acting(who), pytest.raises(NotAllowed):
                actions.confirm_grant(grant_id=rows[clerk.account_id], actor=who)

    def test_lists_are_for_administrators(self) -> None:
        me = makers.staff("director", region_code=XIANGSHAN)
        for ask in (queries.accounts, queries.grants_review, queries.api_keys):
            with acting(me), pytest.raises(Refusal):
                ask(actor=me)

"""Leak tests: each kind of actor against each table, by bare SQL beneath every action."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from yike.rooms.core.actor import Actor, visitor
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, queries, sealing
from yike.rooms.people.tests import makers
from yike.rooms.people.tests.makers import DANCHENG, HOUSE, HUAINAN, PASSWORD, SHIPU, XIANGSHAN

SHIPU_ORG, DANCHENG_ORG, FIRM, FAR_ORG = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
TABLES = ("account", "secret", "grant", "accountsession", "attempt", "apikey", "party")


@dataclass
class Cast:
    """One of each, and what they are called."""

    by_name: dict[str, Actor]
    key: actions.NewKey
    party: UUID

    def accounts(self, *names: str) -> set[str]:
        return {self.by_name[name].ref for name in names}


@pytest.fixture
def cast() -> Cast:
    staff = makers.staff
    people = {
        "shipu": staff("officer", region_code=SHIPU, org=SHIPU_ORG, name="shipu"),
        "dancheng": staff("officer", region_code=DANCHENG, org=DANCHENG_ORG, name="dancheng"),
        "director": staff("director", region_code=XIANGSHAN, name="director"),
        "lawyer": staff("practitioner", region_code=XIANGSHAN, org=FIRM, name="lawyer"),
        "far": staff("director", region_code=HUAINAN, org=FAR_ORG, name="far"),
        "system": staff("admin_system", name="adm"),
        "security": staff("admin_security", name="sec"),
        "auditor": staff("auditor", name="aud"),
    }
    guest = makers.guest()
    with acting(guest):
        actions.sign_in(username="shipu", password=PASSWORD, actor=guest)
        actions.sign_in(username="nobody", password="wrong-wrong-1", actor=guest)
        party = actions.record_party(
            told=actions.PartyTold(name="张三", phone="13812345678"), actor=guest
        )
    with acting(HOUSE):
        key = actions.make_api_key(name="某平台", region_code=XIANGSHAN, actor=HOUSE)
    citizen = visitor("portal").claiming("261121-7KQ4M3X9", party.phone_index)
    peer = queries.peer_of(key.key)
    assert peer is not None
    others = {
        "citizen": citizen,
        "peer": peer,
        "visitor": visitor("portal"),
        "nobody": Actor(kind="visitor"),
    }
    return Cast(by_name=people | others, key=key, party=party.id)


def _seen(actor: Actor, table: str, column: str) -> set[str]:
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(f'select "{column}"::text from people_{table}')
        return {row[0] for row in cursor.fetchall()}


STAFF = ("shipu", "dancheng", "director", "lawyer", "far", "system", "security", "auditor")
ADMINS = {"system": STAFF, "security": STAFF}
COUNTY = ("shipu", "dancheng", "director", "lawyer")
#: Whose accounts each kind of actor sees.
ACCOUNTS: dict[str, tuple[str, ...]] = {
    "shipu": COUNTY,
    "dancheng": COUNTY,
    "director": COUNTY,
    "lawyer": ("lawyer",),
    "far": ("far",),
    "system": STAFF,
    "security": STAFF,
    "auditor": ("auditor",),
    "citizen": (),
    "peer": (),
    "visitor": (),
    "nobody": (),
}


@pytest.mark.django_db
class TestSelect:
    def test_accounts_and_grants(self, cast: Cast) -> None:
        for name, whose in ACCOUNTS.items():
            seen = _seen(cast.by_name[name], "account", "id")
            assert seen == cast.accounts(*whose), f"{name} sees other accounts than meant"
            granted = _seen(cast.by_name[name], "grant", "account_id")
            assert granted == cast.accounts(*whose), f"{name} sees other grants than meant"

    def test_secrets(self, cast: Cast) -> None:
        for name, actor in cast.by_name.items():
            own = cast.accounts(name) if name in STAFF else set()
            whose = cast.accounts(*STAFF) if name in ADMINS else own
            assert _seen(actor, "secret", "account_id") == whose, name

    def test_sessions(self, cast: Cast) -> None:
        for name, actor in cast.by_name.items():
            whose = cast.accounts("shipu") if name == "shipu" else set()
            assert _seen(actor, "accountsession", "account_id") == whose, name

    def test_attempts(self, cast: Cast) -> None:
        for name, actor in cast.by_name.items():
            assert bool(_seen(actor, "attempt", "who")) is (name == "system"), name

    def test_api_keys(self, cast: Cast) -> None:
        for name, actor in cast.by_name.items():
            sees = name in {"system", "security", "peer"}
            assert _seen(actor, "apikey", "id") == ({str(cast.key.id)} if sees else set()), name

    def test_parties_are_the_houses_until_matters_shows_them(self, cast: Cast) -> None:
        for name, actor in cast.by_name.items():
            if name in STAFF or name in {"visitor", "nobody", "peer"}:
                assert _seen(actor, "party", "id") == set(), name
        assert _seen(HOUSE, "party", "id") == {str(cast.party)}

    def test_a_claim_shows_one_account_and_its_secret(self, cast: Cast) -> None:
        claim = Actor(kind="visitor", claim_ref="shipu", claim_key=sealing.username_index("nobody"))
        assert _seen(claim, "account", "id") == cast.accounts("shipu")
        assert _seen(claim, "secret", "account_id") == cast.accounts("shipu")
        assert len(_seen(claim, "attempt", "who")) == 1
        assert _seen(claim, "grant", "id") == _seen(claim, "accountsession", "id") == set()

    def test_a_citizens_claim_is_no_sign_in_claim(self, cast: Cast) -> None:
        claim = visitor("portal").claiming("shipu", sealing.username_index("nobody"))
        for table in ("account", "secret", "attempt"):
            column = {"account": "id", "secret": "account_id", "attempt": "who"}[table]
            assert _seen(claim, table, column) == set()

    def test_nobody_at_all_sees_nothing(self, cast: Cast) -> None:
        assert cast
        with transaction.atomic(), connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"select count(*) from people_{table}")
                assert cursor.fetchone() == (0,), table


#: What each may not do with bare SQL: deed, and who may after all.
DEEDS = {
    "update people_account set active = false": {"system"},
    "update people_secret set must_change = false": {*STAFF},
    "update people_grant set level = 3": {"security"},
    "update people_apikey set per_minute = 6000": {"security"},
    "update people_party set name_mask = ''": set[str](),
    "delete from people_account": set[str](),
    "delete from people_grant": set[str](),
    "delete from people_party": set[str](),
    "delete from people_apikey": set[str](),
}


@pytest.mark.django_db
class TestAlter:
    @pytest.mark.parametrize("deed", DEEDS)
    def test_only_those_meant(self, cast: Cast, deed: str) -> None:
        for name, actor in cast.by_name.items():
            with acting(actor), connection.cursor() as cursor:
                cursor.execute(deed)
                assert bool(cursor.rowcount) is (name in DEEDS[deed]), f"{name}: {deed}"

    def test_security_cannot_raise_their_own_grant(self, cast: Cast) -> None:
        me = cast.by_name["security"]
        with acting(me), connection.cursor() as cursor:
            cursor.execute("update people_grant set level = 3 where account_id = %s", (me.ref,))
            assert cursor.rowcount == 0

    def test_staff_touch_their_own_secret_only(self, cast: Cast) -> None:
        with acting(cast.by_name["shipu"]), connection.cursor() as cursor:
            cursor.execute("update people_secret set totp_step = 9")
            assert cursor.rowcount == 1

    @pytest.mark.parametrize("name", [*COUNTY, "auditor", "security", "citizen", "peer", "visitor"])
    def test_no_account_is_opened_past_the_door(self, cast: Cast, name: str) -> None:
        sql = (
            "insert into people_account (id, username, display_name, active, demo, created_at,"
            " created_by) values (%s, 'sneaky', 'x', true, false, now(), 'x')"
        )
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            acting(cast.by_name[name]),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, (uuid4(),))


@pytest.mark.django_db
class TestQueries:
    def test_colleagues_and_names(self, cast: Cast) -> None:
        ids = [UUID(ref) for ref in cast.accounts(*STAFF)]
        shipu, far = cast.by_name["shipu"], cast.by_name["far"]
        with acting(shipu):
            faces = queries.colleagues(DANCHENG_ORG, actor=shipu)
            names = queries.account_names(ids)
        assert [(face.id, face.roles) for face in faces] == [
            (cast.by_name["dancheng"].account_id, ("officer",))
        ]
        assert {str(found) for found in names} == cast.accounts(*COUNTY)
        with acting(far):
            assert queries.colleagues(DANCHENG_ORG, actor=far) == []
        citizen = cast.by_name["citizen"]
        with acting(citizen):
            assert queries.colleagues(DANCHENG_ORG, actor=citizen) == []
            assert queries.account_names(ids) == {}

    def test_anybody_learns_which_institutions_are_staffed(self, cast: Cast) -> None:
        asked = [SHIPU_ORG, FIRM, FAR_ORG, uuid4()]
        for name in ("citizen", "visitor", "peer", "shipu"):
            with acting(cast.by_name[name]):
                assert queries.staffed_orgs(asked) == {SHIPU_ORG, FIRM}, name
        with acting(HOUSE):
            officer = cast.by_name["shipu"].account_id
            assert officer is not None
            actions.deactivate_account(account_id=officer, reason="离职", actor=HOUSE)
            assert queries.staffed_orgs(asked) == {FIRM}

    def test_a_profile_is_ones_own(self, cast: Cast) -> None:
        me = cast.by_name["shipu"]
        with acting(me):
            own = queries.profile(actor=me)
        assert own.username == "shipu"
        assert [grant.role for grant in own.grants] == ["officer"]
        assert len(own.sessions) == 1
        assert not own.second_factor

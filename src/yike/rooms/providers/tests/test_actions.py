"""Deeds of the register: each leaves one sentence, a refused one leaves nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.providers import actions, queries
from yike.rooms.providers.models import Contact, Institution, Practitioner
from yike.rooms.providers.tests import makers
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, KEEPER, SHIPU, STRANGER, county
from yike.rooms.trail.models import Entry

pytestmark = pytest.mark.django_db

GOOD_USCC = "91350100M000100Y43"


def kinds_of_entries() -> list[str]:
    """What was said since the tree was loaded, in order."""
    rows = Entry.objects.exclude(kind__startswith="regions.").order_by("id")
    return [kind.partition(".")[2] for kind in rows.values_list("kind", flat=True)]


class TestInstitutions:
    def test_registering_says_so_once(self) -> None:
        with county():
            ref = makers.institution(uscc=GOOD_USCC, supplies=[("S06", "direct")])
            row = queries.institution(ref)
            assert (row.kind_name, row.uscc, row.region_code) == ("司法局", GOOD_USCC, COUNTY)
            assert [s.service_name for s in queries.supplies_of(ref)] == ["法律援助"]
            assert kinds_of_entries() == ["InstitutionRegistered"]

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"kind": "pub"}, "kind"),
            ({"name": "  "}, "name"),
            ({"uscc": "91350100M000100Y44"}, "uscc"),
            ({"supplies": [("S99", "direct")]}, "supplies"),
            ({"supplies": [("S01", "shouting")]}, "supplies"),
        ],
    )
    def test_a_wrong_fact_is_named(self, facts: dict[str, Any], field: str) -> None:
        with county():
            with pytest.raises(BadInput) as refused:
                makers.institution(**facts)
            assert refused.value.field == field
            assert kinds_of_entries() == []

    def test_an_unknown_region_is_refused(self) -> None:
        with county(), pytest.raises(NotFound):
            makers.institution(region_code="330225999000")

    def test_code_credit_code_and_pool_are_each_used_once(self) -> None:
        with county():
            makers.institution("A", uscc=GOOD_USCC, pool=True)
            for facts in (
                {"code": "A"},
                {"code": "B", "uscc": GOOD_USCC},
                {"code": "C", "pool": 1},
            ):
                with pytest.raises(Clash):
                    makers.institution(**facts)
            assert Institution.objects.count() == 1

    def test_revising_names_what_changed_and_nothing_is_no_deed(self) -> None:
        with county():
            ref = makers.institution()
            actions.revise_institution(institution_id=ref, phone="0574-12348", actor=HOUSE)
            actions.revise_institution(institution_id=ref, phone="0574-12348", actor=HOUSE)
            assert queries.institution(ref).phone == "0574-12348"
            assert kinds_of_entries() == ["InstitutionRegistered", "InstitutionRevised"]
            assert "公开电话" in Entry.objects.get(kind="providers.InstitutionRevised").body

    def test_a_parent_from_below_is_refused(self) -> None:
        with county():
            top = makers.institution("A")
            below = makers.office("B", parent_id=top)
            with pytest.raises(BadInput):
                actions.revise_institution(institution_id=top, parent_id=below, actor=HOUSE)
            with pytest.raises(BadInput):
                actions.revise_institution(institution_id=top, parent_id=top, actor=HOUSE)

    def test_closing_waits_for_those_inside(self) -> None:
        with county():
            ref = makers.institution()
            person = makers.lawyer(ref)
            with pytest.raises(NotAllowed):
                actions.close_institution(institution_id=ref, reason="撤并", actor=HOUSE)
            actions.close_practitioner(practitioner_id=person, reason="离职", actor=HOUSE)
            actions.close_institution(institution_id=ref, reason="撤并", actor=HOUSE)
            assert queries.institutions_in((COUNTY, "330226000000")) == ()
            assert queries.institution(ref).active_until is not None
            with pytest.raises(NotAllowed):
                actions.revise_institution(institution_id=ref, phone="1", actor=HOUSE)

    @pytest.mark.parametrize("actor", [GUEST, STRANGER])
    def test_strangers_alter_nothing(self, actor: Actor) -> None:
        with county():
            ref = makers.institution()
            with acting(actor):
                with pytest.raises(NotAllowed):
                    makers.institution("B", actor=actor)
                with pytest.raises((NotAllowed, NotFound)):
                    actions.close_institution(institution_id=ref, reason="x", actor=actor)
                assert Institution.objects.filter(pk=ref).update(name="x") == 0, "rows say no too"

    def test_a_keeper_works_in_their_own_county(self) -> None:
        with county(), acting(KEEPER):
            ref = makers.office(actor=KEEPER)
            assert queries.institution(ref).region_code == SHIPU


class TestPersons:
    def test_a_licence_and_an_account_belong_to_one_person(self) -> None:
        with county():
            house = makers.institution()
            one = makers.lawyer(house, licence_no="13302201010000001")
            other = makers.lawyer(house, name="李二")
            with pytest.raises(Clash):
                makers.lawyer(house, licence_no="13302201010000001")
            account = new_id()
            actions.link_account(practitioner_id=one, account_id=account, actor=HOUSE)
            with pytest.raises(Clash):
                actions.link_account(practitioner_id=other, account_id=account, actor=HOUSE)
            found = queries.practitioner_of_account(account)
            assert found is not None
            assert found.id == one

    def test_names_never_enter_the_trail(self) -> None:
        with county():
            makers.lawyer(makers.institution(), name="陈一平", phone="13800001234")
            bodies = " ".join(Entry.objects.values_list("body", flat=True))
        assert "陈一平" not in bodies
        assert "13800001234" not in bodies

    def test_moving_to_another_house(self) -> None:
        with county():
            person = makers.lawyer(makers.institution("A"))
            to = makers.institution("B")
            actions.revise_practitioner(
                practitioner_id=person, institution_id=to, languages=["象山话"], actor=HOUSE
            )
            row = queries.practitioner(person)
            assert (row.institution_id, row.languages) == (to, ("象山话",))
            assert queries.practitioners_of(to) == (row,)

    def test_a_closed_house_takes_nobody_in(self) -> None:
        with county():
            house = makers.institution()
            actions.close_institution(institution_id=house, reason="撤销", actor=HOUSE)
            with pytest.raises(NotAllowed):
                makers.lawyer(house)
            assert not Practitioner.objects.exists()


class TestPrivateContacts:
    @pytest.mark.parametrize(("contact_class", "seen"), [("public", 1), ("institution", 0)])
    def test_the_public_sees_only_what_was_made_public(self, contact_class: str, seen: int) -> None:
        with county():
            house = makers.institution(phone="0574-65712345")
            person = makers.lawyer(house, phone="13800001234", contact_class=contact_class)
            with acting(GUEST):
                assert Contact.objects.count() == seen
                said = queries.practitioner(person).contact_sentence
            with acting(KEEPER):
                assert Contact.objects.count() == 1
        assert said == ("13800001234" if seen else "请拨打机构XS-SFJ电话0574-65712345转接")

    def test_taking_it_back_hides_it_again(self) -> None:
        with county():
            person = makers.lawyer(
                makers.institution(), phone="13800001234", contact_class="public"
            )
            actions.revise_practitioner(practitioner_id=person, contact_class="hidden", actor=HOUSE)
            with acting(GUEST):
                assert not Contact.objects.exists()
                assert queries.practitioner(person).contact_sentence == ""


class TestCredentials:
    def test_one_that_ends_soon_is_named(self) -> None:
        with county():
            house = makers.institution()
            ref = actions.record_credential(
                kind="律师事务所执业许可证", number="3133", institution_id=house,
                valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1), actor=HOUSE,
            )  # fmt: skip
            [row] = queries.credentials_ending((COUNTY, "330226000000"))
            assert row.id == ref
            assert queries.credentials_ending(("340000000000", "350000000000")) == ()
            actions.verify_credential(credential_id=ref, actor=HOUSE)
            assert queries.credentials_of(institution_id=house)[0].verified_on is not None

    def test_holder_period_and_number_are_checked(self) -> None:
        with county():
            house = makers.institution()
            known: dict[str, Any] = {
                "kind": "证",
                "number": "1",
                "valid_from": date(2020, 1, 1),
                "actor": HOUSE,
            }
            with pytest.raises(BadInput):
                actions.record_credential(**known)
            with pytest.raises(BadInput):
                actions.record_credential(
                    **known,
                    institution_id=house,
                    valid_until=date(2020, 1, 1),
                )
            actions.record_credential(**known, institution_id=house)
            with pytest.raises(Clash):
                actions.record_credential(**known, institution_id=house)

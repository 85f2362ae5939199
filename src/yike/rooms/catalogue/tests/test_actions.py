"""Deeds of the catalogue: versions, words, offerings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yike.rooms.catalogue import actions, queries, reference
from yike.rooms.catalogue.models import Item, Keyword
from yike.rooms.catalogue.tests.makers import shelves
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.providers.tests import makers as provider_makers
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, plant
from yike.rooms.trail.models import Entry

pytestmark = pytest.mark.django_db
ITEM = "PLS-JD001"
CLERK = Actor(kind="staff", ref="01900000-0000-7000-8000-000000000009", roles=frozenset({"clerk"}))


class TestItems:
    def test_a_revision_is_a_new_version_and_the_old_one_stays(self) -> None:
        with shelves():
            before = queries.item_guide(ITEM)
            new = actions.revise_item(
                code=ITEM, limits_text="受理决定:5:WD", fee="免费", actor=HOUSE,
                active_from=date(2026, 1, 1),
            )  # fmt: skip
            now = queries.item_guide(ITEM)
            assert now.item.id == new
            assert (now.item.version, now.fee) == (2, "免费")
            assert now.limit_sentences == ("受理决定：5个工作日",)
            assert now.materials == before.materials
            then = queries.item_guide(ITEM, on=date(2025, 12, 31))
            assert (then.item.version, then.limit_sentences) == (1, before.limit_sentences)
            assert [row.version for row in queries.item_history(ITEM)] == [2, 1]
            body = Entry.objects.get(kind="catalogue.ItemRevised").body
        assert "时限原文、收费" in body

    def test_the_next_load_leaves_a_revision_alone(self) -> None:
        with shelves():
            actions.revise_item(code=ITEM, name="改过的名称", actor=HOUSE)
            assert reference.load_reference(actor=HOUSE) == 0
            assert queries.item(ITEM).name == "改过的名称"

    def test_wrong_revisions_are_refused(self) -> None:
        with shelves():
            with pytest.raises(BadInput):
                actions.revise_item(code=ITEM, actor=HOUSE, active_from=date(2001, 1, 1))
            with pytest.raises(BadInput):
                actions.revise_item(code=ITEM, actor=HOUSE, form=[{"name": "x"}])
            with pytest.raises(NotFound):
                actions.revise_item(code="PLS-XX999", actor=HOUSE)
            assert Item.objects.filter(code=ITEM).count() == 1

    def test_a_new_item_is_offered_guided_and_ended(self) -> None:
        with shelves():
            facts: dict[str, Any] = {
                "name": "渔船买卖合同审查",
                "kind": "律师",
                "mode": "办事",
                "actor": HOUSE,
            }
            actions.add_item(
                code="XS-LS001", materials=["合同文本"], limits_text="答复:3:WD(本地)", **facts
            )
            guide = queries.item_guide("XS-LS001")
            assert guide.limit_sentences == ("答复：3个工作日（本地规定）",)
            assert guide.unverified_note
            with pytest.raises(Clash):
                actions.add_item(code="XS-LS001", **facts)
            actions.end_item(code="XS-LS001", reason="并入其他事项", actor=HOUSE)
            with pytest.raises(NotFound):
                queries.item("XS-LS001")
            with pytest.raises(NotFound):
                actions.end_item(code="XS-LS001", reason="再次", actor=HOUSE)
            with pytest.raises(Clash):
                actions.add_item(code="XS-LS001", **facts)
            assert len(queries.item_history("XS-LS001")) == 1
            said = Entry.objects.filter(subject="XS-LS001").order_by("id")
            assert list(said.values_list("kind", flat=True)) == [
                "catalogue.ItemAdded", "catalogue.ItemEnded",
            ]  # fmt: skip

    def test_an_item_needs_name_kind_and_mode(self) -> None:
        with shelves(), pytest.raises(BadInput):
            actions.add_item(code="XS-1", name=" ", kind="律师", mode="办事", actor=HOUSE)

    @pytest.mark.parametrize("actor", [GUEST, CLERK])
    def test_only_keepers_revise(self, actor: Actor) -> None:
        with shelves(), acting(actor), pytest.raises(NotAllowed):
            actions.revise_item(code=ITEM, fee="1", actor=actor)


class TestCodes:
    def test_a_code_gets_versions_and_lists_grow(self) -> None:
        with shelves():
            actions.revise_code(
                list_key="channel", code="13", name="系统推送", verified=True, actor=HOUSE
            )
            actions.revise_code(list_key="channel", code="14", name="微信群", actor=HOUSE)
            rows = {row.code: row for row in queries.codes_of("channel")}
            assert (rows["13"].name, rows["13"].version) == ("系统推送", 2)
            assert rows["13"].verified
            assert rows["14"].version == 1
            assert list(rows)[-1] == "14"
            yesterday = clock.today().replace(year=clock.today().year - 1)
            old = {row.code: row.name for row in queries.codes_of("channel", on=yesterday)}
            assert old["13"] == "系统自动推送"

    def test_wrong_ones_are_refused(self) -> None:
        with shelves():
            with pytest.raises(NotFound):
                actions.revise_code(list_key="colours", code="1", name="红", actor=HOUSE)
            with pytest.raises(BadInput):
                actions.revise_code(list_key="channel", code="15", name=" ", actor=HOUSE)


class TestWords:
    def test_a_new_word_is_heard_at_once_and_may_be_taken_back(self) -> None:
        with shelves():
            assert queries.suggest_matters("蓝洞赔不赔")[0].code == "Z99"
            actions.set_keyword(matter_code="E04", word="蓝洞", weight=2, actor=HOUSE)
            found = queries.suggest_matters("蓝洞赔不赔")[0]
            assert (found.code, found.reason) == ("E04", "提到“蓝洞”")
            actions.set_keyword(matter_code="E04", word="蓝洞", weight=0, actor=HOUSE)
            assert queries.suggest_matters("蓝洞赔不赔")[0].code == "Z99"

    def test_an_untied_word_does_not_come_back_with_the_next_load(self) -> None:
        with shelves():
            actions.set_keyword(matter_code="E04", word="渔船", weight=0, actor=HOUSE)
            assert reference.load_reference(actor=HOUSE) == 0
            words = {row.code: row.keywords for row in queries.legal_matters()}
            assert "渔船" not in words["E04"]

    def test_a_word_that_ships_later_is_added(self) -> None:
        with shelves():
            Keyword.objects.filter(matter="E04", word="渔船").delete()
            assert reference.load_reference(actor=HOUSE) == 1
            words = {row.code: row.keywords for row in queries.legal_matters()}
            assert "渔船" in words["E04"]

    @pytest.mark.parametrize(("word", "weight"), [("一", 1.0), ("蓝洞", 11.0), ("蓝洞", -1.0)])
    def test_wrong_ones_are_refused(self, word: str, weight: float) -> None:
        with shelves(), pytest.raises(BadInput):
            actions.set_keyword(matter_code="E04", word=word, weight=weight, actor=HOUSE)


class TestOfferings:
    def test_offered_once_listed_by_region_and_withdrawn(self) -> None:
        with shelves():
            plant()
            house = provider_makers.institution(kind="appraisal")
            ref = actions.offer_item(
                item_code=ITEM, institution_id=house, mode="direct", actor=HOUSE
            )
            with pytest.raises(Clash):
                actions.offer_item(item_code=ITEM, institution_id=house, mode="direct", actor=HOUSE)
            [row] = queries.offerings(ITEM, region_code=COUNTY)
            assert (row.id, row.mode_name) == (ref, "直接提供")
            assert queries.offerings(ITEM, region_code="340422000000") == ()
            actions.withdraw_item(offering_id=ref, actor=HOUSE)
            assert queries.offerings(ITEM) == ()
            with pytest.raises(NotFound):
                actions.withdraw_item(offering_id=ref, actor=HOUSE)

"""Reading the tree, as somebody of whom nothing is known."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.regions import queries, reference
from yike.rooms.regions.models import Region
from yike.rooms.regions.naming import short_name
from yike.rooms.regions.tests.makers import (
    COUNTY,
    GUEST,
    HOUSE,
    JINPING,
    SHIPU,
    county,
    tree,
)

pytestmark = pytest.mark.django_db


class TestTree:
    def test_holds_what_the_sources_hold(self) -> None:
        with tree(), acting(GUEST):
            assert len(queries.towns_of(COUNTY)) == 18
            assert len(queries.villages_of(COUNTY)) == 410
            huainan = ("340400000000", "340500000000")
            assert len(queries.regions_in(huainan, level="village")) == 1131
            assert len(queries.children("")) == 31
            assert queries.region(SHIPU).parent_code == COUNTY

    def test_a_second_load_writes_nothing(self) -> None:
        with tree():
            again = reference.load_reference(actor=HOUSE)
        assert (again.added, again.changed, again.populations) == (0, 0, 0)

    def test_names_from_the_province_down(self) -> None:
        with tree(), acting(GUEST):
            path = queries.path_of(JINPING)
            assert path.text == "象山县石浦镇金屏社区"
            assert path.full_text == "浙江省宁波市象山县石浦镇金屏社区"
            assert queries.path_of("441900000000").city == "东莞市"
            assert queries.name_of("330000000000") == "浙江省"
            assert queries.name_of("999999999999") == ""

    def test_many_paths_are_one_query(self, django_assert_num_queries: object) -> None:
        with county():
            wanted = [row.code for row in queries.villages_of(COUNTY)]
            with django_assert_num_queries(1):  # type: ignore[operator]
                assert len(queries.paths_of(wanted)) == 410

    def test_an_unknown_code_is_refused_with_a_way_on(self) -> None:
        with tree(), acting(GUEST), pytest.raises(NotFound) as refused:
            queries.region("330225999999")
        assert refused.value.way_on

    def test_population_has_year_kind_and_source(self) -> None:
        with tree(), acting(GUEST):
            rows = queries.population_of(COUNTY)
            by_year = {row.year: row for row in rows}
            assert by_year[2020].count == 567665
            assert by_year[2020].verified
            assert by_year[2024].kind == "survey"
            towns = queries.populations_in(("330225000000", "330226000000"), level="town")
            assert towns[SHIPU].count == 92753
            assert not towns[SHIPU].verified


class TestSearch:
    def test_finds_by_part_of_a_name_within_a_county(self) -> None:
        with county(), acting(GUEST):
            found = queries.search_regions("旭拱岙", within=COUNTY)
        assert [row.short_name for row in found] == ["旭拱岙村"]

    def test_names_that_begin_with_the_text_come_first(self) -> None:
        with county(), acting(GUEST):
            found = queries.search_regions("石浦")
        assert found[0].name.startswith("石浦")

    def test_finds_by_code_and_not_by_nothing(self) -> None:
        with county(), acting(GUEST):
            assert queries.search_regions("330225101")[0].code == SHIPU
            assert queries.search_regions("  ") == ()
            assert queries.search_regions("%") == ()


class TestLocate:
    def test_names_town_and_village_near_a_known_centre(self) -> None:
        with county(), acting(GUEST):
            found = queries.locate(121.934406, 29.205556, county=COUNTY)
        assert found.town.name == "石浦镇"
        assert found.village is not None
        assert found.village.code == JINPING
        assert found.distance_m < 5
        assert found.unplaced_towns == ("丹东街道",)
        assert "直线距离" in found.sentence

    def test_accepts_the_shifted_systems(self) -> None:
        with county(), acting(GUEST):
            found = queries.locate(121.938367, 29.202686, county=COUNTY, crs="gcj02")
        assert found.distance_m < 5

    @pytest.mark.parametrize("point", [(121.55, 29.87), (116.4, 39.9), (123.5, 29.2)])
    def test_refuses_a_point_outside_the_county(self, point: tuple[float, float]) -> None:
        with county(), acting(GUEST), pytest.raises(BadInput) as refused:
            queries.locate(*point, county=COUNTY)
        assert refused.value.field == "position"
        assert "象山县" in refused.value.sentence

    @pytest.mark.parametrize("point", [(29.2, 121.9), (float("nan"), 29.0), (200.0, 10.0)])
    def test_refuses_what_is_no_point(self, point: tuple[float, float]) -> None:
        with county(), acting(GUEST), pytest.raises(BadInput):
            queries.locate(*point, county=COUNTY)


class TestRows:
    def test_a_visitor_reads_and_cannot_write(self) -> None:
        with county(), acting(GUEST):
            assert Region.objects.exists()
            assert Region.objects.filter(pk=COUNTY).update(name="别的县") == 0
            with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
                Region.objects.create(
                    code="990000000000", level="province", name="x", short_name="x", source="x"
                )

    def test_a_subtree_is_read_from_the_index(self) -> None:
        with county(), connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off")
            cursor.execute(
                "explain select * from regions_region where code >= %s and code < %s",
                ["330225101000", "330225102000"],
            )
            plan = " ".join(row[0] for row in cursor.fetchall())
        assert "Index Cond" in plan


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("旭拱岙村委会", "旭拱岙村"),
        ("远望社区居委会", "远望社区"),
        ("第二居委会", "第二社区"),
        ("淮滨村村委会", "淮滨村"),
        ("金秋社区", "金秋社区"),
        ("村委会", "村委会"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name, "village") == short

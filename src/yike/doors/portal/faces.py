"""What the portal's own pages show: one frozen dataclass a page, made of the rooms' faces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from yike.doors.portal import drafts
from yike.doors.portal.forms.ask import NONE, OTHER, WANTS
from yike.doors.portal.near_faces import Entry, near_points
from yike.doors.portal.situations import SITUATIONS, Situation, needs_care, situation
from yike.rooms.catalogue import halls as catalogue_halls
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.catalogue.halls import HallItemRow
from yike.rooms.catalogue.queries import ItemGuide
from yike.rooms.files.faces import FileFace
from yike.rooms.matters import codes
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import CitizenPage
from yike.rooms.places import queries as places_queries
from yike.rooms.places.queries import Near, StationRow
from yike.rooms.quality import queries as quality_queries
from yike.rooms.quality.faces import RatePage
from yike.rooms.regions import queries as regions_queries


@dataclass(frozen=True)
class HomeFace:
    """The first page: situations, the county's centre, whether something unsent waits."""

    situations: Sequence[Situation]
    centre: StationRow | None
    open_now: bool
    unsent: bool


@dataclass(frozen=True)
class KindChoice:
    """One likely kind of matter: code, name and why."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class ItemChoice:
    """One likely service: what it is, why, what it needs and how long it takes."""

    code: str
    name: str
    reason: str
    guide: ItemGuide | None


@dataclass(frozen=True)
class KindFace:
    """The page that asks for kind and service."""

    category: str
    item_code: str
    categories: Sequence[KindChoice]
    items: Sequence[ItemChoice]
    careful: bool


@dataclass(frozen=True)
class ItemFace:
    """The guide of one item, who gives it, and the nearest open points of the town chosen."""

    guide: ItemGuide
    offerings: Sequence[catalogue_queries.OfferingRow]
    towns: Sequence[regions_queries.RegionRow]
    town: str
    points: Sequence[Entry]
    halls: Sequence[HallItemRow]


@dataclass(frozen=True)
class Row:
    """One answer on the check page, with the page that changes it."""

    label: str
    value: str
    change: str


@dataclass(frozen=True)
class CheckFace:
    """All answers, before they are sent."""

    rows: Sequence[Row]
    papers: Sequence[FileFace]


@dataclass(frozen=True)
class FollowFace:
    """One matter as its citizen sees it, and the deeds the flow allows them now."""

    page: CitizenPage
    can: frozenset[str]
    #: what may be said of the answer; None before there is one
    rate: RatePage | None = None

    @property
    def cost(self) -> str:
        """What the handler noted it cost, for the form of rating."""
        return self.rate.cost if self.rate else ""

    @property
    def paused(self) -> bool:
        """Whether the promise waits for papers of the citizen."""
        return self.page.state == "33"

    @property
    def answered(self) -> bool:
        """Whether the promise is kept already, and only the citizen's word is missing."""
        return self.page.state == "50"


@dataclass(frozen=True)
class StationsFace:
    """The public register, whole or of one town."""

    towns: Sequence[regions_queries.RegionRow]
    town: str
    town_name: str
    stations: Sequence[StationRow]
    near: Sequence[Near]


def home_face(county: str, *, unsent: bool) -> HomeFace:
    """This will return what the first page shows."""
    centres = places_queries.stations_in(county, level=2)
    centre = centres[0] if centres else None
    is_open = places_queries.open_now(centre) if centre else False
    return HomeFace(SITUATIONS, centre, is_open, unsent)


def kind_face(fields: Mapping[str, str]) -> KindFace:
    """This will return likely kinds and services for the words told, with the best one chosen."""
    about = situation(fields.get("about", ""))
    text = fields.get("text", "")
    found = [
        KindChoice(one.code, one.name, one.reason)
        for one in catalogue_queries.suggest_matters(text)
    ]
    codes_found = {one.code for one in found}
    if about and about.category not in codes_found:
        name = catalogue_queries.matter_name(about.category)
        found.insert(0, KindChoice(about.category, name, f"您选了“{about.label}”"))
    kept = fields.get("category", "")
    if kept and kept != OTHER and kept not in {one.code for one in found}:
        found.append(KindChoice(kept, catalogue_queries.matter_name(kept), "您以前选过"))
    category = kept or (about.category if about else found[0].code if found else OTHER)
    items = _items(text, category, fields.get("item_code", ""))
    chosen = fields.get("item_code") or (items[0].code if items else NONE)
    care = needs_care(text=text, category=category, about=fields.get("about", ""))
    return KindFace(category, chosen, found, items, care)


def _items(text: str, category: str, kept: str) -> list[ItemChoice]:
    found = [
        ItemChoice(
            one.item.code, one.item.name, one.reason, catalogue_queries.item_guide(one.item.code)
        )
        for one in catalogue_queries.suggest_items(text, category)
    ]
    if kept and kept != NONE and kept not in {one.code for one in found}:
        guide = catalogue_queries.item_guide(kept)
        found.append(ItemChoice(kept, guide.item.name, "您以前选过", guide))
    return found


def check_face(fields: Mapping[str, str], papers: Sequence[FileFace]) -> CheckFace:
    """This will return every answer in words, each with the page that changes it."""
    needs = "、".join(codes.NEEDS.get(one, "") for one in drafts.list_of(fields, "needs"))
    code = fields.get("item_code", "")
    item = "请工作人员帮我选" if code in ("", NONE) else catalogue_queries.item(code).name
    where = regions_queries.name_of(fields.get("village") or fields.get("town", ""))
    where += "" if fields.get("village") else "（村或社区不清楚）"
    rows = [
        Row("您遇到的事", fields.get("text", ""), "portal:words"),
        Row("哪一类", _category_name(fields.get("category", "")), "portal:kind"),
        Row("想要的服务", item, "portal:kind"),
        Row("您现在想", WANTS.get(fields.get("demand_type", ""), WANTS["1"]), "portal:kind"),
        *_details(fields),
        Row("在哪里", where, "portal:town"),
        Row("姓名", fields.get("name", ""), "portal:person"),
        Row("电话", fields.get("phone", ""), "portal:person"),
        Row("信用代码", fields.get("uscc", ""), "portal:person"),
        Row("身份证号", _tail(fields.get("id_number", "")), "portal:person"),
        Row("替谁问", _behalf(fields), "portal:person"),
        Row("特别照顾", needs, "portal:person"),
        Row("安全联系", _contact(fields), "portal:careful"),
    ]  # fmt: skip
    return CheckFace([row for row in rows if row.value], papers)


def follow_face(request: HttpRequest) -> FollowFace:
    """This will return the matter this citizen claims. Refuses NotFound."""
    actor = request.actor  # type: ignore[attr-defined]
    page = matters_queries.citizen_page(actor)
    rate = quality_queries.rate_page(actor) if page.reply else None
    return FollowFace(page, frozenset(verb.verb for verb in page.verbs), rate)


def stations_face(county: str, town: str) -> StationsFace:
    """This will return the register: centre and town stations, or all of one town."""
    towns = regions_queries.towns_of(county)
    row = next((one for one in towns if one.code == town), None)
    if row is None:
        rows = [one for one in places_queries.public_register(county) if one.level <= 3]
        return StationsFace(towns, "", "", rows, ())
    rows = list(places_queries.stations_in(row.code))
    near = places_queries.nearest_stations(county=county, region_code=row.code) if not rows else ()
    return StationsFace(towns, row.code, row.name, rows, near)


def item_face(county: str, code: str, *, town: str) -> ItemFace:
    """This will return an item's guide with the nearest stations. Refuses NotFound."""
    guide = catalogue_queries.item_guide(code)
    towns = regions_queries.towns_of(county)
    chosen = town if town in {one.code for one in towns} else ""
    points = near_points(county, guide, chosen)
    offerings = catalogue_queries.offerings(code, region_code=county)
    halls = catalogue_halls.where(code, county, town=chosen)
    return ItemFace(guide, offerings, towns, chosen, points, halls)


def _details(fields: Mapping[str, str]) -> list[Row]:
    """What was answered to the service's own questions, as it was asked."""
    guide = drafts.guide_of(fields)
    labels = {str(one["name"]): str(one["label"]) for one in guide.form} if guide else {}
    told = drafts.answers_of(fields)
    return [Row(labels[name], value, "portal:details") for name, value in told]


def _category_name(code: str) -> str:
    return "不确定" if code in ("", OTHER) else catalogue_queries.matter_name(code)


def _tail(number: str) -> str:
    """On a page that others may look at, only the ends of an identity number."""
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}" if len(number) > 8 else number


def _behalf(fields: Mapping[str, str]) -> str:
    if fields.get("for_other") != "yes":
        return ""
    relation = fields.get("relation", "")
    return fields.get("on_behalf_of", "") + (f"（{relation}）" if relation else "")


def _contact(fields: Mapping[str, str]) -> str:
    way = {
        "safe": f"只在 {fields.get('safe_from')}—{fields.get('safe_until')} 打电话",
        "sms": "只发短信，不要打电话",
        "message": "不要打电话，自己来网上看",
        "other": "联系写明的另一个人",
    }.get(fields.get("contact_way", ""), "")
    note = fields.get("contact_note", "")
    return "；".join(part for part in (way, note) if part)

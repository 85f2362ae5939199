"""What one may not see is not listed, counted, found, exported or told of, by room and by door.

`SEES` is written by hand from the rules of secrecy (matters/rows.sql says them in SQL).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from checks import scene as scenes
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.files import queries as files_queries
from yike.rooms.guard.acting import acting
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Filters
from yike.rooms.notices import queries as notices_queries
from yike.rooms.people import actions as people_actions
from yike.rooms.people import queries as people_queries
from yike.rooms.trail import queries as trail_queries
from yike.rooms.trail.faces import EntryFilter

#: all of 石浦 but the private one, and what 鹤浦 has
_SHIPU = frozenset(
    {
        "waiting", "working", "papers", "answered", "closed", "moved", "withdrawn", "declined",
        "fishery", "peers", "again", "busy", "paused", "drafted", "disputed", "redone", "bad",
    }
)  # fmt: skip
_HEPU = frozenset({"elsewhere", "colleagues"})
_COUNTY = _SHIPU | _HEPU
#: role → cases. Private: only the office that holds it, and the director (私密).
SEES: dict[str, frozenset[str]] = {
    "visitor": frozenset(),
    "citizen": frozenset({"working"}),
    "clerk": _COUNTY,
    "agent": _COUNTY,
    "officer": _SHIPU | {"private"},
    "stranger": _HEPU | {"moved", "busy", "disputed"},
    "dispatcher": _COUNTY,
    "holder": frozenset({"fishery"}),
    "nonholder": frozenset(),
    "director": _COUNTY | {"private"},
    "system": frozenset(),
    "security": frozenset(),
    "auditor": frozenset(),
    "peer": frozenset({"peers"}),
    "supervisor": _COUNTY,
}
#: who answers for a region, and so has a board
_REGION = {
    "clerk": _COUNTY, "agent": _COUNTY, "officer": _SHIPU | {"private"}, "stranger": _HEPU,
    "dispatcher": _COUNTY, "director": _COUNTY | {"private"}, "supervisor": _COUNTY,
}  # fmt: skip
TABS = ("", "sign", "work", "papers", "answered", "soon", "late", "mine", "joint", "handled")
LATER = scenes.NOON + timedelta(days=90)

Look = Callable[[scenes.Scene, Actor], set[str]]


def who(scene: scenes.Scene, role: str) -> Actor:
    """This will return the actor that a role of the cast is at a door."""
    special = {"visitor": scenes.VISITOR, "citizen": scene.citizen("working")}
    return special.get(role) or scene.actors[role]


def _cases(scene: scenes.Scene, references: Iterable[str]) -> set[str]:
    by_reference = {reference: case for case, reference in scene.references.items()}
    return {by_reference[reference] for reference in references}


def _each(scene: scenes.Scene, seen: Callable[[str], object]) -> set[str]:
    """The cases of which this look shows anything at all."""
    return {case for case in scene.references if shows(lambda: seen(case))}  # noqa: B023


def shows(look: Callable[[], object]) -> bool:
    """This will say whether a look shows anything; refused is nothing."""
    try:
        return bool(look())
    except (NotFound, NotAllowed):
        return False


def _opened(scene: scenes.Scene, actor: Actor) -> set[str]:
    """The page of one matter: as staff, else as the citizen or platform."""
    page = matters_queries.matter_page if actor.kind == "staff" else matters_queries.receipt_of
    return _each(scene, lambda case: page(actor, scene.references[case]))


def _found(scene: scenes.Scene, actor: Actor, typed: Callable[[str], str]) -> set[str]:
    found: set[str] = set()
    for case in scene.references:
        rows = matters_queries.find_matters(actor, typed(case))
        assert rows.total == len(rows.rows)
        found |= _cases(scene, (row.reference for row in rows))
    return found


def _by_reference(scene: scenes.Scene, actor: Actor) -> set[str]:
    return _found(scene, actor, lambda case: scene.references[case])


def _by_order(scene: scenes.Scene, actor: Actor) -> set[str]:
    return _found(scene, actor, lambda case: scene.matters[case].order_no)


def _by_phone(scene: scenes.Scene, actor: Actor) -> set[str]:
    return _found(scene, actor, lambda case: scene.phones[case])


def _facts(scene: scenes.Scene, actor: Actor) -> set[str]:
    """What counting and exchange read."""
    with connection.cursor() as cursor:
        cursor.execute("select reference from facts_matter")
        return _cases(scene, (row[0] for row in cursor.fetchall()))


def _history(scene: scenes.Scene, actor: Actor) -> set[str]:
    read = trail_queries.history_of
    return _each(scene, lambda case: read("matter", _id(scene, case), actor=actor).rows)


def _clocks(scene: scenes.Scene, actor: Actor) -> set[str]:
    faces = clocks_queries.faces_of
    return _each(scene, lambda case: faces("matter", scene.matters[case].matter_id))


def _parties(scene: scenes.Scene, actor: Actor) -> set[str]:
    party = people_queries.party_face
    return _each(scene, lambda case: party(_party(scene, case), actor=actor))


def _id(scene: scenes.Scene, case: str) -> str:
    return str(scene.matters[case].matter_id)


def _party(scene: scenes.Scene, case: str) -> UUID:
    found = scene.matters[case].party
    assert found is not None
    return found.id


#: looks that show exactly what one may see
EXACT: dict[str, Look] = {
    "page": _opened,
    "find by reference": _by_reference,
    "find by order number": _by_order,
    "find by phone": _by_phone,
    "facts": _facts,
    "history": _history,
    "clocks": _clocks,
    "parties": _parties,
}


@pytest.mark.parametrize("role", scenes.ROLES)
@pytest.mark.parametrize("look", EXACT)
def test_shows_what_one_may_see_and_nothing_else(look: str, role: str, scene: scenes.Scene) -> None:
    if look == "history" and role == "auditor":
        pytest.skip("an auditor reads every entry; what entries hold is checked below")
    actor = who(scene, role)
    with scenes.undone(), acting(actor):
        assert sorted(EXACT[look](scene, actor)) == sorted(SEES[role])


def _matching(scene: scenes.Scene, actor: Actor) -> set[str]:
    page = matters_queries.matters_matching(actor, Filters())
    assert page.total == len(page.rows)
    return _cases(scene, (row.reference for row in page))


def _waiting(scene: scenes.Scene, actor: Actor) -> set[str]:
    counts = matters_queries.waiting_counts(actor, TABS)
    found: set[str] = set()
    for tab in TABS:
        page = matters_queries.matters_waiting_for(actor, only=tab)
        assert counts[tab] == page.total == len(page.rows), tab
        found |= _cases(scene, (row.reference for row in page))
    return found


def _earlier(scene: scenes.Scene, actor: Actor) -> set[str]:
    rows = [matters_queries.earlier_of(actor, phone=phone) for phone in scene.phones.values()]
    return _cases(scene, (row.reference for some in rows for row in some))


def _dossiers(scene: scenes.Scene, actor: Actor) -> set[str]:
    """The dossier of every matter one may open."""
    found: set[str] = set()
    for case in _opened(scene, actor) if actor.kind == "staff" else ():
        dossier = matters_queries.dossier(actor, scene.references[case])
        found |= _cases(scene, (row.reference for row in dossier.earlier))
    return found


def _advised(scene: scenes.Scene, actor: Actor) -> set[str]:
    """Whose suggestion of persons one may read; and what nobody could be found for."""
    found = _cases(scene, (row.reference for row in matters_queries.unfilled(actor)))
    return found | _each(
        scene, lambda case: matters_queries.advice(actor, scene.references[case]).reference
    )


def _late(scene: scenes.Scene, actor: Actor) -> set[str]:
    by_id = {page.matter_id: case for case, page in scene.matters.items()}
    late = (face for face in clocks_queries.running_late() if face.subject_kind == "matter")
    return {by_id[face.subject_id] for face in late}


def _papers(scene: scenes.Scene, actor: Actor) -> set[str]:
    return _each(scene, lambda case: files_queries.files_of("matter", _id(scene, case)))


def _told(scene: scenes.Scene, actor: Actor) -> set[str]:
    words = "\n".join(repr(row) for row in _inbox(actor))
    assert notices_queries.unread_count(actor) == len(_inbox(actor, unread_only=True))
    return {case for case in scene.references if _names(scene, case, words)}


def _inbox(actor: Actor, *, unread_only: bool = False) -> list[object]:
    page = notices_queries.inbox(actor, unread_only=unread_only)
    found = list(page.rows)
    while page.after:
        page = notices_queries.inbox(actor, after=page.after, unread_only=unread_only)
        found += page.rows
    return list(found)


def _names(scene: scenes.Scene, case: str, words: str) -> bool:
    page = scene.matters[case]
    signs = (page.reference, str(page.matter_id), page.order_no)
    return any(sign and sign in words for sign in signs)


#: looks that show some of what one may see, and never more
SOME: dict[str, tuple[Look, bool]] = {  # look → (how, whether at the later moment)
    "filtered list": (_matching, False),
    "waiting list and its counts": (_waiting, False),
    "waiting list when all is late": (_waiting, True),
    "earlier demands": (_earlier, False),
    "dossiers": (_dossiers, False),
    "suggested persons": (_advised, False),
    "late clocks": (_late, True),
    "papers": (_papers, False),
    "notices": (_told, False),
}


@pytest.mark.parametrize("role", scenes.ROLES)
@pytest.mark.parametrize("look", SOME)
def test_shows_nothing_that_one_may_not_see(look: str, role: str, scene: scenes.Scene) -> None:
    actor = who(scene, role)
    how, later = SOME[look]
    with scenes.undone(LATER if later else scenes.NOON), acting(actor):
        assert sorted(how(scene, actor) - SEES[role]) == []


@pytest.mark.parametrize("look", SOME)
def test_each_look_shows_something_to_somebody(look: str, scene: scenes.Scene) -> None:
    """Else the checks above would prove nothing."""
    how, later = SOME[look]
    found: set[str] = set()
    for role in scenes.ROLES:
        actor = who(scene, role)
        with scenes.undone(LATER if later else scenes.NOON), acting(actor):
            found |= how(scene, actor)
    assert found


@pytest.mark.parametrize("role", scenes.ROLES)
def test_the_board_counts_what_one_may_see(role: str, scene: scenes.Scene) -> None:
    actor = who(scene, role)
    with scenes.undone(), acting(actor):
        if role not in _REGION:
            with pytest.raises(NotAllowed):
                matters_queries.board(actor, scenes.NOON.date())
            return
        board = matters_queries.board(actor, scenes.NOON.date())
        ended = {case for case in _REGION[role] if scene.matters[case].ended}
        assert board.opened == len(_REGION[role])
        assert sum(one.opened for one in board.by_town) == len(_REGION[role])
        assert sum(one.opened for one in board.by_category) == len(_REGION[role])
        assert board.trend[-1].opened == len(_REGION[role])
        assert board.open <= len(_REGION[role]) - len(ended)


def test_the_trail_holds_nobodys_words_or_numbers(scene: scenes.Scene) -> None:
    """An auditor reads every entry; so entries hold no words, phones or names of anybody."""
    auditor = scene.actors["auditor"]
    with scenes.undone(), acting(auditor):
        after, texts = "", []
        while True:
            page = trail_queries.entries(auditor, EntryFilter(), after=after)
            texts += [json.dumps(row.facts, ensure_ascii=False) + row.sentence for row in page]
            after = page.after
            if not after:
                break
    all_of_it = "\n".join(texts)
    assert len(texts) > 100
    secret = [*scene.phones.values(), scenes.WAGES[:12], scenes.AT_HOME[:8], scenes.AT_SEA[:8]]
    secret += [f"张{n:02d}号" for n in range(1, len(scene.phones) + 1)]
    assert [one for one in secret if one in all_of_it] == []


#: pages that list, count or search; {unseen} is the phone of the private matter
PAGES = (
    "/desk/", *(f"/desk/?tab={tab}" for tab in TABS[1:] if tab != "answered"),
    "/desk/find?q={unseen}", "/desk/notices", "/desk/trail", "/command/", "/command/orders/",
    "/command/orders/?only=open", "/desk/reception", "/stations.csv", "/follow/matter", "/",
)  # fmt: skip


@pytest.mark.parametrize("role", scenes.ROLES)
def test_no_page_names_what_one_may_not_see(role: str, scene: scenes.Scene) -> None:
    browser = scene.browser(role)
    leaks = []
    hidden = set(scene.references) - SEES[role]
    for page in PAGES:
        with scenes.undone():
            found = browser.get(page.format(unseen=scene.phones["private"]))
            text = b"".join(found).decode() if found.streaming else found.content.decode()
        if role == "auditor" and page == "/desk/trail":
            continue  # names every matter by design: what was done, without words or numbers
        leaks += [f"{page}: {case}" for case in hidden if _names(scene, case, text)]
        typed = scene.phones["private"] if "{unseen}" in page else ""
        leaks += [f"{page}: {one}" for one in scene.phones.values() if one != typed and one in text]
    assert leaks == []


@pytest.mark.parametrize("role", ["clerk", "agent", "officer", "stranger", "dispatcher"])
def test_the_record_screen_tells_no_hidden_earlier_demand(role: str, scene: scenes.Scene) -> None:
    browser = scene.browser(role)
    with scenes.undone():
        found = browser.post("/desk/record/earlier", {"phone": scene.phones["private"]})
    text = found.content.decode()
    shown = {case for case in ("private", "again") if _names(scene, case, text)}
    assert shown == SEES[role] & {"private", "again"}


def test_another_platform_follows_only_what_it_brought(scene: scenes.Scene) -> None:
    with scenes.undone():
        with acting(scenes.HOUSE):
            other = people_actions.make_api_key(
                name="第三平台", region_code="330225000000", actor=scenes.HOUSE
            )
        browser = scene.browser("peer")
        browser.defaults["HTTP_AUTHORIZATION"] = f"Bearer {other.key}"
        answers = {
            case: browser.get(f"/api/v1/matters/{reference}")
            for case, reference in scene.references.items()
        }
        nobody = browser.get("/api/v1/matters/261116-00000000")
    said = {answer.status_code for answer in answers.values()}
    words = {json.loads(answer.content)["detail"] for answer in answers.values()}
    assert said == {404}
    assert words == {json.loads(nobody.content)["detail"]}


def test_a_citizen_opens_no_paper_of_another_matter(scene: scenes.Scene) -> None:
    proof = {"reference": scene.references["papers"], "phone": scene.phones["papers"]}
    with scenes.undone():
        browser = scene.browser("visitor")
        assert browser.post("/follow", proof).status_code == 302
        assert browser.get(f"/follow/papers/{scene.ids['file']}").status_code == 404

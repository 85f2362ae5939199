"""Looks up names for many rows at once: offices, people, places, categories."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.people import queries as people_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import queries as regions_queries


def orgs(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """This will return the names of offices; "" for an empty id."""
    asked = {one for one in ids if one is not None}
    known = providers_queries.names_of(asked) if asked else {}
    return _with_none(known)


def people(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """This will return the names of colleagues, as far as the actor may see them."""
    asked = {one for one in ids if one is not None}
    known = people_queries.account_names(asked) if asked else {}
    return _with_none(known)


def places(codes: Iterable[str]) -> dict[str, str]:
    """This will return town and village as one name: 石浦镇金屏社区."""
    found = regions_queries.paths_of(codes)
    return {code: (path.town + path.village) or path.text for code, path in found.items()}


def categories() -> dict[str, str]:
    """This will return the names of all legal matters."""
    return {"": ""} | {row.code: row.name for row in catalogue_queries.legal_matters()}


def _with_none(known: dict[UUID, str]) -> dict[UUID | None, str]:
    found: dict[UUID | None, str] = {None: ""}
    found.update(known.items())
    return found

"""What somebody asks for, as told at a door: shape only, nothing decided yet."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

#: characters of the demand's own words
TEXT_LEAST, TEXT_MOST = 2, 5_000
#: points asked, files given with one demand
POINTS_MOST, FILES_MOST = 20, 20


@dataclass(frozen=True, kw_only=True)
class Demand:
    """One demand. Codes are those of `codes.py` and the catalogue; empty means not told.

    `region_code` is twelve digits of a village or a town. `points` are the single questions; none
    means the whole text is the one question. `safe_from`/`safe_until` are "HH:MM" of the day in
    which calling is safe. `follows` is the public reference of an earlier matter. `level` None
    means: as the subject suggests (violence, minors: 私密), else 内部.
    """

    text: str
    region_code: str
    name: str = ""
    phone: str = ""
    title: str = ""
    demand_type: str = "1"
    category: str = ""
    item_code: str = ""
    channel: str = "04"
    line: str = ""
    id_type: str = ""
    id_number: str = ""
    party_kind: str = "person"
    uscc: str = ""
    email: str = ""
    on_behalf_of: str = ""
    relation: str = ""
    contact_way: str = ""
    safe_from: str = ""
    safe_until: str = ""
    contact_note: str = ""
    needs: tuple[str, ...] = ()
    person_categories: tuple[str, ...] = ()
    #: answers to the service item's own form: (field name, what was typed)
    answers: tuple[tuple[str, str], ...] = ()
    points: tuple[str, ...] = ()
    file_ids: tuple[UUID, ...] = ()
    urgency: int | None = None
    level: int | None = None
    peer_ref: str = ""
    follows: str = ""
    #: version of the notice on personal data that the citizen agreed to
    agreed: str = ""
    demo: bool = False

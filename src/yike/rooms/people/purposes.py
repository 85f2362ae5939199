"""What personal data may be used for: each purpose opens only what it needs (PIPL 6). Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """A stated purpose: its name, the parts of an identity it opens, whether lists may leave."""

    code: str
    name: str
    opens: frozenset[str] = frozenset()
    exports: bool = False


_REACH = frozenset({"name", "phone", "email", "contact_note"})
_PROVE = frozenset({"name", "id_number", "uscc", "on_behalf_of"})

PURPOSES: dict[str, Purpose] = {
    one.code: one
    for one in (
        Purpose(code="contact", name="联系当事人", opens=_REACH),
        Purpose(code="verify", name="核对身份", opens=_PROVE),
        Purpose(code="document", name="制作法律文书", opens=_REACH | _PROVE),
        Purpose(code="rescue", name="紧急救助", opens=_REACH | _PROVE),
        Purpose(code="lawful", name="有权机关依法调取", opens=_REACH | _PROVE, exports=True),
        Purpose(code="supervise", name="督办检查", exports=True),
        Purpose(code="report", name="统计报送", exports=True),
    )
}
#: code → name, for lists to choose from
OPENING = [(one.code, one.name) for one in PURPOSES.values() if one.opens]
EXPORTING = [(one.code, one.name) for one in PURPOSES.values() if one.exports]


def name_of(code: str) -> str:
    """This will return the Chinese name of a purpose; the code itself when unknown."""
    return PURPOSES[code].name if code in PURPOSES else code


def beyond(code: str, fields: tuple[str, ...]) -> tuple[str, ...]:
    """This will return those of these fields that the purpose does not open."""
    return tuple(name for name in fields if name not in PURPOSES[code].opens)

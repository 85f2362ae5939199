"""What typed facts must satisfy before they are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, connection, models, transaction

from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.providers import kinds
from yike.rooms.providers.models import Institution, Practitioner
from yike.rooms.providers.uscc import read_uscc
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries


def filled(typed: str, field: str, label: str, *, most: int = 200) -> str:
    """This will return the text, cleaned; refuses an empty one and state secrets."""
    text = line(typed, field, most=most)
    if not text:
        raise BadInput(f"{label}不能为空", field=field)
    return text


def line(typed: str, field: str, *, most: int = 200) -> str:
    """This will return one line, cleaned, perhaps empty. Refuses state secrets."""
    return clean.text(typed, field=field, most=most).replace("\n", " ")


def one_of(typed: str, words: dict[str, str], field: str, label: str) -> str:
    """This will return the word, or refuse one that is not on the list."""
    if typed not in words:
        said = "、".join(f"{key} {name}" for key, name in words.items())
        raise BadInput(f"{label}“{typed}”不在名单里", way_on=f"可选：{said}", field=field)
    return typed


def uscc(typed: str) -> str:
    """This will return the credit code as it should be written, or refuse a wrong one."""
    code = read_uscc(typed)
    if typed.strip() and not code:
        raise BadInput(
            "统一社会信用代码不正确：应为 18 位，且末位校验码相符（GB 32100）",
            way_on="请对照营业执照或登记证书核对。",
            field="uscc",
        )
    return code


def refuse_closed(active_until: date | None) -> None:
    """This will refuse to alter what has ended."""
    if active_until is not None:
        raise NotAllowed(f"已于 {active_until:%Y-%m-%d} 停用，不能再修改")


def areas(typed: Sequence[str], field: str = "areas") -> list[str]:
    """This will return region codes in order, each once; refuses what is no code."""
    for code in typed:
        if not codes.is_code(code) or not region_queries.exists(code):
            raise BadInput(f"没有这个区划：{code}", field=field)
    return sorted(set(typed))


def words(typed: Sequence[str], field: str, *, most: int = 20) -> list[str]:
    """This will return short words, cleaned, each once in the order told."""
    kept = (line(one, field, most=20) for one in typed)
    found = list(dict.fromkeys(one for one in kept if one))
    if len(found) > most:
        raise BadInput(f"最多写 {most} 项", field=field)
    return found


def supplies(typed: Sequence[tuple[str, str]], field: str = "supplies") -> list[tuple[str, str]]:
    """This will return pairs of service and mode, each once; refuses unknown words."""
    return [
        (one_of(service, kinds.SERVICES, field, "服务"), one_of(mode, kinds.MODES, field, "方式"))
        for service, mode in dict.fromkeys(typed)
    ]


def take_turns(what: str) -> None:
    """This will let one transaction at a time do this kind of deed, until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 5))", [what])


def insert(row: models.Model, clash: str) -> None:
    """This will save a new row; a broken uniqueness becomes a Clash and the deed can go on."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as broken:
        raise Clash(clash, way_on="请核对后修改，或变更已有的一条。") from broken


def settle(row: models.Model, changed: Sequence[str], clash: str) -> None:
    """This will save the named fields; a broken uniqueness becomes a Clash."""
    try:
        with transaction.atomic():
            row.save(update_fields=list(changed))
    except IntegrityError as broken:
        raise Clash(clash, way_on="请核对后修改。") from broken


def apply(row: Institution | Practitioner, news: dict[str, object], clash: str) -> str:
    """This will save the values that differ and return the Chinese names of the fields."""
    changed = [
        name for name, value in news.items() if value is not None and getattr(row, name) != value
    ]
    for name in changed:
        setattr(row, name, news[name])
    if not changed:
        return ""
    try:
        with transaction.atomic():
            row.save(update_fields=[_field(name) for name in changed])
    except IntegrityError as broken:
        raise Clash(clash, way_on="请核对后修改。") from broken
    return "、".join(_label(row, name) for name in changed)


def _label(row: Institution | Practitioner, name: str) -> str:
    return str(getattr(row._meta.get_field(_field(name)), "verbose_name", name))


def _field(name: str) -> str:
    return name if name == "account_id" else name.removesuffix("_id")

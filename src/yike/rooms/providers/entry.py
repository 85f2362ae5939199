"""What typed facts must satisfy before they are written."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.providers.models import Credential, Institution, Practitioner
from yike.rooms.providers.uscc import read_uscc


def filled(typed: str, field: str, label: str) -> str:
    """This will return the trimmed text, or refuse an empty one."""
    text = typed.strip()
    if not text:
        raise BadInput(f"{label}不能为空", field=field)
    return text


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


def insert(row: Institution | Practitioner | Credential, clash: str) -> None:
    """This will save a new row; a broken uniqueness becomes a Clash and the deed can go on."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as broken:
        raise Clash(clash, way_on="请核对后修改，或变更已有的一条。") from broken


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

"""Walks the way in as a browser without script does, and reads pages by structure."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from yike.rooms.matters.tests.makers import JINPING, SHIPU

WORDS = "在工地干了三个月，老板拖欠工资一万八。"
PERSON = {"party_kind": "person", "name": "张三丰", "phone": "13812345678", "for_other": "no"}


def tell(web: Client, **person: str) -> None:
    """This will answer every question up to the check page."""
    answer(web, "/ask", text=WORDS)
    answer(web, "/ask/kind", category="B03", item_code="none")
    answer(web, "/ask/town", town=SHIPU)
    answer(web, "/ask/village", town=SHIPU, village=JINPING)
    answer(web, "/ask/person", **{**PERSON, **person})


def answer(web: Client, path: str, **typed: Any) -> Any:
    """This will answer one question, which must be accepted."""
    found = web.post(path, typed)
    assert found.status_code == 302, wrongs(found)
    return found


def send(web: Client) -> Any:
    """This will confirm the check page."""
    return web.post("/ask/check", {"agreed": "on"})


def wrongs(found: Any) -> list[tuple[str, str]]:
    """This will return the lines of the error summary: field id and sentence."""
    text = found.content.decode()
    inside = re.search(r'<div class="wrongs".*?</ul>', text, re.DOTALL)
    lines = re.findall(r'<a href="#([^"]*)">([^<]*)</a>', inside.group(0)) if inside else []
    return [(anchor, unescape(sentence)) for anchor, sentence in lines]


def typed_in(found: Any, name: str) -> str:
    """This will return what stands in a text field of the page."""
    text = found.content.decode()
    area = re.search(rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>', text, re.DOTALL)
    if area:
        return unescape(area.group(1))
    line = re.search(rf'<input [^>]*name="{name}"[^>]*>', text)
    value = re.search(r'value="([^"]*)"', line.group(0)) if line else None
    return unescape(value.group(1)) if value else ""


def reference(found: Any) -> str:
    """This will return the big reference of a receipt."""
    shown = re.search(r'<p class="reference[^"]*">([^<]+)</p>', found.content.decode())
    assert shown
    return shown.group(1).strip()

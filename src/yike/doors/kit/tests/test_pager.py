"""Turning pages keeps what a list was narrowed to, onward and back to its beginning."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from yike.doors.kit.templatetags import kit
from yike.rooms.core.page import Page


def links(address: str, *, more: str) -> list[dict[str, list[str]]]:
    """The queries of the pager's links, in order."""
    page: Page[int] = Page(rows=(1,), after=more)
    context = {"request": RequestFactory().get(address)}
    text = render_to_string("kit/_pager.html", kit.pager(context, page))
    hrefs = [piece.split('"')[0].replace("&amp;", "&") for piece in text.split('href="')[1:]]
    return [parse_qs(urlsplit(href).query) for href in hrefs]


@pytest.mark.parametrize("filters", ["town=330225101000&late=1&q=%E5%B7%A5%E8%B5%84&q=b", ""])
def test_filters_are_kept_onward_and_back(filters: str) -> None:
    kept = parse_qs(filters)
    assert links(f"/desk/?{filters}", more="m2") == [kept | {"after": ["m2"]}]
    back, onward = links(f"/desk/?{filters}&after=m2", more="m3")
    assert back == kept
    assert onward == kept | {"after": ["m3"]}
    assert links(f"/desk/?after=m3&{filters}", more="") == [kept]
    assert links(f"/desk/?{filters}", more="") == []

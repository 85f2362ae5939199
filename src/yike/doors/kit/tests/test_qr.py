"""A code is scaled whole: a style sheet cannot cut its edge off, however long the address."""

from __future__ import annotations

import re

import pytest

from yike.doors.kit import qr


@pytest.mark.parametrize("length", [20, 120, 400])
def test_a_code_has_a_view_box_and_no_size_of_its_own(length: int) -> None:
    svg = str(qr.drawn("https://yike.example/" + "a" * length, "查进度的二维码"))
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert box
    side = int(box.group(1))
    assert side == int(box.group(2))
    assert (side - 8) % 4 == 1, "modules of a QR code are 21, 25, 29 …, with four quiet ones around"
    assert not re.search(r'<svg[^>]*\s(width|height)="', svg)
    assert "<title>查进度的二维码</title>" in svg

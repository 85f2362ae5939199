"""What is typed about featured stations. Shape only."""

from __future__ import annotations

from typing import Any

from yike.doors.desk.changing import Of
from yike.doors.kit.forms import Text


class Press(Of):
    """Nothing is asked."""


class Reason(Of):
    """Why it is sent back, or taken off."""

    reason = Text(label="原因", max_length=200)


class Profile(Of):
    """What is special about a station."""

    theme = Text(
        label="特色主题", max_length=60, required=False,
        help_text="还没有定的可以空着，空着的不给群众看。",
    )  # fmt: skip
    partners = Text(label="共建单位", rows=4, required=False, help_text="一行一个单位。")
    features = Text(
        label="特色要素", rows=4, required=False, help_text="一行一项，例如：海上矛盾调解室。"
    )
    story = Text(label="介绍", rows=6, max_length=2000, required=False)
    source = Text(
        label="列入依据", max_length=200, required=False, help_text="哪份文件把它列为特色站点。"
    )

    def told(self) -> dict[str, Any]:
        """This will return the lines as lists."""
        told = dict(self.cleaned_data)
        return told | {key: told[key].splitlines() for key in ("partners", "features")}

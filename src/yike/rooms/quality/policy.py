"""The parameters of this room: shipped values with their source, newer versions from the office.

All are local promises or our own design, none is statutory: see `basis`. Time limits in working
days are promises of the room clocks (rating.contact, rating.mend …), not kept here.
"""

from __future__ import annotations

from dataclasses import dataclass

from yike.rooms.quality.models import Policy


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter as shipped."""

    code: str
    name: str
    value: int
    unit: str
    basis: str
    least: int = 0
    most: int = 10_000


_DESIGN = "本系统设计值，未经核对，可改"
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        code="token.days", name="评价链接有效期", value=30, unit="天", least=1, most=365,
        basis=_DESIGN,
    ),
    Parameter(
        code="fast.seconds", name="答复后几秒内评价算可疑", value=10, unit="秒", most=3600,
        basis=_DESIGN,
    ),
    Parameter(
        code="address.most", name="同一地址一天内可评几件", value=5, unit="件", least=1, most=1000,
        basis=_DESIGN,
    ),
    Parameter(
        code="appeal.days", name="投诉人申请复核的期限", value=30, unit="天", least=1, most=365,
        basis=_DESIGN,
    ),
    Parameter(
        code="wait.days", name="受理后多少天没办结就预警", value=20, unit="天", least=1, most=365,
        basis=_DESIGN,
    ),
    Parameter(
        code="unsigned.hours", name="多少小时没签收就预警", value=48, unit="小时", least=1,
        most=720, basis="各地工单办法：一个工作日签收；这里按自然小时放宽",
    ),
    Parameter(
        code="silent.days", name="受理后多少天一次答复都没有就预警", value=15, unit="天", least=1,
        most=365, basis=_DESIGN,
    ),
    Parameter(
        code="fall.recent_days", name="满意率看最近多少天", value=30, unit="天", least=7, most=180,
        basis=_DESIGN,
    ),
    Parameter(
        code="fall.past_days", name="和之前多少天比", value=180, unit="天", least=30, most=730,
        basis=_DESIGN,
    ),
    Parameter(
        code="fall.least", name="少于多少件不比较", value=10, unit="件", least=5, most=1000,
        basis="小数保护，本系统设计值，未经核对，可改",
    ),
    Parameter(
        code="fall.points", name="满意率下降多少个百分点就预警", value=10, unit="百分点", least=1,
        most=100, basis=_DESIGN,
    ),
    Parameter(
        code="daily.hour", name="几点还没看就提醒", value=11, unit="点", most=23, basis=_DESIGN,
    ),
    Parameter(
        code="daily.deputy_hour", name="几点还没看就请替补", value=15, unit="点", most=23,
        basis=_DESIGN,
    ),
)  # fmt: skip
_BY_CODE = {one.code: one for one in PARAMETERS}


def parameter(code: str) -> Parameter:
    """This will return a parameter as shipped; KeyError for an unknown code."""
    return _BY_CODE[code]


def value(code: str) -> int:
    """This will return the value in force: the office's newest version, else as shipped."""
    rows = Policy.objects.filter(code=code).order_by("-version").values_list("value", flat=True)
    found = rows.first()
    return _BY_CODE[code].value if found is None else int(found)


def values(*codes: str) -> dict[str, int]:
    """This will return several values by one query."""
    found = {code: _BY_CODE[code].value for code in codes}
    rows = Policy.objects.filter(code__in=codes).order_by("code", "version")
    return found | dict(rows.values_list("code", "value"))

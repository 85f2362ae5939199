"""What can be booked, in words a citizen and a clerk would use. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of meeting: its name, how it is asked for, which service it is (providers)."""

    code: str
    name: str
    #: the citizen's words for it, on the first page
    need: str
    service: str
    icon: str
    #: kind of the catalogue's items one may come for, and the usual one: its materials are the
    #: checklist; "" = its own words
    items: str = ""
    item: str = ""
    #: no place one has to go to
    remote: bool = False


KINDS: dict[str, Kind] = {
    one.code: one
    for one in (
        Kind(code="notary", name="公证", need="办公证", service="S03", icon="patch-check",
             items="公证", item="PLS-GZ001"),
        Kind(code="appraisal", name="司法鉴定", need="做司法鉴定", service="S04", icon="search",
             items="司法鉴定", item="PLS-JD001"),
        Kind(code="legal_aid", name="法律援助", need="申请法律援助", service="S06",
             icon="life-preserver", items="法律援助", item="PLS-YZ001"),
        Kind(code="mediation", name="人民调解", need="请人调解", service="S07", icon="people",
             items="调解", item="PLS-TJ001"),
        Kind(code="adviser", name="村居法律顾问村日", need="见村里的法律顾问", service="S02",
             icon="house", item="PLS-LS009"),
        Kind(code="video", name="视频咨询", need="视频见律师", service="S01",
             icon="camera-video", item="PLS-LS002", remote=True),
        Kind(code="consult", name="当面咨询", need="当面问律师", service="S01",
             icon="chat-left-text", item="PLS-LS002"),
    )
}  # fmt: skip
NAMES = {code: kind.name for code, kind in KINDS.items()}
SOURCES = {"office": "本单位开放时段", "roster": "按值班表", "circuit": "按巡回日程"}
SLOT_STATES = {"open": "可预约", "closed": "已停用"}
#: where one can sit to talk to somebody far away
FAR = {"terminal": "自助终端", "space": "视频会见室"}
WEEKDAYS = "一二三四五六日"
#: what to bring where no item of the catalogue says it
USUAL_PAPERS = ("身份证", "与这件事有关的合同、票据、照片等材料")

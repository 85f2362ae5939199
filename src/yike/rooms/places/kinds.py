"""The words of this room: levels, holiday rules, states of machines and signs. Pure."""

from __future__ import annotations

#: station level (codelists: station_level); 1, the city centre, lies above a county
LEVELS = {
    2: "公共法律服务中心",
    3: "公共法律服务工作站",
    4: "公共法律服务工作室（点）",
    5: "服务点（驿站）",
}

#: what happens to the weekly hours on statutory holidays and make-up days
HOLIDAY_RULES = {
    "closed": "法定节假日休息，调休上班日照常",
    "open": "节假日照常开放",
}

#: states of a terminal or sign
STATUSES = {"working": "正常", "broken": "故障", "stored": "停用", "removed": "拆除"}

#: the two kinds of facility besides stations (codelists: platform_facility_kind)
FACILITIES = {"terminal": "智能终端设备", "sign": "线上线下融合服务指引牌"}

#: rooms and windows inside a station
SPACES = {
    "window": "服务窗口",
    "consult": "咨询室",
    "mediation": "调解室",
    "video": "视频会见室",
    "meeting": "会议室",
}

#: states of a window or room
SPACE_STATUSES = {"open": "开放", "paused": "暂停", "closed": "已撤销"}

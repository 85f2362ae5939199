"""The words of the register: kinds of institutions, of services, of ways to give them. Pure.

Codes of services (S01…S10) and of resource kinds (01…09) are those of the county's task list; how
a service is given are the six ways of its supply table.
"""

from __future__ import annotations

#: kind of institution → its name
INSTITUTION_KINDS = {
    "bureau": "司法局",
    "office": "司法所",
    "centre": "公共法律服务中心",
    "station": "公共法律服务站点",
    "hotline": "12348热线",
    "law_firm": "律师事务所",
    "notary": "公证处",
    "appraisal": "司法鉴定机构",
    "arbitration": "仲裁机构",
    "mediation": "人民调解委员会",
    "legal_aid": "法律援助中心",
    "township_legal_service": "基层法律服务所",
    "reconsideration": "行政复议机构",
    "publicity": "法治宣传教育机构",
    "partner": "协作单位",
}

#: the nine resource kinds of the map (codelists: resource_kind)
RESOURCE_KINDS = {
    "01": "律师",
    "02": "公证",
    "03": "司法鉴定",
    "04": "仲裁",
    "05": "调解",
    "06": "法律援助",
    "07": "基层法律服务",
    "08": "法治宣传教育",
    "09": "行政复议",
}

#: the ten services a county supplies (codelists: service_supply)
SERVICES = {
    "S01": "律师",
    "S02": "镇（村）法律顾问",
    "S03": "公证",
    "S04": "司法鉴定",
    "S05": "仲裁",
    "S06": "法律援助",
    "S07": "人民调解",
    "S08": "司法所",
    "S09": "法治宣传",
    "S10": "行政复议",
}

#: how a service is given
MODES = {
    "direct": "直接提供",
    "booking": "预约",
    "guide": "指引",
    "transfer": "转接",
    "video": "视频",
    "circuit": "巡回",
}

#: how a practitioner may be reached by the public
CONTACT_CLASSES = {"public": "公开", "institution": "经所在机构转接", "hidden": "不公开"}

#: where one may be stationed
PLATFORMS = {"station": "实体平台", "hotline": "12348热线平台", "web": "网络平台"}

#: how an institution is stationed on a platform (应驻尽驻)
WAYS = {
    "window": "设立窗口",
    "rota": "轮流值班",
    "guide": "服务指引",
    "online": "网络进驻",
    "transfer": "热线转接",
}

#: which ways each platform knows
WAYS_ON = {
    "station": ("window", "rota", "guide"),
    "hotline": ("rota", "transfer"),
    "web": ("online", "guide"),
}

#: why one that should be stationed is not
NOT_STATIONED = {
    "people": "人手不够",
    "room": "场地、设备未到位",
    "agreement": "协议未签",
    "demand": "当地需求少，改用其他方式",
    "fitness": "资质不符",
    "other": "其他",
}

#: lines one may be on duty for
LINES = {"12348": "12348热线", "12345": "12345转接", "night": "夜间值班"}

#: what somebody is in a duty team
PARTS = {"lead": "组长", "member": "成员", "reserve": "后备"}

#: how often a kind must be brought up to date
PERIODS = {"month": "每月", "quarter": "每季度"}

#: what an adviser does in a village
ADVISER_WORK = {
    "duty": "驻点值守",
    "consult": "解答咨询",
    "lecture": "法治讲座",
    "mediate": "参与调解",
    "review": "审查合同、村规民约",
    "decide": "列席重大决策",
    "visit": "走访",
}

#: numbers that a county decides
NORM_NAMES = {
    "adviser.hours_per_month": "村（居）法律顾问每村每月服务小时",
    "adviser.lectures_per_quarter": "村（居）法律顾问每村每季度讲座次数",
    "adviser.most_villages": "一名律师最多担任几个村的顾问",
    "adviser.renew_days": "顾问合同到期前几天提醒续签",
    "points.duplicate_metres": "点位相距几米以内要核对是否重复",
    "layers.verify_days": "机构信息几天没有核实算作该核实",
    "layers.reach_km": "乡镇中心多少公里内没有某类机构算作空白",
    "layers.small_count": "少于几个（人）不排名次",
    "layers.answer_days": "信息纠错几天没有答复算作超过",
    "basics.try_days": "基本服务试办几天后再试",
    "points.road_metres": "点位离道路几米以上要核对",
    "facilities.review_days": "阵地信息几天没有核对算作该核对",
    "facilities.warn_days": "阵地信息到期前几天提醒核对",
    "adviser.lapsed_days": "顾问合同到期后几天内仍列为没有续签",
    "efforts.least_cases": "付钱和跑腿的数字，不足几件不显示",
}

#: resource kind → kinds of institutions that belong to it
HOUSES_OF_KIND = {
    "01": ("law_firm",),
    "02": ("notary",),
    "03": ("appraisal",),
    "04": ("arbitration",),
    "05": ("mediation",),
    "06": ("legal_aid",),
    "07": ("township_legal_service",),
    "08": ("publicity",),
    "09": ("reconsideration",),
}

#: service → resource kinds of those who give it; S08 is the office itself
KINDS_OF_SERVICE = {
    "S01": ("01", "07"),
    "S02": ("01", "07"),
    "S03": ("02",),
    "S04": ("03",),
    "S05": ("04",),
    "S06": ("06", "01", "07"),
    "S07": ("05",),
    "S08": (),
    "S09": ("08", "01", "07"),
    "S10": ("09",),
}

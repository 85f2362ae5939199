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

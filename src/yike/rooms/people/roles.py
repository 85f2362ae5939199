"""Who does what: the roles, what each sees by region, and which never meet in one person. Pure."""

from __future__ import annotations

from dataclasses import dataclass

CLERK = "clerk"
AGENT = "agent"
OFFICER = "officer"
DISPATCHER = "dispatcher"
PRACTITIONER = "practitioner"
DIRECTOR = "director"
SUPERVISOR = "supervisor"
ADMIN_SYSTEM = "admin_system"
ADMIN_SECURITY = "admin_security"
AUDITOR = "auditor"


@dataclass(frozen=True, kw_only=True)
class Role:
    """One role: its name, whether it sees a region's matters and takes orders, what it does."""

    code: str
    name: str
    does: str
    #: sees matters by region (span of the grant's region); otherwise only what it holds or held
    sees_region: bool = False
    #: an institution staffed by this role can take orders
    takes_orders: bool = False
    #: may see a party's identity unmasked, with a reason
    unmasks: bool = False
    #: may break the glass: see private matters of the own region for an hour, with a reason
    breaks_glass: bool = False
    #: one of the three administrators: never together with any other role
    apart: bool = False


def _work(
    code: str, name: str, does: str, *, region: bool = True, takes: bool = True, glass: bool = False
) -> Role:
    return Role(
        code=code,
        name=name,
        does=does,
        sees_region=region,
        takes_orders=takes,
        unmasks=True,
        breaks_glass=glass,
    )


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _work(CLERK, "窗口人员", "在窗口登记、当场答复、转为工单"),
        _work(AGENT, "热线坐席", "接听热线、当场答复、转为工单", takes=False, glass=True),
        _work(OFFICER, "司法所（科室）工作人员", "签收、办理、转办、答复工单"),
        _work(DISPATCHER, "派单员", "分派、调剂、催办工单", glass=True),
        _work(PRACTITIONER, "律师、调解员、公证员等", "办理交到手里的工单", region=False),
        _work(DIRECTOR, "局领导", "看全县情况，督办", takes=False, glass=True),
        _work(SUPERVISOR, "监督员", "回访差评，督促、核验整改，不承办工单", takes=False),
        Role(code=ADMIN_SYSTEM, name="系统管理员", does="开设、停用账号，重置密码", apart=True),
        Role(code=ADMIN_SECURITY, name="安全管理员", does="授予、收回权限", apart=True),
        Role(code=AUDITOR, name="审计员", does="查看全部留痕，不办事", apart=True),
    )
}
TAKES_ORDERS = frozenset(code for code, role in ROLES.items() if role.takes_orders)
UNMASKS = frozenset(code for code, role in ROLES.items() if role.unmasks)
BREAKS_GLASS = frozenset(code for code, role in ROLES.items() if role.breaks_glass)
CHOICES = [(code, role.name) for code, role in ROLES.items()]


def name_of(code: str) -> str:
    """This will return the Chinese name of a role."""
    return ROLES[code].name


def clash(held: frozenset[str], wanted: str) -> str:
    """This will return the held role that must not meet the wanted one, or "".

    GB/T 22239-2019 level 3: system, security and audit administration are three persons, and none
    of them works on matters.
    """
    for code in sorted(held - {wanted}):
        if ROLES[code].apart or ROLES[wanted].apart:
            return code
    return ""

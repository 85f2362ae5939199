"""The verbs of the matter page: how each is shown, and how its form becomes one call inward.

What may be done now is the room's word (`MatterPage.verbs`); here are only icons, keys and words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from yike.doors.desk.forms.deed import DeedForm
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Refusal
from yike.rooms.files import actions as files_actions
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import flow
from yike.rooms.matters.faces import FieldFace, MatterPage, PointFace, Receipt, VerbFace


@dataclass(frozen=True)
class Look:
    """How a verb is shown: icon, key, words on the button, words when done."""

    icon: str
    key: str
    button: str
    done: str


#: In the order of the page: what moves the matter on stands first, what ends it against it last.
LOOKS = {
    "accept": Look("inbox-fill", "s", "受理并派单", "已受理，已派给承办单位。"),
    "acknowledge": Look("check2-square", "s", "确认接收", "已确认接收，现在由您的单位负责。"),
    "refuse_county": Look("x-square", "b", "不接收", "已告知对方不接收，仍由原单位办理。"),
    "dispatch": Look("send", "t", "派单", "已派单，对方签收前仍能看到去向。"),
    "refuse_return": Look("arrow-counterclockwise", "b", "驳回，仍由原单位办", "已驳回退单。"),
    "decide_dispute": Look("bank", "z", "裁定并派单", "已裁定，并建议写入派单规则。"),
    "sign": Look("check2-square", "s", "签收", "已签收，现在由您这里办理。"),
    "bring_papers": Look("file-earmark-check", "d", "材料已补交，继续办理", "已记下补交的材料。"),
    "resume": Look("play-circle", "w", "恢复办理", "已恢复办理，时限重新计算。"),
    "approve": Look("patch-check", "e", "审核通过并答复", "已答复，当事人已收到通知。"),
    "return_draft": Look("arrow-return-left", "b", "退回修改", "已退回修改。"),
    "report_sub": Look("check2-circle", "e", "报主办单位", "子工单已办结，主办单位已收到。"),
    "close": Look("check2-circle", "e", "办结并通知", "已答复，当事人已收到通知。"),
    "submit": Look("file-earmark-arrow-up", "", "送审", "已送审，审核通过后答复当事人。"),
    "give_opinion": Look("chat-square-quote", "", "给出会办意见", "已给出会办意见。"),
    "report": Look("reply-all", "", "反馈督办", "已反馈督办。"),
    "decide_extension": Look("calendar-check", "", "审批", "已审批延期申请。"),
    "answer_point": Look("reply", "", "答复这一点", "已答复这一点。"),
    "ask_papers": Look("file-earmark-plus", "p", "通知补正，时限暂停", "已通知补正，时限已暂停。"),
    "stop_waiting": Look("play-circle", "w", "不再等待，继续办理", "继续办理，时限重新计算。"),
    "send_message": Look("chat-left-text", "m", "发给当事人", "已发给当事人。"),
    "add_note": Look("pencil-square", "n", "记下意见", "已记下内部意见。"),
    "record_call": Look("telephone-outbound", "l", "记下这通电话", "已记下通话。"),
    "transfer_call": Look("telephone-forward", "", "记下转接", "已记下转接。"),
    "set_points": Look("list-ol", "", "就按这些答复", "已核对诉求点。"),
    "hurry": Look("bell", "", "催办", "已催办，承办单位已收到提醒。"),
    "assign": Look("person-check", "a", "交办", "已交办。"),
    "transfer": Look("arrow-left-right", "t", "转出", "已转出，对方签收前仍能看到去向。"),
    "invite": Look("people", "h", "请求会办", "已请对方会办，仍由您这里负责到底。"),
    "end_joint": Look("person-dash", "", "结束会办", "已结束会办。"),
    "send_sub": Look("diagram-2", "", "派子工单", "已派子工单，对方办结前本件不能办结。"),
    "take_back": Look("box-arrow-in-left", "", "收回子工单", "已收回子工单。"),
    "give_back": Look("arrow-return-left", "b", "退单给派单员", "已退单，派单员会审核。"),
    "recall_county": Look("box-arrow-in-left", "", "收回移送", "已收回，仍由您的单位办理。"),
    "reassign": Look("shuffle", "", "改派", "已改派。"),
    "take_over": Look("hand-index", "", "接管", "已接管，现在由您的单位办理。"),
    "supervise": Look("eye", "", "督办", "已督办，承办单位要按时反馈。"),
    "call_back": Look("telephone", "", "记下回访", "已记下回访。"),
    "redo": Look("arrow-repeat", "", "退回重办", "已退回重办，承办单位和当事人已收到通知。"),
    "ask_extension": Look("calendar-plus", "", "申请延期", "已申请，等派单员审批。"),
    "suspend": Look("pause-circle", "", "挂起", "已挂起，到期自动恢复。"),
    "split": Look("scissors", "", "拆出一件", "已拆成两件，这是新的一件。"),
    "link": Look("link-45deg", "", "关联", "已关联，两件都继续办理。"),
    "recalculate": Look("calculator", "", "按现行规定重算", "已重算，当事人已收到新的承诺时间。"),
    "merge": Look("union", "", "并入主件", "已并案，双方当事人都能看到主件进度。"),
    "offer_county": Look("signpost-2", "", "移送外县", "已移送，对方确认前仍由您的单位负责。"),
    "add_point": Look("list-check", "o", "加上这一点", "已加上诉求点。"),
    "recategorise": Look("tags", "c", "修改分类", "已修改分类。"),
    "set_urgency": Look("lightning", "i", "改为这一档", "已调整紧急程度。"),
    "set_level": Look("shield-lock", "v", "改为这一级", "已调整密级。"),
    "continue_as": Look("signpost-split", "f", "另行申请，不用重填", "已形成新的申请。"),
    "archive": Look("archive", "", "归档", "已归档。"),
    "decline": Look("slash-circle", "y", "不予受理并通知", "已不予受理，当事人已收到通知。"),
    "withdraw": Look("x-circle", "x", "替当事人撤销", "已撤销。"),
}
#: asked for now and then: they stand under 更多办理
MORE = frozenset(
    {
        "submit", "end_joint", "send_sub", "take_over", "reassign", "supervise", "ask_extension",
        "suspend", "split", "merge", "offer_county", "add_point", "recategorise", "set_urgency",
        "set_level", "link", "recalculate", "set_points", "transfer_call", "continue_as",
        "archive", "decline", "withdraw", "take_back",
    }
)  # fmt: skip
#: whoever may do one of these carries the matter now; who may not, but leads, has these in front
_CARRIES = frozenset({"accept", "dispatch", "sign", "close", "submit", "approve", "report_sub"})
_LEADS = ("supervise", "hurry", "take_over", "reassign")
_PLAIN = Look("circle", "", "确定", "已办。")
#: Deeds told by their place on the page, or the citizen's own: never a box in the column.
_ELSEWHERE = frozenset({"answer_point", "say_helped", "say_not_helped", "give_up"})


@dataclass(frozen=True)
class VerbBox:
    """One verb, ready to be drawn."""

    verb: str
    label: str
    icon: str
    key: str
    button: str
    grave: bool
    open: bool
    form: DeedForm
    #: stands under 更多办理
    more: bool = False


@dataclass(frozen=True)
class PointBox:
    """One question of the demand, with the form that answers it when that is allowed now."""

    no: int
    words: str
    answer: str
    answered_at: Any
    form: DeedForm | None
    #: the first one without an answer, or the one just tried
    open: bool


@dataclass(frozen=True)
class Failed:
    """A deed that was refused: what it was, why, and what had been typed."""

    label: str
    form: DeedForm
    kept: tuple[tuple[str, str], ...]


def boxes(page: MatterPage, bound: DeedForm | None = None) -> list[VerbBox]:
    """This will return the verbs allowed now; the one just tried keeps its form and stands open."""
    carries = not _CARRIES.isdisjoint(verb.verb for verb in page.verbs)
    order = [*(() if carries else _LEADS), *LOOKS]
    shown = [verb for verb in page.verbs if verb.verb not in _ELSEWHERE]
    shown.sort(key=lambda verb: order.index(verb.verb) if verb.verb in LOOKS else len(order))
    folded = MORE if carries else MORE.difference(_LEADS)
    return [
        _box(page, verb, bound, first=index == 0, folded=verb.verb in folded)
        for index, verb in enumerate(shown)
    ]


def points(page: MatterPage, bound: DeedForm | None = None) -> list[PointBox]:
    """This will return the questions of the demand, the open ones with a form when allowed."""
    face = next((verb for verb in page.verbs if verb.verb == "answer_point"), None)
    first = next((point.no for point in page.points if not point.answered_at), 0)
    return [_point(page, point, face, bound, first) for point in page.points]


def form_for(page: MatterPage, verb: str, data: Any, files: Any) -> DeedForm:
    """This will return the form of a verb with what was typed, also when it is no longer allowed:

    the room then says who was faster, and nothing typed is lost. KeyError for an unknown verb.
    """
    face = next((one for one in page.verbs if one.verb == verb), None) or _bare(verb)
    return DeedForm.of(
        _sized(face), data, files, seen=page.version, handlers=page.handlers, **_ids(face, data)
    )


def _ids(face: VerbFace, data: Any) -> dict[str, str]:
    """Several answer forms stand on one page: each has ids of its own."""
    return {"auto_id": f"answer_{data.get('no')}_%s"} if face.verb == "answer_point" else {}


@transaction.atomic  # a paper whose words are refused is not kept either
def do(form: DeedForm, page: MatterPage, actor: Actor) -> object:
    """This will do the verb of a valid form through the room's action; true when done."""
    told = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
    arguments = {name: _plain(name, value) for name, value in told.items()}
    if "file_ids" in arguments:
        arguments["file_ids"] = [_keep(paper, page, actor) for paper in told["file_ids"]]
    action: Callable[..., object] = getattr(matters_actions, form.face.verb)
    seen = form.cleaned_data["seen"]
    return action(reference=page.reference, seen=seen, actor=actor, **arguments) or True


_NUMBERS = frozenset({"no", "level", "urgency"})
_IDS = frozenset({"to_org", "account_id", "joint_org"})
_LINES = frozenset({"papers", "points"})


def _plain(name: str, value: Any) -> Any:
    """What was chosen, as the action's type; an empty choice of a number is None."""
    try:
        if name in _NUMBERS:
            return int(value) if str(value) else None
        if name in _IDS:
            return UUID(str(value)) if str(value) else None
    except ValueError:
        raise BadInput("请从列表里选择。", field=name) from None
    if name == "grant":
        return str(value) == "1"
    if name in _LINES:
        return tuple(filter(None, (line.strip() for line in str(value).split("\n"))))
    return value


def _keep(paper: Any, page: MatterPage, actor: Actor) -> UUID:
    """A paper is kept for this matter first; one that is refused is named."""
    try:
        face = files_actions.keep_file(
            name=paper.name or "", content=paper, claim=str(page.matter_id), actor=actor
        )
    except Refusal as no:
        said = f"{paper.name}：{no.sentence}"
        raise BadInput(said, way_on=no.way_on, field="file_ids") from no
    return face.id


def after(verb: str, reference: str, done: object) -> str:
    """This will return where the page goes on: the same matter, or the new one just made."""
    if isinstance(done, Receipt):
        reference = done.reference  # the new one just made
    return f"{reverse('desk:matter', args=[reference])}?{urlencode({'done': verb})}"


def failed(form: DeedForm, page: MatterPage) -> Failed | None:
    """This will return what to say on top when the verb's own box is gone from the page."""
    if any(verb.verb == form.face.verb for verb in page.verbs):
        return None
    kept = tuple(
        (str(field.label or ""), words)
        for name, field in form.fields.items()
        if name != "seen" and (words := str(form.data.get(name, "")).strip())
    )
    return Failed(form.face.label, form, kept)


def done_words(verb: str) -> str:
    """This will say that a deed is done; "" for anything that is no verb."""
    return LOOKS[verb].done if verb in LOOKS else ""


def _box(
    page: MatterPage, verb: VerbFace, bound: DeedForm | None, *, first: bool, folded: bool
) -> VerbBox:
    look = LOOKS.get(verb.verb, _PLAIN)
    tried = bound is not None and bound.face.verb == verb.verb
    form = (
        bound
        if tried and bound
        else DeedForm.of(_sized(verb), seen=page.version, handlers=page.handlers)
    )
    alone = bound is None and first and verb.verb in ("sign", "bring_papers", "acknowledge")
    return VerbBox(
        verb.verb, verb.label, look.icon, look.key, _button(page, verb, look),
        verb.grave, tried or alone, form, folded,
    )  # fmt: skip


def _button(page: MatterPage, verb: VerbFace, look: Look) -> str:
    """A final deed says on its button whom it reaches."""
    name = page.party.name if page.party else "当事人"
    return f"办结并通知{name}" if verb.verb in ("close", "approve") else look.button


def _point(
    page: MatterPage, point: PointFace, face: VerbFace | None, bound: DeedForm | None, first: int
) -> PointBox:
    form = None
    if face and not point.answered_at:
        form = _point_form(page, point, face, bound)
    shown = point.no == first or (form is not None and form.is_bound)
    return PointBox(point.no, point.words, point.answer, point.answered_at, form, shown)


def _point_form(
    page: MatterPage, point: PointFace, face: VerbFace, bound: DeedForm | None
) -> DeedForm:
    tried = bound is not None and bound.face.verb == "answer_point"
    if tried and bound and bound.data.get("no") == str(point.no):
        return bound
    ids = f"answer_{point.no}_%s"
    return DeedForm.of(_sized(face), seen=page.version, initial={"no": point.no}, auto_id=ids)


def _sized(face: VerbFace) -> VerbFace:
    """The number of a point is told by its place, not typed: it travels hidden."""
    fields = tuple(replace(one, kind="hidden") if one.name == "no" else one for one in face.fields)
    return replace(face, fields=fields)


def _bare(verb: str) -> VerbFace:
    row = flow.row_of(verb)
    fields = tuple(_bare_field(need) for need in row.needs)
    return VerbFace(verb=verb, label=row.label, fields=fields, grave=row.grave)


def _bare_field(need: str) -> FieldFace:
    name = need.rstrip("?")
    label, kind, hint = flow.FIELDS[name]
    return FieldFace(name=name, label=label, kind=kind, required=need == name, hint=hint)

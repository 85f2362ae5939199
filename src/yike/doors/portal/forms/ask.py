"""The questions of the way in, one form for each page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text, dress
from yike.doors.portal.drafts import OWN
from yike.rooms.catalogue import forms as item_forms
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import codes
from yike.rooms.matters.demand import TEXT_LEAST, TEXT_MOST
from yike.rooms.people import numbers

Choices = Sequence[tuple[str, str]]
#: The answer that says "none of these".
NONE = "none"
#: The answer that says "I do not know which".
UNKNOWN = "unknown"
OTHER = "Z99"
#: demand type → what a citizen would say; the type decides what is promised
WANTS = {
    "1": "问清楚该怎么办", "2": "请人出面，帮忙解决", "3": "投诉或者举报", "5": "提一个建议",
}  # fmt: skip


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class WordsForm(Form):
    """What happened, in the person's own words."""

    text = Text(
        label="您遇到的事",
        rows=7,
        min_length=TEXT_LEAST,
        max_length=TEXT_MOST,
        help_text="像和人说话一样写就行：什么事、什么时候、和谁、您希望怎样。不要写银行卡密码。",
        error_messages={"required": "请写一写您遇到的事，几个字也可以。"},
    )


class KindForm(Form):
    """Which kind of matter, and which service."""

    category = forms.ChoiceField(label="哪一类事", widget=forms.RadioSelect)
    item_code = forms.ChoiceField(label="想要的服务", widget=forms.RadioSelect)
    demand_type = forms.ChoiceField(
        label="您现在想", widget=forms.RadioSelect, choices=list(WANTS.items()), required=False
    )

    def __init__(self, *args: Any, categories: Choices, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [*categories, (OTHER, "都不是，或不确定")]  # type: ignore[attr-defined]
        self.fields["item_code"].choices = [*items, (NONE, "不确定，请工作人员帮我选")]  # type: ignore[attr-defined]

    def clean_demand_type(self) -> str:
        """Nothing chosen is a question."""
        return str(self.cleaned_data["demand_type"] or "1")


class DetailsForm(Form):
    """What one service asks beyond the common questions; what one does not know stays empty."""

    def __init__(self, *args: Any, asked: Sequence[item_forms.Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for one in asked:
            self.fields[OWN + one["name"]] = field = _own_field(one)
            dress(field)

    def clean(self) -> dict[str, Any]:
        """This will check what was answered by the service's own form."""
        found = super().clean() or {}
        typed = {name.removeprefix(OWN): str(value or "") for name, value in found.items()}
        for name, sentence in item_forms.read_answers(self.asked, typed, partly=True)[1].items():
            self.add_error(OWN + name, f"{sentence}。")
        return {OWN + name: value for name, value in typed.items()}


def _own_field(asked: item_forms.Field) -> forms.Field:
    label, told = str(asked["label"]), str(asked.get("help", ""))
    kind = asked["kind"]
    if kind in ("choice", "yesno"):
        options = asked.get("options") or ["是", "否"]
        return forms.ChoiceField(
            label=label, help_text=told, required=False,
            choices=[("", "请选择，不清楚可以不选"), *((one, one) for one in options)],
        )  # fmt: skip
    if kind == "long":
        return Text(label=label, help_text=told, required=False, rows=4, max_length=4000)
    shape = {"date": {"type": "date"}, "number": {"inputmode": "decimal"}}.get(kind, {})
    return Text(
        label=label, help_text=told, required=False, max_length=200,
        widget=forms.TextInput(attrs=shape),
    )  # fmt: skip


class CarefulForm(Form):
    """How to reach somebody without putting them in danger."""

    contact_way = forms.ChoiceField(
        label="怎样联系您最安全",
        choices=[("", "打电话、发短信都可以"), ("sms", "只发短信，不要打电话"),
                 ("safe", "只在我写的时间打电话"), ("message", "不要打电话，我自己来网上看"),
                 ("other", "联系我写明的另一个人")],
        widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    safe_from = forms.TimeField(
        label="从几点",
        required=False,
        widget=_clock(),
    )
    safe_until = forms.TimeField(
        label="到几点",
        required=False,
        widget=_clock(),
    )
    contact_note = Text(
        label="还要注意什么",
        required=False,
        max_length=200,
        help_text="例如：接电话的如果不是我，请说打错了。",
    )

    def clean(self) -> dict[str, Any]:
        """This will ask for the times when calls are safe only then."""
        found = super().clean() or {}
        if found.get("contact_way") == "safe" and not (
            found.get("safe_from") and found.get("safe_until")
        ):
            self.add_error("safe_from", "请填写从几点到几点打电话是安全的。")
        return found


class TownForm(Form):
    """Which town."""

    town = forms.ChoiceField(label="乡镇或街道", widget=forms.RadioSelect)

    def __init__(self, *args: Any, towns: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["town"].choices = towns  # type: ignore[attr-defined]


class VillageForm(Form):
    """Which village of the town; not knowing is an answer."""

    village = forms.ChoiceField(label="村或社区", widget=forms.RadioSelect)

    def __init__(self, *args: Any, villages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = [(UNKNOWN, "不清楚，或不在下面"), *villages]  # type: ignore[attr-defined]

    def clean_village(self) -> str:
        """This will return the village, or nothing for the answer that it is not known."""
        chosen = str(self.cleaned_data["village"])
        return "" if chosen == UNKNOWN else chosen


class PositionForm(Form):
    """A position as the phone tells it."""

    lon = forms.FloatField(label="经度", widget=forms.HiddenInput)
    lat = forms.FloatField(label="纬度", widget=forms.HiddenInput)


class PersonForm(Form):
    """Who asks, and how to reach them."""

    party_kind = forms.ChoiceField(
        label="您代表谁来问",
        choices=[("person", "我自己或家人"), ("company", "企业或其他单位")],
        widget=forms.RadioSelect,
        initial="person",
    )
    name = Text(
        label="姓名",
        max_length=60,
        help_text="企业请写单位名称。",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = Text(
        label="手机号或电话",
        max_length=40,
        help_text="用来通知您进展。查进度时也要用它。座机请加区号，例如 0574-65712345。",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    uscc = Text(
        label="统一社会信用代码",
        max_length=40,
        required=False,
        help_text="企业或单位填写，在营业执照上，18 位。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    id_number = Text(
        label="身份证号",
        max_length=40,
        required=False,
        help_text="咨询不用填。申请法律援助、公证等要核对身份，先填可以少跑一趟。号码加密保存。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    for_other = forms.ChoiceField(
        label="这件事是您自己的，还是替别人问",
        choices=[("no", "我自己的事"), ("yes", "替别人问")],
        widget=forms.RadioSelect,
        initial="no",
    )
    on_behalf_of = Text(label="替谁问（姓名）", max_length=60, required=False)
    relation = Text(label="您和他（她）的关系", max_length=30, required=False)
    needs = forms.MultipleChoiceField(
        label="需要我们特别照顾的",
        choices=list(codes.NEEDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean_phone(self) -> str:
        """This will return the number in its one form, or say at once what is wrong with it."""
        return self._read("phone", numbers.read_phone)

    def clean_id_number(self) -> str:
        """This will return the number with its check sign proven; none is fine."""
        return self._read(
            "id_number", lambda typed: numbers.read_id("111", typed, today=clock.today())
        )

    def clean_uscc(self) -> str:
        """This will return the code with its check sign proven; persons have none."""
        if self.data.get("party_kind") != "company":
            return ""
        if not self.cleaned_data.get("uscc"):
            raise forms.ValidationError("请填写统一社会信用代码，在营业执照上。")
        return self._read("uscc", numbers.read_uscc)

    def clean(self) -> dict[str, Any]:
        """This will ask for the other person's name when the matter is theirs."""
        found = super().clean() or {}
        if found.get("for_other") == "yes" and not found.get("on_behalf_of"):
            self.add_error("on_behalf_of", "请填写您替谁问。")
        return found

    def _read(self, name: str, reader: Callable[[str], str]) -> str:
        typed = self.cleaned_data.get(name, "")
        if not typed:
            return ""
        try:
            return reader(typed)
        except BadInput as no:
            raise forms.ValidationError(no.sentence) from no


class PaperForm(Form):
    """One paper or photo."""

    file = forms.FileField(
        label="选一张照片或一个文件",
        allow_empty_file=True,
        error_messages={"required": "请先选一张照片或一个文件，再按“上传”。"},
        help_text="照片、PDF、Word、Excel，一个不超过 20 MB。可以一个一个传。",
    )


class SendForm(Form):
    """The last word: what stands on the page is right."""

    #: which text was shown; a page kept from before an update tells the old one
    notice = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label="以上内容属实；看过个人信息告知书，同意把它们用于办理这件事",
        error_messages={"required": "请勾选“以上内容属实”，再提交。"},
    )

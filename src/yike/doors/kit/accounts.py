"""Staff come and go: signing in and out, password, second factor, the own profile."""

from __future__ import annotations

from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from yike.doors.kit import door, qr, sessions
from yike.doors.kit.forms import Form, Text, attempt, succeeds
from yike.doors.kit.pages import go, show
from yike.doors.kit.views import safe_back
from yike.rooms.core.actor import Actor
from yike.rooms.people import actions as people_actions
from yike.rooms.people import queries as people_queries
from yike.rooms.people.actions import SignIn
from yike.rooms.regions import queries as regions_queries

#: Where whoever has something to finish first is sent.
_FIRST = {"must_change": "kit:password", "must_enrol": "kit:second-factor"}


def _password(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete}, render_value=False)
    return forms.CharField(
        label=label, max_length=256, strip=False, widget=widget, help_text=help_text
    )


def _code(label: str, help_text: str, *, required: bool = True) -> Text:
    attrs = {"autocomplete": "one-time-code", "inputmode": "text"}
    return Text(
        label=label, max_length=40, required=required, help_text=help_text,
        widget=forms.TextInput(attrs=attrs),
    )  # fmt: skip


class SignInForm(Form):
    """Name and password, and the second factor where the account has one."""

    username = Text(
        label="用户名", max_length=64, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = _password("密码", "current-password")
    code = _code(
        "动态口令或恢复码", "启用了动态口令的账号才需要，见手机上的验证器。", required=False
    )


class PasswordForm(Form):
    """The old password and the new one twice."""

    old = _password("原密码", "current-password")
    password = _password("新密码", "new-password", "至少 10 位，不要用姓名、用户名或常见密码。")
    again = _password("再写一遍新密码", "new-password")

    def clean_again(self) -> str:
        """This will refuse two different new passwords."""
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise forms.ValidationError("两次写的新密码不一样。")
        return str(self.cleaned_data["again"])


class CodeForm(Form):
    """A time code of the authenticator."""

    code = _code("动态口令", "手机验证器上显示的 6 位数字。")


@door.open
def sign_in(request: HttpRequest) -> HttpResponse:
    """This will ask for name, password and, where enrolled, the second factor."""
    form = SignInForm(request.POST or None)
    found = _try(request, form) if form.is_valid() else None
    if found and found.account_id and found.session_id:
        sessions.enter(request, found.account_id, found.session_id)
        first = _FIRST.get(found.outcome)
        return go(request, first) if first else _onward(request)
    asks_code = bool(found and found.outcome == "needs_code") or bool(request.POST.get("code"))
    status = 422 if form.errors else 200
    return show(request, "kit/sign_in.html", found, form=form, asks_code=asks_code, status=status)


@require_POST
@door.staff(unfinished=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """This will end the session."""
    people_actions.sign_out(session_id=sessions.staff_session(request), actor=_actor(request))
    sessions.leave(request)
    return go(request, "kit:sign-in")


@door.staff(unfinished=True)
def profile(request: HttpRequest) -> HttpResponse:
    """This will show who one is in this house, and where one is signed in."""
    face = people_queries.profile(actor=_actor(request))
    here = sessions.staff_session(request)
    grants = [(one, regions_queries.name_of(one.region_code)) for one in face.grants]
    return show(request, "kit/profile.html", face, here=here, grants=grants)


@require_POST
@door.staff(unfinished=True)
def end_others(request: HttpRequest) -> HttpResponse:
    """This will end all other sessions of oneself."""
    here = sessions.staff_session(request)
    people_actions.end_other_sessions(session_id=here, actor=_actor(request))
    return go(request, "kit:profile")


@door.staff(unfinished=True)
def password(request: HttpRequest) -> HttpResponse:
    """This will change one's own password; other sessions end."""
    form = PasswordForm(request.POST or None)
    if form.is_valid() and succeeds(form, lambda: _change(request, form.cleaned_data)):
        return go(request, "kit:profile")
    return show(request, "kit/password.html", form=form, status=422 if form.errors else 200)


@door.staff(unfinished=True)
def second_factor(request: HttpRequest) -> HttpResponse:
    """This will enrol a second factor: a fresh secret when shown, recovery codes when confirmed."""
    form = CodeForm(request.POST or None)
    actor = _actor(request)
    codes = None
    if form.is_valid():
        code = form.cleaned_data["code"]
        codes = attempt(form, lambda: people_actions.confirm_totp(code=code, actor=actor))
    if codes:
        return show(request, "kit/recovery_codes.html", codes)
    face = people_actions.enrol_totp(actor=actor) if request.method == "GET" else None
    square = _square(face.address) if face else ""
    status = 422 if form.errors else 200
    return show(request, "kit/second_factor.html", face, form=form, square=square, status=status)


@door.staff()
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """This will replace the recovery codes by fresh ones, for a time code; shown this one time."""
    form, actor, codes = CodeForm(request.POST or None), _actor(request), None
    if form.is_valid():
        code = form.cleaned_data["code"]
        codes = attempt(form, lambda: people_actions.renew_recovery_codes(code=code, actor=actor))
    if codes:
        return show(request, "kit/recovery_codes.html", codes, renewed=True)
    return show(request, "kit/renew_codes.html", form=form, status=422 if form.errors else 200)


def _try(request: HttpRequest, form: SignInForm) -> SignIn:
    typed = form.cleaned_data
    found = people_actions.sign_in(
        username=typed["username"],
        password=typed["password"],
        code=typed["code"],
        actor=_actor(request),
    )
    if not found.signed_in:
        form.add_error("code" if found.outcome == "needs_code" else None, found.sentence)
        form.way_on = found.way_on
    return found


def _onward(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(safe_back(request, "next", "/desk/"))


def _change(request: HttpRequest, typed: dict[str, str]) -> None:
    people_actions.change_password(
        old=typed["old"],
        new=typed["password"],
        session_id=sessions.staff_session(request),
        actor=_actor(request),
    )


def _square(address: str) -> SafeString:
    return qr.drawn(address, "验证器二维码")


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]

"""Staff come and go: signing in and out, the own profile."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from yike.doors.kit import door, sessions
from yike.doors.kit.forms import Form, Text
from yike.doors.kit.pages import go, show


class SignInForm(Form):
    """Name and password, and the second factor where the account has one."""

    username = Text(label="用户名", max_length=64)
    password = forms.CharField(
        label="密码", max_length=256, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


@door.open
def sign_in(request: HttpRequest) -> HttpResponse:
    """This will ask for name and password."""
    form = SignInForm(request.POST or None)
    return show(request, "kit/sign_in.html", None, form=form)


@door.staff()
def profile(request: HttpRequest) -> HttpResponse:
    """This will show who one is in this house."""
    return show(request, "kit/profile.html", None)


@require_POST
@door.open
def sign_out(request: HttpRequest) -> HttpResponse:
    """This will end the session."""
    sessions.leave(request)
    return go(request, "kit:sign-in")

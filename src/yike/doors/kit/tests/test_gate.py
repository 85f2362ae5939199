"""The gate: who comes in, what a no looks like, and which headers every answer carries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from yike.doors.kit import door, incoming
from yike.doors.kit.forms import Form, Text, attempt
from yike.doors.kit.pages import show
from yike.house import urls as house_urls
from yike.rooms.core.actor import system
from yike.rooms.core.refusal import BadInput, Clash, NotFound, TooMany
from yike.rooms.guard import events as guard_events
from yike.rooms.guard.acting import acting
from yike.rooms.people.tests import makers
from yike.rooms.trail import actions as trail_actions
from yike.rooms.trail.models import Entry


@door.open
def refuse(request: HttpRequest, how: str) -> HttpResponse:
    """A view that says no in the way asked for."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('yike.kind', true)")
        assert cursor.fetchone() == ("visitor",)
    raise {
        "clash": Clash("李*已于今天 09:10 签收。", way_on="请刷新页面。"),
        "absent": NotFound("没有这个事项。"),
        "many": TooMany("请求太多。", retry_after=30),
    }[how]


@door.open
def write_and_refuse(request: HttpRequest) -> HttpResponse:
    """A view that leaves an entry and then says no."""
    trail_actions.record(
        guard_events.SteppedOutside(reason="t"),
        actor=request.actor,  # type: ignore[attr-defined]
    )
    raise Clash("没有办成。")


@door.staff(roles="auditor")
def staff_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("never")


class _Ask(Form):
    words = Text(label="您遇到的事", max_length=20)


@door.open
def ask(request: HttpRequest) -> HttpResponse:
    form = _Ask(request.POST or None)

    def deed() -> bool:
        trail_actions.record(
            guard_events.SteppedOutside(reason="ask"),
            actor=request.actor,  # type: ignore[attr-defined]
        )
        raise BadInput("不能写密码。", field="words", way_on="请删掉再提交。")

    if form.is_valid() and attempt(form, deed):
        return HttpResponse("done")
    return show(request, "kit/tests/ask.html", form=form)


urlpatterns = [
    *house_urls.urlpatterns,
    path("t/refuse/<how>", refuse),
    path("t/staff", staff_only),
    path("t/write", write_and_refuse),
    path("t/forgotten", forgotten),
    path("t/ask", ask),
]
handler404 = house_urls.handler404
handler500 = house_urls.handler500


@pytest.fixture
def web(db: None) -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(enforce_csrf_checks=True)


def test_every_answer_is_protected(web: Client) -> None:
    answer = web.get("/comfort")
    policy = answer.headers["Content-Security-Policy"]
    assert "'unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(("how", "status"), [("clash", 409), ("absent", 404), ("many", 429)])
def test_a_refusal_becomes_a_page(web: Client, how: str, status: int) -> None:
    answer = web.get(f"/t/refuse/{how}")
    assert answer.status_code == status
    assert b"<h1>" in answer.content
    assert b"Traceback" not in answer.content
    if how == "many":
        assert answer.headers["Retry-After"] == "30"


def test_what_a_refused_view_wrote_is_gone(web: Client) -> None:
    with acting(system("test")):
        before = Entry.objects.count()
    assert web.get("/t/write").status_code == 409
    with acting(system("test")):
        assert Entry.objects.count() == before


def test_roles_decide_who_comes_in(web: Client) -> None:
    for role, status in (("auditor", 200), ("admin_system", 403)):
        makers.staff(role, name=f"n{role}")
        person = Client()
        person.post("/sign-in", {"username": f"n{role}", "password": makers.PASSWORD})
        if role == "auditor":
            assert person.get("/t/staff").status_code == status
        else:  # this role must enrol a second factor before anything else
            assert person.get("/t/staff").headers["Location"] == "/profile/second-factor"


def test_hidden_and_absent_are_the_same_answer(web: Client) -> None:
    def without_address(content: bytes, address: str) -> bytes:
        return content.replace(address.encode(), b"").replace(
            address.replace("/", "%2F").encode(), b""
        )

    hidden = web.get("/t/refuse/absent")
    absent = web.get("/t/nowhere")
    assert absent.status_code == 404
    strip = [
        (hidden.content, "/t/refuse/absent"),
        (absent.content, "/t/nowhere"),
    ]
    first, second = (without_address(*pair) for pair in strip)
    assert first == second


def test_htmx_gets_only_the_part(web: Client) -> None:
    answer = web.get("/t/refuse/clash", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert b"<html" not in answer.content
    assert "李*".encode() in answer.content


def test_staff_pages_ask_to_sign_in(web: Client) -> None:
    answer = web.get("/t/staff?a=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=%2Ft%2Fstaff%3Fa%3D1"


def test_a_view_nobody_decorated_is_never_run(web: Client) -> None:
    with pytest.raises(LookupError, match="decorated"):
        web.get("/t/forgotten")


def test_an_expired_form_keeps_what_was_typed(web: Client) -> None:
    answer = web.post("/t/ask", {"words": "工资没发\n<b>", "password": "geheim"})
    assert answer.status_code == 403
    text = answer.content.decode()
    assert '<textarea name="words" hidden>\n工资没发\n&lt;b&gt;</textarea>' in text
    assert "geheim" not in text
    assert 'action="/t/ask"' in text


def test_a_refused_deed_is_told_at_its_field(db: None) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        answer = Client().post("/t/ask", {"words": "我的密码"})
    text = answer.content.decode()
    assert 'href="#id_words"' in text
    assert 'aria-invalid="true"' in text
    assert "我的密码</textarea>" in text or 'value="我的密码"' in text
    with acting(system("test")):
        assert not Entry.objects.filter(body__contains='"ask"').exists()  # undone with its deed


def test_text_is_cleaned_and_length_is_told() -> None:
    form = _Ask({"words": "a\x00b\x07𠮷\r\n😀"})
    assert form.is_valid()
    assert form.cleaned_data["words"] == "ab𠮷\n😀"
    long = _Ask({"words": "字" * 21})
    assert "现在有 21 个字" in long.wrongs()[0].sentence
    assert _Ask({"words": "  "}).wrongs()[0].sentence == "请填写您遇到的事。"


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [(0, "1.1.1.1", "9.9.9.9"), (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
     (2, "1.1.1.1, 2.2.2.2", "1.1.1.1"), (3, "1.1.1.1", "1.1.1.1"), (1, "", "9.9.9.9")],
)  # fmt: skip
def test_client_address_is_read_from_the_right(proxies: int, told: str, address: str) -> None:
    from dataclasses import replace

    from django.conf import settings

    request = HttpRequest()
    request.META = {"REMOTE_ADDR": "9.9.9.9", "HTTP_X_FORWARDED_FOR": told}
    with override_settings(YIKE=replace(settings.YIKE, proxies=proxies)):
        assert incoming.client_address(request) == address


def test_back_leads_nowhere_else(web: Client) -> None:
    answer = web.post("/comfort", {"elder": "1", "back": "//evil.example/"})
    assert answer.headers["Location"] == "/"
    assert answer.cookies["elder"].value == "1"


def test_health(web: Client) -> None:
    assert web.get("/healthz").json() == {"ok": True}

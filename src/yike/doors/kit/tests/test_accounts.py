"""Staff come and go through the door, on real tables."""

from __future__ import annotations

import re
import time
from uuid import uuid4

import pyotp
import pytest
from django.test import Client

from yike.rooms.people.tests import makers

pytestmark = pytest.mark.django_db


def _sign_in(web: Client, name: str, password: str = makers.PASSWORD, **more: str) -> int:
    typed = {"username": name, "password": password, **more}
    return web.post("/sign-in", typed).status_code


def _officer(name: str) -> Client:
    makers.staff("officer", region_code=makers.SHIPU, org=uuid4(), name=name)
    web = Client()
    assert _sign_in(web, name) == 302
    return web


def test_sign_in_leads_where_one_wanted_to_go_but_never_outside() -> None:
    makers.staff("officer", region_code=makers.SHIPU, org=uuid4(), name="wang")
    typed = {"username": "wang", "password": makers.PASSWORD}
    answer = Client().post("/sign-in", typed | {"next": "/desk/?only=late"})
    assert answer.headers["Location"] == "/desk/?only=late"
    answer = Client().post("/sign-in", typed | {"next": "https://evil.example/"})
    assert answer.headers["Location"] == "/desk/"


def test_a_wrong_password_keeps_the_name_and_never_the_password() -> None:
    makers.staff("officer", region_code=makers.SHIPU, org=uuid4(), name="li")
    answer = Client().post("/sign-in", {"username": "li", "password": "geheim-geheim"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="li"' in text
    assert "geheim" not in text
    assert 'role="alert"' in text


def test_the_session_key_changes_at_sign_in() -> None:
    makers.staff("officer", region_code=makers.SHIPU, org=uuid4(), name="zhao")
    web = Client()
    session = web.session
    session["claim"] = ["x", "y"]
    session.save()
    planted = web.cookies["yike"].value
    _sign_in(web, "zhao")
    assert web.cookies["yike"].value != planted


def test_profile_shows_oneself_and_signing_out_ends_it() -> None:
    web = _officer("sun")
    answer = web.get("/profile")
    assert answer.status_code == 200
    assert "司法所" in answer.content.decode()
    assert web.post("/sign-out").status_code == 302
    assert web.get("/profile").status_code == 302


def test_whoever_must_change_the_password_can_do_nothing_else() -> None:
    makers.account("new", must_change=True)
    web = Client()
    answer = web.post("/sign-in", {"username": "new", "password": makers.PASSWORD})
    assert answer.headers["Location"] == "/profile/password"
    bad = web.post(
        "/profile/password",
        {"old": makers.PASSWORD, "password": "harbour-wind-77", "again": "other"},
    )
    assert bad.status_code == 422
    good = {"old": makers.PASSWORD, "password": "harbour-wind-77", "again": "harbour-wind-77"}
    assert web.post("/profile/password", good).status_code == 302
    assert web.get("/profile").status_code == 200


def test_second_factor_is_enrolled_and_then_asked() -> None:
    web = _officer("qian")
    page = web.get("/profile/second-factor").content.decode()
    assert "<svg" in page
    secret = re.search(r"密钥：<span[^>]*>([A-Z2-7 ]+)<", page)
    assert secret
    wrong = web.post("/profile/second-factor", {"code": "000000"})
    assert wrong.status_code == 422
    code = pyotp.TOTP(secret.group(1).replace(" ", "")).now()
    done = web.post("/profile/second-factor", {"code": code})
    assert done.content.decode().count("<li>") >= 10
    again = Client().post("/sign-in", {"username": "qian", "password": makers.PASSWORD})
    assert again.status_code == 422
    assert 'id="id_code"' in again.content.decode()


def test_recovery_codes_are_renewed_for_a_time_code_and_the_old_ones_end() -> None:
    web = _officer("zhou")
    page = web.get("/profile/second-factor").content.decode()
    secret = re.search(r"密钥：<span[^>]*>([A-Z2-7 ]+)<", page)
    assert secret
    totp = pyotp.TOTP(secret.group(1).replace(" ", ""))
    here = time.time()
    first = web.post("/profile/second-factor", {"code": totp.at(here)}).content.decode()
    assert web.post("/profile/recovery-codes", {"code": "000000"}).status_code == 422
    renewed = web.post("/profile/recovery-codes", {"code": totp.at(here + 30)}).content.decode()
    old, fresh = (re.findall(r"<li>([^<]+)</li>", one) for one in (first, renewed))
    assert len(fresh) == 10
    assert not set(old) & set(fresh)
    assert _sign_in(Client(), "zhou", code=old[0]) == 422
    assert _sign_in(Client(), "zhou", code=fresh[0]) == 302


def test_a_post_of_an_ended_session_keeps_what_was_typed() -> None:
    answer = Client().post("/profile/password", {"old": "x", "note": "写了很久的话"})
    assert answer.status_code == 401
    assert "写了很久的话" in answer.content.decode()

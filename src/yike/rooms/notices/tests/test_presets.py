"""Each shape of a known system, against a real server on loopback that checks it as described."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from yike.rooms.notices import link_kinds, posting
from yike.rooms.notices.link_sealing import Setting
from yike.rooms.notices.tests import platform as platforms

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
TOLD = {
    "type": "order.waiting",
    "timestamp": "2026-11-20T12:00:00+08:00",
    "data": {"reference": "X1", "title": "新工单待签收", "due": "明天", "url": "https://y/desk/m/R"},
}  # fmt: skip


@pytest.fixture
def system(settings: Any) -> Iterator[platforms.Platform]:
    settings.YIKE = replace(settings.YIKE, link_hosts="127.0.0.1")
    found = platforms.Platform()
    found.answer(200, b'{"errcode":0,"errmsg":"ok","success":true}')
    yield found
    found.stop()


def sent(system: platforms.Platform, preset: str, path: str = "", **own: str) -> str:
    url = system.url if not path else f"http://{urlsplit(system.url).netloc}{path}"
    parcel = posting.Parcel(mark="01a2", preset=preset, setting=Setting(url=url, **own), told=TOLD)
    return posting.send(parcel, now=NOON).outcome.state


def mac(key: str, told: str) -> str:
    found = hmac.new(key.encode(), told.encode(), hashlib.sha256).digest()
    return base64.b64encode(found).decode()


def test_a_robot_of_dingtalk(system: platforms.Platform) -> None:
    assert sent(system, "dingtalk", "/robot/send?access_token=T", secret="SEC1") == "sent"
    (taken,) = system.taken
    asked = parse_qs(urlsplit(taken["path"]).query)
    stamp = str(int(NOON.timestamp() * 1000))
    assert asked == {
        "access_token": ["T"], "timestamp": [stamp], "sign": [mac("SEC1", f"{stamp}\nSEC1")],
    }  # fmt: skip
    body = json.loads(taken["body"])
    assert (body["msgtype"], body["markdown"]["title"]) == ("markdown", "新工单待签收")
    assert "X1" in body["markdown"]["text"]
    assert "(https://y/desk/m/R)" in body["markdown"]["text"]


def test_a_robot_of_wecom(system: platforms.Platform) -> None:
    assert sent(system, "wecom", "/cgi-bin/webhook/send?key=K") == "sent"
    (taken,) = system.taken
    assert taken["path"] == "/cgi-bin/webhook/send?key=K"
    assert "工单 X1" in json.loads(taken["body"])["markdown"]["content"]


def test_a_work_notification_of_zhezhengding(system: platforms.Platform) -> None:
    own = {"app_key": "AK", "secret": "AS", "tenant": "196729", "receivers": "GO_1,GO_2"}
    assert sent(system, "zwdd", "/message/workNotification", **own) == "sent"
    (taken,) = system.taken
    fields = dict(parse_qsl(taken["body"].decode(), strict_parsing=True))
    assert {name: fields[name] for name in ("tenantId", "organizationCodes", "bizMsgId")} == {
        "tenantId": "196729", "organizationCodes": "GO_1,GO_2", "bizMsgId": "01a2",
    }  # fmt: skip
    assert "新工单待签收" in json.loads(fields["msg"])["text"]["content"]
    headers = taken["headers"]
    lines = [
        "POST", headers["x-hmac-auth-timestamp"], headers["x-hmac-auth-nonce"],
        "/message/workNotification", "&".join(f"{name}={fields[name]}" for name in sorted(fields)),
    ]  # fmt: skip
    assert headers["x-hmac-auth-signature"] == mac("AS", "\n".join(lines))
    assert headers["apikey"] == "AK"


@pytest.mark.parametrize(
    ("preset", "answer", "state"),
    [("dingtalk", b'{"errcode":130101,"errmsg":"too fast"}', "queued"),
     ("dingtalk", b'{"errcode":310000,"errmsg":"sign not match"}', "failed"),
     ("dingtalk", b"<html>", "unsure"),
     ("wecom", b'{"errcode":45009,"errmsg":"freq out of limit"}', "queued"),
     ("wecom", b'{"errcode":93000,"errmsg":"invalid webhook url"}', "failed"),
     ("zwdd", b'{"success":false,"errorMsg":"x"}', "failed")],
)  # fmt: skip
def test_their_no_is_understood(
    system: platforms.Platform, preset: str, answer: bytes, state: str
) -> None:
    system.answer(200, answer)
    assert sent(system, preset, app_key="a", secret="s", tenant="1", receivers="2") == state


def test_robots_are_not_asked_twice_after_silence(system: platforms.Platform) -> None:
    system.says = "hang up"
    assert sent(system, "dingtalk", secret="s") == "unsure"
    assert sent(system, "zwdd", app_key="a", secret="s", tenant="1", receivers="2") == "queued"


def test_every_preset_says_where_it_is_described_and_whether_it_was_tried() -> None:
    for one in link_kinds.PRESETS.values():
        assert one.source.startswith("https://")
        assert one.tried

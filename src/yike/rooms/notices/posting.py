"""Hands one delivery to another system in the shape it takes, and says what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings

from yike.rooms.guard import calling
from yike.rooms.notices import answers, gateway, link_kinds, models, signing
from yike.rooms.notices.link_sealing import Setting
from yike.rooms.notices.mail import Outcome

GONE = 410


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One delivery, ready to be handed over."""

    mark: str
    preset: str
    setting: Setting
    told: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What became of it, how long the other side asks to wait, whether it wants no more."""

    outcome: Outcome
    retry_after: int = 0
    gone: bool = False
    #: points of it that the other side did not take, with its reason
    refused: tuple[dict[str, str], ...] = ()


def hosts() -> frozenset[str]:
    """This will return the private hosts the administrator named."""
    listed = str(settings.YIKE.link_hosts).lower().split(",")
    return frozenset(one.strip() for one in listed if one.strip())


def send(parcel: Parcel, *, now: datetime) -> Fate:
    """This will hand it over. `now` is what is signed; a redirect is never followed."""
    preset = link_kinds.PRESETS[parcel.preset]
    url, body, headers = _request(preset, parcel, now)
    use = preset.adapter
    try:
        answer = calling.call(
            url=url, body=body, headers=headers, seconds=use.seconds, hosts=hosts()
        )
    except calling.Unreached as error:
        return _fate(models.QUEUED, f"连不上：{error}")
    except calling.Silent as error:
        return _fate(gateway.silence(use), f"没有回答：{error}")
    if use.ok.at:
        return Fate(outcome=gateway.outcome(use, answer), retry_after=answer.retry_after)
    return _by_status(answer)


def _by_status(answer: calling.Answer) -> Fate:
    """2xx is yes, everything else is tried again; 410: they want no more."""
    said = f"{answer.status} {answer.body[:300].decode(errors='replace')}".strip()
    refused = answers.refused(answer.body)
    if 200 <= answer.status < 300:
        return replace(_fate(models.SENT, said), refused=refused)
    gone = answer.status == GONE
    return replace(
        _fate(models.FAILED if gone else models.QUEUED, said),
        retry_after=answer.retry_after,
        gone=gone,
        refused=refused,
    )


def _fate(state: str, said: str) -> Fate:
    return Fate(outcome=Outcome(state=state, receipt=said))


def _request(
    preset: link_kinds.Preset, parcel: Parcel, now: datetime
) -> tuple[str, bytes, dict[str, str]]:
    own, url = parcel.setting, parcel.setting.url
    headers = {"User-Agent": "yike"}
    if preset.signed == "standard":
        body = json.dumps(parcel.told, ensure_ascii=False, separators=(",", ":")).encode()
        headers["Content-Type"] = "application/json"
        return (
            url,
            body,
            headers | signing.standard(keys=own.keys(now), mark=parcel.mark, at=now, body=body),
        )
    told = gateway.filled(preset.adapter.body, _places(parcel))
    body, headers["Content-Type"] = gateway.encoded(preset.adapter, told)
    if preset.signed == "robot":
        url = signing.robot(url=url, key=own.secret, at=now)
    if preset.signed == "government":
        headers |= signing.government(
            url=url, app_key=own.app_key, key=own.secret, mark=parcel.mark, at=now, fields=told
        )
    return url, body, headers


def _places(parcel: Parcel) -> dict[str, str]:
    data, own = parcel.told.get("data", {}), parcel.setting
    places = {name: str(data.get(name) or "—") for name in ("title", "reference", "due", "url")}
    words = gateway.filled(link_kinds.MESSAGE, places)
    text = {"msgtype": "text", "text": {"content": words}}
    return places | {
        "id": parcel.mark,
        "tenant": own.tenant,
        "receivers": own.receivers,
        "message": json.dumps(text, ensure_ascii=False),
    }

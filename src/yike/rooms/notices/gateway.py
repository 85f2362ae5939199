"""Speaks HTTP to a gateway of short messages as its description (a TOML file) says.

The description names the request, what in the answer means yes, later or no, and how receipts
look; docs/how/connect-sms.md has one for each common shape. No tables here.
"""

from __future__ import annotations

import functools
import http.client
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from yike.rooms.guard import calling
from yike.rooms.notices import hours, models, wording
from yike.rooms.notices.mail import Outcome


class Unfit(Exception):
    """The description of the gateway cannot be used; the sentence says what to write."""


@dataclass(frozen=True, kw_only=True)
class Test:
    """A place in an answer (JSON pointer) and the values that count, as text."""

    at: str = ""
    values: tuple[str, ...] = ()

    def holds(self, answer: Any) -> bool:
        """This will say whether the answer has one of the values there."""
        return bool(self.at) and pointed(answer, self.at) in self.values


@dataclass(frozen=True, kw_only=True)
class Receipts:
    """How the gateway reports what a telephone received: one report or a list of them."""

    token: str = ""
    reports: str = ""
    mark: str = "/id"
    state: str = "/state"
    delivered: tuple[str, ...] = ("DELIVRD",)
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Adapter:
    """The description of one gateway."""

    name: str
    url: str
    method: str = "POST"
    #: json or form
    encoding: str = "json"
    sign: str = ""
    seconds: int = 10
    #: the gateway takes the same {id} only once: an unclear end may then be tried again
    same_id_once: bool = False
    #: civil time between which messages that are not urgent go out
    open_from: str = "08:00"
    open_until: str = "21:00"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    ok: Test = Test()
    again: Test = Test()
    #: where the gateway's number of the message stands, and its words
    mark: str = ""
    says: str = ""
    #: our template → the gateway's, where it takes approved templates only
    templates: Mapping[str, str] = field(default_factory=dict)
    receipts: Receipts = Receipts()


@dataclass(frozen=True, kw_only=True)
class Sms:
    """One short message, ready to be sent."""

    to: str
    words: str
    template: str
    facts: Mapping[str, Any]
    mark: str


def is_set_up() -> bool:
    """This will say whether there is a gateway; without one notices go other ways."""
    return bool(settings.YIKE.sms_gateway)


def adapter() -> Adapter:
    """This will return the description in use. Refuses with Unfit what cannot be used."""
    return _read(str(settings.YIKE.sms_gateway))


@functools.lru_cache(maxsize=4)
def _read(path: str) -> Adapter:
    try:
        return described(tomllib.loads(Path(path).read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Unfit(f"The gateway description {path} cannot be read: {error}") from error


def described(given: dict[str, Any]) -> Adapter:
    """This will return the adapter a description tells of. Refuses unknown words with Unfit."""
    answer = given.pop("answer", {})
    receipts = given.pop("receipt", {})
    found: dict[str, Any] = given | {
        "ok": _test(answer.pop("ok", {}), "ok"),
        "again": _test(answer.pop("again", {}), "again"),
        "mark": answer.pop("mark", ""),
        "says": answer.pop("says", ""),
        "receipts": _made(Receipts, receipts, "receipt"),
    }
    if answer:
        raise Unfit(f"Unknown words in [answer]: {', '.join(sorted(answer))}.")
    made: Adapter = _made(Adapter, found, "the gateway description")
    _check(made)
    return made


def _check(made: Adapter) -> None:
    address = urlsplit(made.url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise Unfit("url must be an address that begins with https:// or http://.")
    if made.encoding not in ("json", "form") or not made.ok.at:
        raise Unfit("encoding is json or form, and [answer] ok = {at = '/code', values = ['0']}.")
    if not (hours.read(made.open_from) and hours.read(made.open_until)):
        raise Unfit("open_from and open_until are times of day such as 08:00.")


def _test(given: dict[str, Any], where: str) -> Test:
    return Test(**_known(Test, given | {"values": tuple(map(str, given.get("values", ())))}, where))


def _made(kind: type, given: dict[str, Any], where: str) -> Any:
    lists = {key: tuple(map(str, one)) for key, one in given.items() if isinstance(one, list)}
    try:
        return kind(**_known(kind, given | lists, where))
    except TypeError as error:
        raise Unfit(f"Missing in {where}: {error}.") from error


def _known(kind: type, given: dict[str, Any], where: str) -> dict[str, Any]:
    unknown = sorted(set(given) - {one.name for one in fields(kind)})
    if unknown:
        raise Unfit(f"Unknown words in {where}: {', '.join(unknown)}.")
    return given


def send(message: Sms) -> Outcome:
    """This will hand one message to the gateway and say what became of it.

    Nothing was handed over: tried again. Handed over and no answer: unsure, unless the gateway
    takes the same number only once. Answered: as the description reads the answer.
    """
    try:
        use = adapter()
    except Unfit as error:
        return Outcome(state=models.QUEUED, receipt=str(error))
    body, kind = _body(use, message)
    places = _places(use, message)
    headers = {"Content-Type": kind, "User-Agent": "yike"} | filled(use.headers, places)
    try:
        answer = calling.call(
            url=use.url, method=use.method, body=body, headers=headers, seconds=use.seconds
        )
    except calling.Unreached as error:
        return Outcome(state=models.QUEUED, receipt=f"连不上短信平台：{error}")
    except calling.Silent as error:
        return Outcome(state=silence(use), receipt=f"短信平台没有回答：{error}")
    return outcome(use, answer)


def silence(use: Adapter) -> str:
    """This will return the state of what was handed over without an answer."""
    return models.QUEUED if use.same_id_once else models.UNSURE


def _body(use: Adapter, message: Sms) -> tuple[bytes, str]:
    return encoded(use, filled(use.body, _places(use, message)))


def encoded(use: Adapter, told: Mapping[str, Any]) -> tuple[bytes, str]:
    """This will return the bytes and the content type of a body."""
    if use.encoding == "form":
        return urlencode(told).encode(), "application/x-www-form-urlencoded; charset=utf-8"
    return json.dumps(told, ensure_ascii=False).encode(), "application/json; charset=utf-8"


def _places(use: Adapter, message: Sms) -> dict[str, str]:
    return {
        "phone": message.to,
        "text": f"{use.sign}{message.words}",
        "words": message.words,
        "sign": use.sign,
        "id": message.mark,
        "secret": settings.YIKE.sms_secret,
        "template": use.templates.get(message.template, ""),
        "facts": json.dumps(message.facts, ensure_ascii=False),
    }


def filled(value: Any, places: Mapping[str, str]) -> Any:
    """This will fill the places in every text of a body or of headers."""
    if isinstance(value, str):
        return wording.fill(value, places)
    if isinstance(value, Mapping):
        return {key: filled(one, places) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [filled(one, places) for one in value]
    return value


def outcome(use: Adapter, came: calling.Answer) -> Outcome:
    """This will read an answer. 429, 5xx: later. 4xx: no. 2xx: what it says, else unsure."""
    status, body = came.status, came.body
    shown = body.decode(errors="replace")
    if status == http.client.TOO_MANY_REQUESTS or status >= 500:
        return Outcome(state=models.QUEUED, receipt=f"{status} {shown}")
    if status >= 300:
        return Outcome(state=models.FAILED, receipt=f"{status} {shown}")
    answer = parsed(body)
    said = pointed(answer, use.says) or shown
    if use.ok.holds(answer):
        return Outcome(state=models.SENT, receipt=said, reference=pointed(answer, use.mark))
    if use.again.holds(answer):
        return Outcome(state=models.QUEUED, receipt=said)
    known = answer is not None and pointed(answer, use.ok.at) != ""
    return Outcome(state=models.FAILED if known else models.UNSURE, receipt=said)


def parsed(body: bytes) -> Any:
    """This will return the JSON of some bytes, or None for what is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def pointed(answer: Any, pointer: str) -> str:
    """This will return what a JSON pointer (RFC 6901) points at, as text; "" for nothing."""
    found = at(answer, pointer)
    return "" if found is None or isinstance(found, dict | list) else _text(found)


def at(answer: Any, pointer: str) -> Any:
    """This will return what a JSON pointer points at, or None."""
    if not pointer:
        return None
    for step in pointer.lstrip("/").split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(answer, dict):
            answer = answer.get(name)
        elif isinstance(answer, list) and name.isdigit() and int(name) < len(answer):
            answer = answer[int(name)]
        else:
            return None
    return answer


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What one receipt says: our or the gateway's number, whether it arrived, its words."""

    mark: str
    delivered: bool
    said: str


def reports(told: Any) -> tuple[Report, ...]:
    """This will read what a gateway posted; reports without a number are passed over."""
    use = adapter().receipts
    listed = at(told, use.reports) if use.reports else told
    rows = listed if isinstance(listed, list) else [listed]
    found = (
        Report(
            mark=pointed(row, use.mark),
            delivered=pointed(row, use.state) in use.delivered,
            said=pointed(row, use.said) or pointed(row, use.state),
        )
        for row in rows[:1000]
    )
    return tuple(one for one in found if one.mark)

"""Signatures under what is handed to other systems. Pure: moment and number are told.

Standard Webhooks 1.0.0 (standardwebhooks.com), DingTalk's custom robots (open.dingtalk.com:
自定义机器人安全设置, 加签) and the gateway of 专有钉钉 on which 浙政钉 stands.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode, urlsplit

PREFIX = "whsec_"


def new_secret() -> str:
    """This will make a secret as Standard Webhooks writes it: 32 random bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def is_secret(text: str) -> bool:
    """This will say whether a text is such a secret of 24 to 64 bytes."""
    try:
        found = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        return False
    return text.startswith(PREFIX) and 24 <= len(found) <= 64


def standard(*, keys: Sequence[str], mark: str, at: datetime, body: bytes) -> dict[str, str]:
    """This will return the three headers of Standard Webhooks, signed with each of the secrets."""
    stamp = str(int(at.timestamp()))
    told = f"{mark}.{stamp}.".encode() + body
    signed = (_mac(base64.b64decode(key.removeprefix(PREFIX)), told) for key in keys)
    return {
        "webhook-id": mark,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{one}" for one in signed),
    }


def robot(*, url: str, key: str, at: datetime) -> str:
    """This will return the address of a DingTalk robot with timestamp (ms) and signature."""
    if not key:
        return url
    stamp = str(int(at.timestamp() * 1000))
    sign = _mac(key.encode(), f"{stamp}\n{key}".encode())
    return (
        f"{url}{'&' if urlsplit(url).query else '?'}{urlencode({'timestamp': stamp, 'sign': sign})}"
    )


def government(
    *, url: str, app_key: str, key: str, mark: str, at: datetime, fields: Mapping[str, str]
) -> dict[str, str]:
    """This will return the headers of a call to 专有钉钉 (浙政钉).

    Signed are method, moment, number, path and the sorted fields, each on a line.
    """
    stamp = at.isoformat(timespec="milliseconds")
    told = "&".join(f"{name}={fields[name]}" for name in sorted(fields))
    lines = ("POST", stamp, mark, urlsplit(url).path, told)
    return {
        "X-Hmac-Auth-Timestamp": stamp,
        "X-Hmac-Auth-Version": "1.0",
        "X-Hmac-Auth-Nonce": mark,
        "X-Hmac-Auth-Signature": _mac(key.encode(), "\n".join(lines).encode()),
        "apiKey": app_key,
    }


def _mac(key: bytes, told: bytes) -> str:
    return base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()

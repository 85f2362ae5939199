"""One HTTP call to another system: where it may go, what came back, whether it was handed over.

A registered address could point into the office's own network: names are resolved once, private
addresses refused unless the administrator named the host, and the call goes to what was checked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import SplitResult, urlsplit

#: bytes of an answer that are read; another system answers in one line
MOST = 65_536
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreached(Exception):
    """Nothing was handed over: no address, no line, no trust."""


class Silent(Exception):
    """It was handed over, and no whole answer came."""


class TooMuch(Exception):
    """More came than is read."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    #: seconds the other side asks to wait; 0 = it said nothing
    retry_after: int = 0


def call(
    *,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    seconds: int,
    method: str = "POST",
    hosts: frozenset[str] | None = None,
) -> Answer:
    """This will make one call, never following a redirect, and return the answer.

    `hosts`: private hosts that may be called; None = an address of the administrator's own, which
    is not guarded. Fails with Unreached or Silent; a server that drips is cut off after twice
    `seconds`.
    """
    address = urlsplit(url)
    at = None if hosts is None else pinned(address, hosts)
    line = _line(address, seconds, at)
    with _cut_off(line, 2 * seconds) as patience:
        try:
            line.connect()
            patience.held.append(line.sock)
        except OSError as error:
            raise Unreached(str(error)) from error
        try:
            path = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
            line.request(method, path, body, dict(headers))
            answer = line.getresponse()
            told = answer.read(MOST)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise Silent(f"{type(error).__name__} {error}".strip()) from error
        if patience.over.is_set():
            raise Silent("答得太慢，没有答完")
    return Answer(status=answer.status, body=told, retry_after=_wait(answer))


def fetch(
    *,
    url: str,
    headers: Mapping[str, str],
    seconds: int,
    hosts: frozenset[str],
    into: BinaryIO,
    most: int,
) -> Answer:
    """This will write a whole answer into a file, piece by piece, never following a redirect.

    `hosts` as in `call`. The answer's body stays empty. Fails with Unreached, with Silent where
    it broke off or took longer than `seconds` in all, with TooMuch beyond `most` bytes.
    """
    address = urlsplit(url)
    line = _line(address, seconds, pinned(address, hosts))
    with _cut_off(line, seconds) as patience:
        try:
            line.connect()
            patience.held.append(line.sock)
        except OSError as error:
            raise Unreached(str(error)) from error
        try:
            path = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
            line.request("GET", path, headers=dict(headers))
            answer = line.getresponse()
            size = _poured(answer, into, most)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise Silent(f"{type(error).__name__} {error}".strip()) from error
        told = answer.headers.get("Content-Length", "")
        if patience.over.is_set() or (told.isdigit() and int(told) != size):
            raise Silent("没有答完")
    return Answer(status=answer.status, body=b"", retry_after=_wait(answer))


def _poured(answer: http.client.HTTPResponse, into: BinaryIO, most: int) -> int:
    size = 0
    while piece := answer.read(MOST):
        size += len(piece)
        if size > most:
            raise TooMuch(f"超过 {most} 字节")
        into.write(piece)
    return size


def unfit(url: str, hosts: frozenset[str]) -> str:
    """This will say in a sentence why an address may not be registered; "" when it may.

    A name that cannot be resolved now is accepted: it is looked at again at every call.
    """
    try:
        address = urlsplit(url)
        host, _ = address.hostname or "", address.port
    except ValueError:
        return "地址写得不对。"
    if address.scheme not in ("http", "https") or not host:
        return "地址要以 https:// 开头。"
    if address.username or address.password or address.fragment:
        return "地址里不能写用户名、密码和 # 号。"
    if not url.isascii() or not url.isprintable() or " " in url:
        return "地址里只能有英文字母、数字和符号。"
    if address.scheme == "http" and host not in _LOOPBACK:
        return "地址必须用 https://，内容才不会在路上被看到。"
    try:
        pinned(address, hosts)
    except Unreached as error:
        return "" if isinstance(error.__cause__, OSError) else str(error)
    return ""


def pinned(address: SplitResult, hosts: frozenset[str]) -> str:
    """This will resolve a host once and return the address to call.

    Fails with Unreached for an unknown name, and when any of its addresses is private and the
    host is not among `hosts`.
    """
    host = (address.hostname or "").lower()
    try:
        found = socket.getaddrinfo(host, address.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreached(f"查不到主机 {host}") from OSError(str(error))
    addresses = [str(one[4][0]).partition("%")[0] for one in found]
    if host not in hosts and not all(_is_public(one) for one in addresses):
        raise Unreached(
            f"{host} 在内部网络里，不能调用；确实需要的，请系统管理员在设置项 link_hosts 里写上它"
        )
    return addresses[0]


def _is_public(text: str) -> bool:
    address: Address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if address.teredo or (inner and not _is_public(str(inner))):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class _Pinned(http.client.HTTPConnection):
    """Goes to the address that was checked, whatever the name says by now."""

    at = ""

    def connect(self) -> None:
        """Opens the line to the checked address."""
        self.sock = socket.create_connection((self.at or self.host, self.port), self.timeout)


class _PinnedTls(http.client.HTTPSConnection, _Pinned):
    """The same in TLS; the certificate is checked against the name."""


def _line(address: SplitResult, seconds: int, at: str | None) -> http.client.HTTPConnection:
    host = str(address.hostname)
    line: _Pinned
    if address.scheme == "https":
        trusted = ssl.create_default_context()
        line = _PinnedTls(host, address.port, timeout=seconds, context=trusted)
    else:
        line = _Pinned(host, address.port, timeout=seconds)
    line.at = at or ""
    return line


@dataclass
class _Patience:
    """The open socket, and whether it was cut off.

    It is kept apart: a connection that the answer will end forgets its socket before the body came.
    """

    held: list[socket.socket] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def _cut_off(line: http.client.HTTPConnection, seconds: int) -> Iterator[_Patience]:
    """Each read has its own patience; all of them together have this."""
    patience = _Patience()

    def cut() -> None:
        patience.over.set()
        for sock in patience.held or filter(None, [line.sock]):
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    watch = threading.Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield patience
    finally:
        watch.cancel()
        line.close()


def _wait(answer: http.client.HTTPResponse) -> int:
    told = answer.headers.get("Retry-After", "")
    return min(int(told), 86_400) if told.isascii() and told.isdigit() else 0

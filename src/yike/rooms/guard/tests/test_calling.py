"""A call goes to the address that was checked, and in TLS to the name that was meant."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from yike.rooms.guard import calling

HERE = frozenset({"localhost", "127.0.0.1"})


class _Yes(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        told = str(self.headers["Host"]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


def certificate(folder: Path) -> Path:
    """A certificate of `localhost`, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(7)
        .not_valid_before(now).not_valid_after(now + timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "localhost.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Port of a server in TLS, and its certificate."""
    file = certificate(tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Yes)
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(file)
    server.socket = inside.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], file
    server.shutdown()
    server.server_close()


def ask(host: str, port: int, hosts: frozenset[str] | None = HERE) -> calling.Answer:
    return calling.call(
        url=f"https://{host}:{port}/hook", body=b"{}", headers={}, seconds=5, hosts=hosts
    )


def test_a_certificate_is_trusted_for_its_name_only(
    secure: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, file = secure
    with pytest.raises(calling.Unreached, match=r"(?i)certificate"):
        ask("localhost", port)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    answer = ask("localhost", port)
    assert (answer.status, answer.body) == (200, f"localhost:{port}".encode())
    with pytest.raises(calling.Unreached, match=r"(?i)certificate"):
        ask("127.0.0.1", port)


def test_the_call_goes_to_what_was_checked(
    secure: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers a public address first and a private one then reaches nothing inside."""
    port, file = secure
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    asked: list[str] = []
    gone: list[Any] = []

    def resolve(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        address = "203.0.114.9" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> Any:
        gone.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(calling.Unreached):
        ask("localhost", port, frozenset())
    assert (asked, gone) == (["localhost"], [("203.0.114.9", port)])


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("8.8.8.8", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(calling.Unreached, match="内部网络"):
        calling.pinned(urlsplit("https://oa.example.org/"), frozenset())
    assert calling.pinned(urlsplit("https://oa.example.org/"), frozenset({"oa.example.org"}))


def test_the_addresses_of_this_test_are_what_they_seem() -> None:
    assert ipaddress.ip_address("203.0.114.9").is_global

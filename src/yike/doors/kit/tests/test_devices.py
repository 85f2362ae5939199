"""A device proves itself in a TLS handshake with the proxy; a header alone proves nothing."""

from __future__ import annotations

import http.client
import http.server
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.test import Client, RequestFactory

from yike.doors.kit import incoming
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, queries
from yike.rooms.people.tests import makers

HEADER = "X-Client-Cert"


@pytest.fixture
def issued(db: None, settings: Any, tmp_path: Path) -> tuple[actions.NewDevice, str, bytes]:
    """A registered device, its fingerprint, and the authority's certificate."""
    settings.DEVICE_AUTHORITY_FILE = tmp_path / "secrets" / "devices.pem"
    security = makers.staff("admin_security")
    with acting(security):
        made = actions.register_device(name="1 号窗口", actor=security)
        (row,) = queries.devices(actor=security)
        return made, row.fingerprint, queries.device_authority(actor=security)


@pytest.mark.parametrize(
    ("proxies", "header", "believed"),
    [(0, HEADER, False), (1, "", False), (1, "X-Other", False), (1, HEADER, True)],
)
def test_a_header_counts_only_from_a_trusted_proxy(
    settings: Any, proxies: int, header: str, believed: bool
) -> None:
    settings.YIKE = replace(settings.YIKE, proxies=proxies, device_header=header)
    request = RequestFactory().get("/desk/", headers={HEADER: "ab" * 32})
    assert incoming.client_certificate(request) == ("ab" * 32 if believed else "")


def test_a_spoofed_header_opens_nothing(
    issued: tuple[actions.NewDevice, str, bytes], settings: Any
) -> None:
    settings.YIKE = replace(settings.YIKE, device_roles="director", device_header=HEADER, proxies=0)
    makers.staff("director", region_code=makers.XIANGSHAN, name="known")
    typed = {"username": "known", "password": makers.PASSWORD}
    spoofed = Client().post("/sign-in", typed, headers={HEADER: issued[1]})
    assert spoofed.status_code == 422
    settings.YIKE = replace(settings.YIKE, proxies=1)
    web = Client()
    assert web.post("/sign-in", typed, headers={HEADER: issued[1]}).status_code == 302
    assert web.get("/profile", headers={HEADER: issued[1]}).status_code == 200
    assert web.get("/profile").status_code == 302


def test_the_certificate_works_in_a_real_handshake(
    issued: tuple[actions.NewDevice, str, bytes], settings: Any, tmp_path: Path
) -> None:
    """A small TLS proxy verifies the certificate as nginx does and tells it, escaped."""
    settings.YIKE = replace(settings.YIKE, device_header=HEADER, proxies=1)
    made, fingerprint, authority = issued
    ours = _unpacked(made, tmp_path / "device.pem")
    stranger = tmp_path / "stranger.pem"
    stranger.write_bytes(_self_signed())
    with _proxy(authority, tmp_path) as port:
        assert _told(port, ours) == fingerprint
        assert _told(port, None) == ""
        with pytest.raises(OSError):  # noqa: PT011 - the handshake ends in one of several ways
            _told(port, stranger)


class _Teller(http.server.BaseHTTPRequestHandler):
    """Answers with what the product makes of the header this proxy sets; drops what is sent."""

    def do_GET(self) -> None:
        assert isinstance(self.connection, ssl.SSLSocket)
        der = self.connection.getpeercert(binary_form=True)
        told = {HEADER: quote(ssl.DER_cert_to_PEM_cert(der))} if der else {}
        found = incoming.client_certificate(RequestFactory().get("/desk/", headers=told)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(found)))
        self.end_headers()
        self.wfile.write(found)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


class _Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A refused handshake is what the test asks for."""


@contextmanager
def _proxy(authority: bytes, folder: Path) -> Iterator[int]:
    own = folder / "server.pem"
    own.write_bytes(_self_signed())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    context.load_verify_locations(cadata=authority.decode())
    context.verify_mode = ssl.CERT_OPTIONAL
    server = _Quiet(("127.0.0.1", 0), _Teller)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _told(port: int, certificate: Path | None) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if certificate:
        context.load_cert_chain(certificate)
    link = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=20)
    try:
        link.request("GET", "/", headers={HEADER: "ab" * 32})
        return link.getresponse().read().decode()
    finally:
        link.close()


def _unpacked(made: actions.NewDevice, file: Path) -> Path:
    """What importing the .p12 gives the browser."""
    key, leaf, _ = pkcs12.load_key_and_certificates(made.bundle, made.password.encode())
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert leaf
    file.write_bytes(_pem(key) + leaf.public_bytes(serialization.Encoding.PEM))
    return file


def _self_signed() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    return _pem(key) + made.public_bytes(serialization.Encoding.PEM)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )

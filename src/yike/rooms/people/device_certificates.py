"""Certificates of kiosks and window computers: the house's own small authority, ECDSA P-256.

The authority's key lies beside the sealing keys (0600) and is saved and restored with them. A
device's key is made here, handed over once, and kept nowhere.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

#: A certificate of a device ends after two years, that of the authority after twenty.
DEVICE_DAYS, AUTHORITY_DAYS = 730, 7300
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_SHA256 = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
_PEM_MOST = 16_000


@dataclass(frozen=True, kw_only=True)
class Authority:
    """The house's authority: who signs."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """The certificate for the proxy (nginx: ssl_client_certificate)."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A fresh certificate: what is kept of it, and what is handed over once."""

    fingerprint: str
    serial: str
    valid_from: datetime
    valid_until: datetime
    bundle: bytes
    password: str


def authority(file: Path, *, now: datetime) -> Authority:
    """This will return the house's authority, made at first use; `file` holds key and certificate.

    Two who ask at once get the same one.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(_new_authority(now))
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(part, file)
        part.unlink()
    told = file.read_bytes()
    key = serialization.load_pem_private_key(told, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return Authority(key=key, certificate=x509.load_pem_x509_certificate(told))


def issue(signer: Authority, *, device_id: UUID, name: str, now: datetime) -> Issued:
    """This will make a key and a certificate for a device, as PKCS#12 under a one-time password."""
    key = ec.generate_private_key(ec.SECP256R1())
    until = now + timedelta(days=DEVICE_DAYS)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, str(device_id)),
        ]
    )
    draft = _draft(subject, signer.certificate.subject, key.public_key(), now, until)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key())
    draft = draft.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    draft = draft.add_extension(usage, critical=True).add_extension(issuer, critical=False)
    made = draft.sign(signer.key, hashes.SHA256())
    password = "".join(secrets.choice(_SIGNS) for _ in range(16))
    return Issued(
        fingerprint=fingerprint(made),
        serial=f"{made.serial_number:x}",
        valid_from=made.not_valid_before_utc,
        valid_until=made.not_valid_after_utc,
        bundle=pkcs12.serialize_key_and_certificates(
            name.encode(),
            key,
            made,
            [signer.certificate],
            serialization.BestAvailableEncryption(password.encode()),
        ),
        password=password,
    )


def fingerprint(certificate: x509.Certificate) -> str:
    """This will return the SHA-256 of a certificate's DER, 64 hexadecimal signs."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def fingerprint_told(told: str) -> str:
    """This will return the fingerprint that a proxy tells: SHA-256, or the certificate as PEM.

    "" for anything else: a SHA-1 fingerprint proves too little.
    """
    text = told.strip()[:_PEM_MOST]
    if found := _SHA256.fullmatch(text.replace(":", "").lower().removeprefix("sha256")):
        return found[1]
    try:
        return fingerprint(x509.load_pem_x509_certificate(text.encode()))
    except ValueError:
        return ""


def _new_authority(now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Yike device authority")])
    draft = _draft(name, name, key.public_key(), now, now + timedelta(days=AUTHORITY_DAYS))
    draft = draft.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    draft = draft.add_extension(_signs_certificates(), critical=True)
    made = draft.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + made.public_bytes(serialization.Encoding.PEM)


def _draft(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    now: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    """A clock that runs five minutes late still takes a fresh certificate."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _signs_certificates() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )

"""Real files for tests, made by the programs that people use, or byte by byte after the norm."""

from __future__ import annotations

import io
import struct
import wave
import zipfile
from typing import Any

from PIL import Image


def photo(form: str = "JPEG", *, size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    """This will return a picture with a red left half and a blue right half."""
    picture = Image.new("RGB", size, (200, 0, 0))
    picture.paste((0, 0, 200), (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    """This will return a JPEG lying on its side, with maker and GPS position in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right by a quarter to stand upright
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 28.0, 0.0), 3: "E", 4: (121.0, 52.0, 0.0)})
    return photo("JPEG", size=(80, 40), exif=exif, comment=b"home of the witness")


def packed(names: dict[str, bytes]) -> bytes:
    """This will return a zip with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in names.items():
            package.writestr(name, content)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    """This will return the frame of a Word document."""
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    return packed(
        parts | {name.replace("__", "/").replace("_bin", ".bin"): b for name, b in more.items()}
    )


def pdf() -> bytes:
    """This will return a one-page PDF."""
    return photo("PDF")


def ole(*streams: str) -> bytes:
    """This will return an OLE file with one FAT sector and a directory of these streams."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", head, 44, 1, 1)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    sectors = -(-(len(streams) + 1) // 4)
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    listed = b"".join(_entry(name) for name in ("Root Entry", *streams))
    return bytes(head) + table + listed.ljust(sectors * 512, b"\0") + bytes(512)


def _entry(name: str) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack("<H", len(raw)) + bytes(62)


def wav() -> bytes:
    """This will return a tenth of a second of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return out.getvalue()


def mp3() -> bytes:
    """This will return an ID3 label and two frames of MPEG 1 layer III, 128 kbit/s, 44.1 kHz."""
    frame = b"\xff\xfb\x90\x00".ljust(417, b"\0")
    return b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + frame * 2


def media(brand: bytes, *handlers: bytes) -> bytes:
    """This will return ISO media boxes: type, movie header with these tracks, data."""
    movie = b"".join(_box(b"hdlr", bytes(8) + handler) for handler in handlers)
    return _box(b"ftyp", brand + bytes(4) + brand) + _box(b"moov", movie) + _box(b"mdat", bytes(64))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content

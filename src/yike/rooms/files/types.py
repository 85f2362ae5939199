"""What kinds of files are accepted, and how each is told by its content. Pure.

Each test looks at the structure of the whole, not only at the first bytes: a name proves
nothing, and four bytes prove little more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import puremagic

from yike.rooms.files import containers

MOST_BYTES = 20 * 1024 * 1024
MOST_TEXT_BYTES = 2 * 1024 * 1024

#: Said in every refusal of a type.
ACCEPTED = (
    "可以上传：照片和图片（JPG、PNG、WebP、GIF），PDF、OFD，Word、Excel、PPT 和 WPS 文档，"
    "纯文本（TXT），录音（MP3、M4A、AMR、WAV），视频（MP4、MOV）；"
    "每份不超过 20 MB，纯文本不超过 2 MB。"
)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One accepted kind. The nameless get the first of its endings."""

    words: str
    media_type: str
    endings: tuple[str, ...]
    told_by: Callable[[bytes], bool]


def tell(content: bytes) -> Kind | None:
    """This will return the kind that the content proves to be; None when it is none of them."""
    return next((kind for kind in KINDS if kind.told_by(content)), None)


def by_ending(ending: str) -> Kind | None:
    """This will return the kind that an ending (lower case, no dot) claims; None if unknown."""
    return next((kind for kind in KINDS if ending in kind.endings), None)


def looks_like(content: bytes) -> str:
    """This will return the ending that an unknown content most probably deserves, such as "exe"."""
    try:
        guesses = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return ""
    return str(guesses[0].extension).lstrip(".") if guesses else ""


def is_heic(content: bytes) -> bool:
    """This will tell a photo in Apple's format, which no browser of an office shows."""
    return content[4:8] == b"ftyp" and content[8:12] in {
        b"heic",
        b"heix",
        b"mif1",
        b"heim",
        b"msf1",
    }


def _jpeg(content: bytes) -> bool:
    return content[:3] == b"\xff\xd8\xff"


def _png(content: bytes) -> bool:
    return content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR"


def _webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _gif(content: bytes) -> bool:
    return content[:6] in {b"GIF87a", b"GIF89a"}


def _pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024] and b"startxref" in content and b"%%EOF" in content[-2048:]


def _text(content: bytes) -> bool:
    words = read_text(content)
    return words is not None and not re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", words)


def read_text(content: bytes) -> str | None:
    """This will return text in UTF-8, UTF-16 (with mark) or GB 18030; None when it is none."""
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    codes = [marks[content[:2]]] if content[:2] in marks else ["utf-8-sig", "gb18030"]
    for code in codes:
        try:
            return content.decode(code)
        except UnicodeDecodeError:
            continue
    return None


def _mp3(content: bytes) -> bool:
    """An ID3 label or nothing, then two frames in a row where the first one says they are."""
    start = 0
    if content[:3] == b"ID3" and len(content) > 10:
        size = 0
        for byte in content[6:10]:
            size = size << 7 | byte & 0x7F
        start = 10 + size
    frame = _mp3_frame(content, start)
    return frame > 0 and (_mp3_frame(content, start + frame) > 0 or start + frame >= len(content))


_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def _mp3_frame(content: bytes, at: int) -> int:
    """The length of the MPEG layer III frame at this place; 0 when there is none."""
    head = int.from_bytes(content[at : at + 4], "big")
    version, layer = head >> 19 & 3, head >> 17 & 3
    rate, sample = head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or version == 1 or layer != 1 or sample == 3:
        return 0
    bits = _RATES[3 if version == 3 else 2][rate]
    if not bits:
        return 0
    per_frame = 144 if version == 3 else 72
    return per_frame * bits * 1000 // _SAMPLES[version][sample] + (head >> 9 & 1)


def _amr(content: bytes) -> bool:
    return content.startswith((b"#!AMR\n", b"#!AMR-WB\n"))


def _wav(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WAVE" and b"fmt " in content[12:4096]


_OFFICE = "application/vnd.openxmlformats-officedocument."
#: The order matters where one structure holds another: text is tried last.
KINDS: tuple[Kind, ...] = (
    Kind(
        words="JPEG 图片", media_type="image/jpeg", endings=("jpg", "jpeg", "jfif"), told_by=_jpeg
    ),
    Kind(words="PNG 图片", media_type="image/png", endings=("png",), told_by=_png),
    Kind(words="WebP 图片", media_type="image/webp", endings=("webp",), told_by=_webp),
    Kind(words="GIF 图片", media_type="image/gif", endings=("gif",), told_by=_gif),
    Kind(words="PDF 文档", media_type="application/pdf", endings=("pdf",), told_by=_pdf),
    Kind(
        words="Word 文档",
        media_type=_OFFICE + "wordprocessingml.document",
        endings=("docx",),
        told_by=containers.holds("[Content_Types].xml", "word/document.xml"),
    ),
    Kind(
        words="Excel 表格",
        media_type=_OFFICE + "spreadsheetml.sheet",
        endings=("xlsx",),
        told_by=containers.holds("[Content_Types].xml", "xl/workbook.xml"),
    ),
    Kind(
        words="PPT 文稿",
        media_type=_OFFICE + "presentationml.presentation",
        endings=("pptx",),
        told_by=containers.holds("[Content_Types].xml", "ppt/presentation.xml"),
    ),
    Kind(
        words="OFD 文档",
        media_type="application/ofd",
        endings=("ofd",),
        told_by=containers.holds("OFD.xml"),
    ),
    Kind(
        words="Word 97 文档",
        media_type="application/msword",
        endings=("doc", "wps"),
        told_by=containers.ole_with("WordDocument"),
    ),
    Kind(
        words="Excel 97 表格",
        media_type="application/vnd.ms-excel",
        endings=("xls", "et"),
        told_by=containers.ole_with("Workbook", "Book"),
    ),
    Kind(
        words="PPT 97 文稿",
        media_type="application/vnd.ms-powerpoint",
        endings=("ppt", "dps"),
        told_by=containers.ole_with("PowerPoint Document"),
    ),
    Kind(words="MP3 录音", media_type="audio/mpeg", endings=("mp3",), told_by=_mp3),
    Kind(words="AMR 录音", media_type="audio/amr", endings=("amr",), told_by=_amr),
    Kind(words="WAV 录音", media_type="audio/wav", endings=("wav",), told_by=_wav),
    Kind(
        words="MOV 视频",
        media_type="video/quicktime",
        endings=("mov", "qt"),
        told_by=containers.film(b"qt  "),
    ),
    Kind(words="M4A 录音", media_type="audio/mp4", endings=("m4a",), told_by=containers.sound_only),
    Kind(
        words="MP4 视频",
        media_type="video/mp4",
        endings=("mp4", "m4v"),
        told_by=containers.film(),
    ),
    Kind(words="纯文本", media_type="text/plain", endings=("txt", "text"), told_by=_text),
)
#: Endings for an upload field.
ENDINGS: tuple[str, ...] = tuple(f".{ending}" for kind in KINDS for ending in kind.endings)

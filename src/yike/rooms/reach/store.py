"""Where uploads wait and networks lie: below the state folder, networks by their digest.

A network may be larger than a paper of the room `files`, and holds nothing personal.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path, PurePath
from typing import Protocol
from uuid import UUID

from django.conf import settings

from yike.rooms.core.refusal import BadInput
from yike.rooms.guard import clean

#: Most bytes of one upload; the desk takes 100 MB at most.
MOST_BYTES = 95 * 1024 * 1024


class Readable(Protocol):
    """Anything with `read(n)`: an upload, an open file, BytesIO."""

    def read(self, size: int = ..., /) -> bytes: ...


def file_name(name: str, endings: tuple[str, ...]) -> str:
    """This will return a name that may lie on disk. Refuses BadInput another ending."""
    plain = clean.text(PurePath(name.replace("\\", "/")).name, field="file", most=120, least=1)
    if plain.startswith(".") or not plain.lower().endswith(endings):
        raise BadInput(f"文件名应以 {'、'.join(endings)} 结尾。", field="file")
    return plain


def keep_upload(ref: UUID, name: str, content: Readable) -> None:
    """This will write an upload to its place. Refuses BadInput when it is empty or too large."""
    place = _upload(ref) / name
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    size = 0
    with place.open("wb") as stream:
        while piece := content.read(1024 * 1024):
            size += len(piece)
            if size > MOST_BYTES:
                drop_upload(ref)
                raise BadInput(
                    "文件超过 95 MB。", way_on="请只截取本县和周边一圈的数据。", field="file"
                )
            stream.write(piece)
    if not size:
        drop_upload(ref)
        raise BadInput("这个文件是空的，请换一个。", field="file")


def upload_of(ref: UUID) -> Path | None:
    """This will return where an upload lies, None when it is gone."""
    found = sorted(_upload(ref).glob("*")) if _upload(ref).exists() else []
    return found[0] if found else None


def drop_upload(ref: UUID) -> None:
    """This will remove an upload; it may be gone already."""
    shutil.rmtree(_upload(ref), ignore_errors=True)


def uploads_before(instant: float) -> list[UUID]:
    """This will return the uploads that lie here since before this POSIX instant."""
    root = Path(settings.INCOMING_DIR)
    found = root.iterdir() if root.exists() else ()
    return sorted(UUID(one.name) for one in found if one.stat().st_mtime < instant)


def network_path(digest: str) -> Path:
    """This will return where the network with this digest lies."""
    return _networks() / f"{digest}.net"


def feed_path(digest: str) -> Path:
    """This will return where the timetable with this digest lies."""
    return _networks() / f"{digest}.gtfs.zip"


def digest_of(path: Path) -> str:
    """This will return SHA-256 (hex) of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def timed_path(network: str, feed: str) -> Path:
    """This will return where a network lies with a timetable laid into it, by both digests."""
    return _networks() / f"{network[:32]}-{feed[:32]}.net"


def keep_feed(ref: UUID, digest: str) -> None:
    """This will move an upload to where timetables lie."""
    found = upload_of(ref)
    if found is not None:
        _networks().mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.move(found, feed_path(digest))


def drop_timed(feed: str) -> None:
    """This will remove what was laid out of a timetable that is not to stay."""
    for one in _networks().glob(f"*-{feed[:32]}.net*"):
        one.unlink(missing_ok=True)


def timed_names() -> set[str]:
    """This will return the names of all networks with a timetable laid in."""
    return {one.name for one in _networks().glob("*-*.net") if not one.name.startswith("new-")}


def drop_network_file(name: str, *, before: float) -> bool:
    """This will remove such a network if it lies here since before this POSIX instant."""
    place = _networks() / name
    if not place.is_file() or place.stat().st_mtime >= before:
        return False
    place.unlink(missing_ok=True)
    return True


def is_there(path: str) -> bool:
    """This will say whether a stored network is where it should be."""
    return Path(path).is_file()


def place_for_new(ref: UUID) -> Path:
    """This will return where a network is written before its digest is known."""
    _networks().mkdir(parents=True, exist_ok=True, mode=0o700)
    return _networks() / f"new-{ref}.net"


def settle(ref: UUID, digest: str) -> None:
    """This will give a written network its name for good."""
    place_for_new(ref).replace(network_path(digest))


def drop_new(ref: UUID) -> None:
    """This will remove what was written of a network that is not to stay."""
    place_for_new(ref).unlink(missing_ok=True)


def _networks() -> Path:
    return Path(settings.NETWORKS_DIR)


def _upload(ref: UUID) -> Path:
    return Path(settings.INCOMING_DIR) / str(ref)

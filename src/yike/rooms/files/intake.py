"""Checks a file before it is kept: name, virus marks, type, structure; pictures are drawn anew."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from yike.rooms.core.refusal import BadInput
from yike.rooms.files import containers, pictures, types
from yike.rooms.guard import secrecy

LONGEST_NAME = 120
#: The test mark of virus scanners (EICAR), in two parts: no scanner shall find it in this file.
_VIRUS_MARK = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
_SEPARATORS = re.compile(r"[\\/]")
#: Signs that no file system of an office takes, and those that turn the reading direction.
_UNFIT = re.compile(r'[<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A file that may be kept: its clean name, its proven type, the content to keep."""

    name: str
    media_type: str
    content: bytes


def check(*, name: str, content: bytes) -> Checked:
    """This will return what may be kept of a file, or refuse with BadInput(field="file")."""
    clean = clean_name(name)
    _refuse_size(content)
    _refuse_virus(clean, content)
    _refuse_secrets(name, clean)
    kind = _kind(clean, content)
    _refuse_traps(clean, kind, content)
    if kind.media_type == "text/plain":
        _refuse_long_text(content)
        _refuse_secrets(types.read_text(content) or "")
    if kind.media_type.startswith("image/"):
        content = pictures.redraw(content, kind.media_type)
    return Checked(name=_named(clean, kind), media_type=kind.media_type, content=content)


def clean_name(name: str) -> str:
    """This will return a name without folders, control and direction signs, 120 signs at most.

    Rare characters (𠮷) stay. A name of nothing but such signs becomes "材料".
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cs", "Cn"})
    tidy = re.sub(r"\s+", " ", _UNFIT.sub("", shown)).strip().rstrip(" .")
    stem, dot, ending = tidy.rpartition(".")
    if not dot or len(ending) > 10:
        return tidy[:LONGEST_NAME] or "材料"
    stem = stem.strip(" .")[: LONGEST_NAME - len(ending) - 1]
    return f"{stem or '材料'}.{ending}"


def _refuse_size(content: bytes) -> None:
    if not content:
        raise BadInput("这份材料是空的。", way_on="请检查后重新选择文件。", field="file")
    if len(content) > types.MOST_BYTES:
        raise BadInput(
            "这份材料超过 20 MB。",
            way_on="请压缩、裁剪或分成几份再上传；较长的录音录像可以带到窗口提交。",
            field="file",
        )


def _refuse_long_text(content: bytes) -> None:
    """Every line of a text is read for markings: seconds of work for 20 MB, free to ask for."""
    if len(content) > types.MOST_TEXT_BYTES:
        raise BadInput(
            "纯文本材料超过 2 MB。",
            way_on="请只截取有关的部分，或者另存为 PDF、Word 再上传。",
            field="file",
        )


def _refuse_secrets(*texts: str) -> None:
    """The same no as for typed text, at the field where it belongs."""
    try:
        secrecy.refuse_state_secrets(*texts)
    except BadInput as no:
        raise BadInput(no.sentence, way_on=no.way_on, field="file") from None


def _refuse_virus(name: str, content: bytes) -> None:
    if "eicar" in name.lower() or _VIRUS_MARK in content:
        raise BadInput(
            "这份材料带有病毒测试标记，没有接收。",
            way_on="请用杀毒软件检查您的设备，换一份干净的文件再上传。",
            field="file",
        )


def _kind(name: str, content: bytes) -> types.Kind:
    """The proven kind; refuses what is not accepted, and a name that says something else."""
    if types.is_heic(content):
        raise BadInput(
            "苹果手机的 HEIC 照片很多电脑打不开，没有接收。",
            way_on="请在手机“设置→相机→格式”里选“兼容性最佳”再拍，或把照片另存为 JPG。",
            field="file",
        )
    found, ending = types.tell(content), _ending(name)
    claimed = types.by_ending(ending)
    if claimed and found and claimed is not found and not _same_family(claimed, found):
        raise BadInput(
            f"“{name}”的名字说它是{claimed.words}，内容却是{found.words}。",
            way_on="请用原来的程序打开它，另存为正确的格式再上传。",
            field="file",
        )
    if found is None or (ending and claimed is None):
        raise BadInput(_not_accepted(name, claimed, content), way_on=types.ACCEPTED, field="file")
    return found


def _same_family(claimed: types.Kind, found: types.Kind) -> bool:
    """Telephones call a sound recording mp4 and a film mov as they please."""
    films = {"video/mp4", "audio/mp4", "video/quicktime"}
    return claimed.media_type in films and found.media_type in films


def _not_accepted(name: str, claimed: types.Kind | None, content: bytes) -> str:
    if claimed:
        return f"“{name}”不是完整的{claimed.words}，可能已经损坏，或者改过名字。"
    looks = types.looks_like(content)
    return f"不接收这种类型的材料{f'（看起来是 {looks}）' if looks else ''}。"


def _refuse_traps(name: str, kind: types.Kind, content: bytes) -> None:
    fault = containers.fault_of_zip(content)
    if not fault and containers.ole_has_macros(content):
        fault = "含有宏"
    if fault:
        raise BadInput(
            f"“{name}”{fault}，没有接收。",
            way_on=f"请去掉后另存一份{kind.words}，或者导出为 PDF 再上传。",
            field="file",
        )


def _ending(name: str) -> str:
    """The ending of a name; `合同.2026版` and `v1.2` have none."""
    found = re.search(r"\.([A-Za-z][A-Za-z0-9]{0,9})$", name)
    return found[1].lower() if found else ""


def _named(name: str, kind: types.Kind) -> str:
    """Gives the right ending to a name that has none, or one of a sister format."""
    ending = _ending(name)
    if ending in kind.endings:
        return name
    stem = name[: -len(ending) - 1] if ending and types.by_ending(ending) else name
    return f"{stem[: LONGEST_NAME - 5]}.{kind.endings[0]}"

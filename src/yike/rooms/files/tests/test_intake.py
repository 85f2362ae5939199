"""What is taken in, under which name and type, and what is refused with which way on."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from yike.rooms.core.refusal import BadInput
from yike.rooms.files import intake, pictures
from yike.rooms.files.tests import makers

ACCEPTED = [
    ("照片.jpg", makers.photo("JPEG"), "image/jpeg"),
    ("照片.JPEG", makers.photo("JPEG"), "image/jpeg"),
    ("截图.png", makers.photo("PNG"), "image/png"),
    ("图.webp", makers.photo("WEBP"), "image/webp"),
    ("图.gif", makers.photo("GIF"), "image/gif"),
    ("合同.pdf", makers.pdf(), "application/pdf"),
    ("公文.ofd", makers.packed({"OFD.xml": b"<OFD/>"}), "application/ofd"),
    (
        "状.docx",
        makers.docx(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("旧状.doc", makers.ole("1Table", "Data", "a", "b", "c", "WordDocument"), "application/msword"),
    ("旧状.wps", makers.ole("WordDocument"), "application/msword"),
    ("工资.xls", makers.ole("Workbook"), "application/vnd.ms-excel"),
    ("说明.txt", "被拖欠工资三个月。\n".encode(), "text/plain"),
    ("说明.txt", "被拖欠工资三个月。\r\n".encode("gb18030"), "text/plain"),
    ("录音.wav", makers.wav(), "audio/wav"),
    ("录音.mp3", makers.mp3(), "audio/mpeg"),
    ("通话.amr", b"#!AMR\n" + bytes(100), "audio/amr"),
    ("录音.m4a", makers.media(b"M4A ", b"soun"), "audio/mp4"),
    ("现场.mp4", makers.media(b"isom", b"vide", b"soun"), "video/mp4"),
    ("现场.mov", makers.media(b"qt  ", b"vide"), "video/quicktime"),
]


@pytest.mark.parametrize(("name", "content", "media_type"), ACCEPTED)
def test_is_told_by_its_content(name: str, content: bytes, media_type: str) -> None:
    checked = intake.check(name=name, content=content)
    assert (checked.media_type, checked.name) == (media_type, name)


EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

REFUSED = [
    ("空.pdf", b"", "空的"),
    ("木马.pdf", b"MZ\x90\x00" + bytes(500), "不是完整的PDF"),
    ("木马.exe", b"MZ\x90\x00" + bytes(500), "看起来是 exe"),
    ("照片.pdf", makers.photo("JPEG"), "内容却是JPEG"),
    ("合同.docx", makers.packed({"a.txt": b"x"}), "不是完整的Word"),
    ("合同.docx", makers.docx()[:-40], "不是完整的Word"),
    ("宏.docx", makers.docx(word__vbaProject_bin=b"x"), "含有宏"),
    ("宏.doc", makers.ole("WordDocument", "_VBA_PROJECT"), "含有宏"),
    ("页.html", b"<html><script>alert(1)</script>", "不接收这种类型"),
    ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不接收这种类型"),
    ("压缩.zip", makers.packed({"a.txt": b"x"}), "不接收这种类型"),
    ("说明.txt", b"a\x00b" * 30, "不是完整的纯文本"),
    ("毒.txt", EICAR, "病毒测试标记"),
    ("eicar.com.pdf", makers.pdf(), "病毒测试标记"),
    ("苹果.heic", b"\0\0\0\x18ftypheic" + bytes(40), "HEIC"),
    ("断.jpg", makers.photo("JPEG", size=(400, 400))[:-900], "损坏"),
    ("断.pdf", makers.pdf()[:-200], "不是完整的PDF"),
    ("断.mp4", makers.media(b"isom", b"vide")[:-1], "不是完整的MP4"),
    ("一帧.mp3", b"\xff\xfb\x90\x00" + bytes(600), "不是完整的MP3"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED)
def test_is_refused_with_a_way_on(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refused:
        intake.check(name=name, content=content)
    assert refused.value.field == "file"
    assert refused.value.way_on


def test_too_large_is_refused_and_the_limit_itself_is_not() -> None:
    head, tail = b"%PDF-1.4\n", b"\nstartxref\n0\n%%EOF"
    paper = head + b"a" * (20 * 1024 * 1024 - len(head) - len(tail)) + tail
    assert len(intake.check(name="长.pdf", content=paper).content) == len(paper)
    with pytest.raises(BadInput, match="20 MB"):
        intake.check(name="长.pdf", content=b"\n" + paper)


def test_a_text_too_long_to_be_read_for_markings_is_refused() -> None:
    words = b"a" * (2 * 1024 * 1024)
    assert intake.check(name="长.txt", content=words).media_type == "text/plain"
    with pytest.raises(BadInput, match="2 MB"):
        intake.check(name="长.txt", content=words + b"a")


def test_a_zip_that_unpacks_to_too_much_is_refused() -> None:
    bomb = makers.docx(word__media=bytes(containers_limit() + 1))
    assert len(bomb) < 2_000_000
    with pytest.raises(BadInput, match="解开后过大"):
        intake.check(name="弹.docx", content=bomb)


def containers_limit() -> int:
    from yike.rooms.files import containers

    return containers.MOST_UNPACKED


NAMES = [
    ("../../etc/passwd.txt", "passwd.txt"),
    ("C:\\Users\\我\\欠条.jpg", "欠条.jpg"),
    ("𠮷野家\x00\x07合同\n.pdf", "𠮷野家合同.pdf"),
    ("a\u202egpj.exe.pdf", "agpj.exe.pdf"),
    ("   ", "材料"),
    (".pdf", "材料.pdf"),
    ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ("合同:最终?.pdf", "合同最终.pdf"),
]


@pytest.mark.parametrize(("typed", "kept"), NAMES)
def test_names_are_cleaned(typed: str, kept: str) -> None:
    assert intake.clean_name(typed) == kept
    assert len(intake.clean_name(typed)) <= 120


class TestNames:
    def test_the_nameless_get_the_right_ending(self) -> None:
        assert intake.check(name="欠条", content=makers.photo()).name == "欠条.jpg"

    def test_a_number_after_a_dot_is_no_ending(self) -> None:
        assert intake.check(name="合同v1.2", content=makers.pdf()).name == "合同v1.2.pdf"

    def test_a_sound_called_mp4_is_renamed_not_refused(self) -> None:
        sound = makers.media(b"isom", b"soun")
        assert intake.check(name="录音.mp4", content=sound).name == "录音.m4a"


class TestPictures:
    def test_place_maker_and_comment_are_gone_and_it_stands_upright(self) -> None:
        before = makers.photo_with_place()
        assert b"SecretPhone" in before
        after = intake.check(name="a.jpg", content=before).content
        with Image.open(io.BytesIO(after)) as picture:
            assert picture.size == (40, 80)
            assert not picture.getexif()
            assert "comment" not in picture.info
            top, bottom = picture.getpixel((20, 10)), picture.getpixel((20, 70))
        assert isinstance(top, tuple)
        assert isinstance(bottom, tuple)
        assert top[0] > 150 > top[2]
        assert bottom[2] > 150 > bottom[0]
        assert b"SecretPhone" not in after
        assert b"witness" not in after

    def test_png_words_are_gone(self) -> None:
        from PIL.PngImagePlugin import PngInfo

        words = PngInfo()
        words.add_text("Author", "somebody")
        after = pictures.redraw(makers.photo("PNG", pnginfo=words), "image/png")
        assert b"somebody" not in after

    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
    def test_large_ones_are_made_smaller(self, form: str) -> None:
        after = pictures.redraw(makers.photo(form, size=(5000, 50)), f"image/{form.lower()}")
        with Image.open(io.BytesIO(after)) as picture:
            assert picture.size == (4096, 41)

    def test_a_moving_gif_keeps_moving(self) -> None:
        frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (0, 120, 240)]
        out = io.BytesIO()
        frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=b"secret")
        after = pictures.redraw(out.getvalue(), "image/gif")
        assert b"secret" not in after
        with Image.open(io.BytesIO(after)) as picture:
            assert getattr(picture, "n_frames", 1) == 3

    @pytest.mark.parametrize("mode", ["CMYK", "L", "I;16", "P", "LA", "1"])
    def test_modes_of_scanners_are_kept_readable(self, mode: str) -> None:
        form = "JPEG" if mode == "CMYK" else "PNG"
        out = io.BytesIO()
        Image.new(mode, (30, 20)).save(out, form)
        after = pictures.redraw(out.getvalue(), f"image/{form.lower()}")
        with Image.open(io.BytesIO(after)) as picture:
            assert picture.size == (30, 20)

    def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked(self) -> None:
        bomb = makers.photo("PNG", size=(20_000, 20_000), compress_level=1)
        with pytest.raises(BadInput, match="像素太多"):
            pictures.redraw(bomb, "image/png")


@pytest.mark.parametrize(
    ("name", "words"),
    [("绝密★会议纪要.txt", "内容"), ("纪要.txt", "机密★1年\n关于某事的请示")],
)
def test_state_secrets_are_refused_by_name_and_by_words(name: str, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        intake.check(name=name, content=words.encode())
    assert refused.value.way_on
    assert refused.value.field == "file"


def test_ordinary_secrets_are_taken() -> None:
    checked = intake.check(name="商业秘密纠纷.txt", content="公司要求我保守秘密。".encode())
    assert checked.media_type == "text/plain"

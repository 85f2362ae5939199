"""Draws pictures anew: upright, at most 4096 pixels a side, without EXIF, place or other labels."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from yike.rooms.core.refusal import BadInput

MOST_SIDE = 4096
#: Pixels that are unpacked at most, of all frames together: about 270 MB.
MOST_PIXELS = 89_000_000
MOST_FRAMES = 200
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}


def redraw(content: bytes, media_type: str) -> bytes:
    """This will return the same picture, drawn anew in the same format.

    Refuses a damaged picture and one of too many pixels with BadInput(field="file").
    """
    form = _FORMATS[media_type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[form])
        frames = getattr(picture, "n_frames", 1)
        if frames > MOST_FRAMES or picture.width * picture.height * frames > MOST_PIXELS:
            raise Image.DecompressionBombError
        return _animated(picture) if form == "GIF" and frames > 1 else _still(picture, form)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadInput(
            "这张图片的像素太多，打不开。",
            way_on="请用手机或电脑把它缩小到 8000 万像素以内，再上传。",
            field="file",
        ) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError):
        raise BadInput(
            "这张图片损坏了，打不开。", way_on="请重新拍照，或者另存一份再上传。", field="file"
        ) from None


def _still(picture: Image.Image, form: str) -> bytes:
    if form == "JPEG":
        picture.draft("RGB", (MOST_SIDE, MOST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    small = _fitting(_plain(upright, form))
    small.info.clear()
    out = io.BytesIO()
    if form in {"PNG", "GIF"}:
        small.save(out, form)
    else:
        small.save(out, form, quality=88)
    return out.getvalue()


def _plain(picture: Image.Image, form: str) -> Image.Image:
    """In a mode the format can hold: photos of scanners come in CMYK, 16 bits or palettes."""
    if form == "JPEG":
        return picture.convert("RGB") if picture.mode not in {"RGB", "L"} else picture
    if form == "GIF" or picture.mode in {"RGB", "RGBA", "L", "1"}:
        return picture
    clear = picture.mode in {"LA", "PA"} or "transparency" in picture.info
    return picture.convert("RGBA" if clear else "RGB")


def _fitting(picture: Image.Image) -> Image.Image:
    if max(picture.size) <= MOST_SIDE:
        return picture.copy()
    fitting = picture.convert("RGB") if picture.mode in {"P", "1"} else picture.copy()
    fitting.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.LANCZOS)
    return fitting


def _animated(picture: Image.Image) -> bytes:
    """A moving GIF may be evidence: its frames are kept, its comments are not."""
    frames = [_fitting(frame.convert("RGBA")) for frame in ImageSequence.Iterator(picture)]
    duration = picture.info.get("duration", 100)
    for frame in frames:
        frame.info.clear()
    out = io.BytesIO()
    frames[0].save(
        out, "GIF", save_all=True, append_images=frames[1:], duration=duration, loop=0, disposal=2
    )
    return out.getvalue()

"""A layer of points as a zipped Shapefile: names of ten letters, cells of 254 bytes.

What is needed to upload it again is whole or refused; longer words are cut and say so.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyogrio
import shapely

from yike.rooms.core.refusal import BadInput
from yike.rooms.exchange.features import Feature, written
from yike.rooms.exchange.layers import Layer

#: bytes of a cell, letters of a name: the format allows no more
CELL, NAME = 254, 10
_WHOLE = ("code", "name", "address", "phone", "region_code")
_CUT = "…"
_NUMBERS = ("integer", "number")


def short(name: str) -> str:
    """This will return what a field is called in the table of a Shapefile."""
    return name[:NAME]


def packed(layer: Layer, found: tuple[Feature, ...], crs: str) -> bytes:
    """This will return the layer. Refuses BadInput a code, name or address that does not fit."""
    shapes = np.array(
        [None if one.shape is None else shapely.to_wkb(one.shape) for one in found], dtype=object
    )
    columns = [
        np.array(
            [_cell(one, name.name, name.type) for one in found],
            dtype=np.float64 if name.type in _NUMBERS else object,
        )
        for name in layer.fields
    ]
    names = [short(one.name) for one in layer.fields]
    out = io.BytesIO()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{layer.id}.shp"
        pyogrio.raw.write(
            path, shapes, columns, names, driver="ESRI Shapefile", encoding="UTF-8",
            crs=f"EPSG:{crs}", geometry_type="Point",
        )  # fmt: skip
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(folder).iterdir()):
                archive.write(part, part.name)
    return out.getvalue()


def _cell(one: Feature, name: str, kind: str) -> Any:
    value = one.properties.get(name)
    if kind in _NUMBERS:
        return np.nan if value is None else float(value)
    if value is None:
        return None
    words = written(value)
    raw = words.encode()
    if len(raw) <= CELL:
        return words
    if name in _WHOLE:
        raise BadInput(
            f"“{words[:20]}…”太长，Shapefile 的一格只有 {CELL} 个字节，放不下",
            way_on="请下载 GeoPackage、GeoJSON 或 CSV。",
        )
    return raw[: CELL - len(_CUT.encode())].decode("utf-8", errors="ignore") + _CUT

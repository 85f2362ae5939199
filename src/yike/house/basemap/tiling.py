"""Cuts the layers into vector tiles with GDAL, and joins them: layers lie one after another."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from yike.house.basemap import archive, sorting
from yike.house.basemap.reading import Extract, Shapes

#: In units of a tile (4096 a side): half a pixel, and at the last zoom a quarter.
_SIMPLER = {"SIMPLIFICATION": "4", "SIMPLIFICATION_MAX_ZOOM": "2"}


def cut(extract: Extract, folder: Path) -> list[Path]:
    """This will write one MBTiles file for each layer that holds something."""
    return [
        _cut(layer, extract.layers[layer.name], folder)
        for layer in sorting.LAYERS
        if layer.name in extract.layers
    ]


def _cut(layer: sorting.Layer, shapes: Shapes, folder: Path) -> Path:
    path = folder / f"{layer.name}.mbtiles"
    zooms = {"MINZOOM": str(layer.first), "MAXZOOM": str(layer.last)}
    write_layer(
        path, layer.name, shapes, driver="MVT",
        dataset_options=zooms | _SIMPLER | {"FORMAT": "MBTILES", "NAME": layer.name},
    )  # fmt: skip
    return path


def write_layer(path: Path, layer: str, shapes: Shapes, **more: Any) -> None:
    """This will write one layer with kind and name by GDAL."""
    names = np.array([name or None for name in shapes.name], dtype=object)
    pyogrio.raw.write(
        path, shapely.to_wkb(shapes.geometry), [np.array(shapes.kind, dtype=object), names],
        ["kind", "name"], layer=layer, geometry_type="Unknown", crs="EPSG:4326",
        encoding="UTF-8", **more,
    )  # fmt: skip


def joined(parts: list[Path]) -> Iterator[tuple[int, bytes]]:
    """This will yield the tiles of all parts, by number ascending, each gzipped once."""
    held: dict[int, list[tuple[int, int, int, int]]] = {}
    links = [sqlite3.connect(path) for path in parts]
    try:
        for at, link in enumerate(links):
            for zoom, column, row in link.execute(
                "select zoom_level, tile_column, tile_row from tiles"
            ):
                turned = (1 << zoom) - 1 - row  # MBTiles counts rows from the south
                number = archive.tile_id(zoom, column, turned)
                held.setdefault(number, []).append((at, zoom, column, row))
        for number in sorted(held):
            whole = b"".join(_tile(links[at], *where) for at, *where in held[number])
            yield number, gzip.compress(whole, mtime=0)
    finally:
        for link in links:
            link.close()


def _tile(link: sqlite3.Connection, zoom: int, column: int, row: int) -> bytes:
    asked = "select tile_data from tiles where zoom_level=? and tile_column=? and tile_row=?"
    with closing(link.execute(asked, (zoom, column, row))) as found:
        content: bytes = found.fetchone()[0]
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content

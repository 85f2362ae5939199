"""Sea polygons from coastlines: the sea is on the right of each line, inside the extract's box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

Box = tuple[float, float, float, float]

#: How far beside a stretch of coast its two sides are asked, in degrees: some 10 cm.
_BESIDE = 1e-6
#: A face whose coast contradicts itself by more than this share was not closed by the extract.
_DOUBT = 0.02


class OpenCoast(Exception):
    """The coastline of the extract does not part land from sea."""


def sea(lines: Sequence[Any], box: Box) -> list[Any]:
    """This will return the polygons of sea in a box; none without a coastline.

    Raises OpenCoast when lines end inside the box, so that a face has sea and land on its coast.
    """
    frame = shapely.box(*box)
    coast = shapely.intersection(shapely.union_all(list(lines)), frame)
    if coast.is_empty:
        return []
    edges = shapely.union_all([coast, frame.exterior])
    faces = np.array(shapely.get_parts(shapely.polygonize([*shapely.get_parts(edges)])))
    wet, dry = _votes(faces, lines, frame)
    doubtful = np.minimum(wet, dry) > _DOUBT * (wet + dry)
    if doubtful.any() or not (wet + dry).all():
        raise OpenCoast
    return list(faces[wet > dry])


def _votes(faces: Any, lines: Sequence[Any], frame: Any) -> tuple[Any, Any]:
    """How many stretches of coast have each face on their right, and on their left."""
    coords, number = shapely.get_coordinates(list(lines), return_index=True)
    inner = number[:-1] == number[1:]
    begin, step = coords[:-1][inner], np.diff(coords, axis=0)[inner]
    length = np.hypot(*step.T)
    begin, step, length = begin[length > 0], step[length > 0], length[length > 0]
    middle = begin + step / 2
    right = np.column_stack((step[:, 1], -step[:, 0])) / length[:, None] * _BESIDE
    tree = shapely.STRtree(faces)

    def count(sides: Any) -> Any:
        _, hit = tree.query(shapely.points(sides), predicate="within")
        return np.bincount(hit, minlength=len(faces))

    return count(middle + right), count(middle - right)

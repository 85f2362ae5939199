"""Every read of uploads and comparisons, and the files that are handed out."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import numpy as np
import pyogrio
import shapely
from django.db.models import QuerySet

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.exchange import (
    access,
    changes,
    flow,
    layers,
    matching,
    peer_pages,
    planning,
    shapefile,
)
from yike.rooms.exchange.changes import Unmapped
from yike.rooms.exchange.features import Feature, written
from yike.rooms.exchange.matching import Count, Row
from yike.rooms.exchange.models import Comparison, Upload
from yike.rooms.places.upkeep import FACILITIES

#: so many stand on a page
_LATEST = 50
FORMATS = {"geojson": "GeoJSON", "gpkg": "GeoPackage", "csv": "CSV", "zip": "Shapefile"}
#: systems of a GeoPackage
GPKG_CRS = {"4490": "CGCS2000（EPSG:4490）", "4326": "WGS84（EPSG:4326）"}


@dataclass(frozen=True, kw_only=True)
class UploadRow:
    """One upload in a list."""

    id: UUID
    version: int
    facility_name: str
    region_code: str
    file_name: str
    state: str
    state_name: str
    added: int
    changed: int
    left: int
    taken_at: datetime
    taken_by: str


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One line of an upload: what it adds, or field by field what it changes."""

    line: int
    verb: str
    code: str
    name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class UploadPage:
    """One upload whole, with the verbs open to this actor."""

    row: UploadRow
    note: str
    crs: str
    verdict: str
    reason: str
    submitted_at: datetime | None
    decided_at: datetime | None
    decided_by: str
    undone_at: datetime | None
    undone_by: str
    rows: tuple[PlanRow, ...]
    can: tuple[str, ...]
    #: it waits, and this actor may not approve what they brought
    own: bool


@dataclass(frozen=True, kw_only=True)
class ComparisonRow:
    """One report in a list."""

    id: UUID
    name: str
    layer: str
    layer_name: str
    here: int
    there: int
    both: int
    differences: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One row of a report; `at` its index. `can`: it may become a correction."""

    at: int
    row: Row
    kind_name: str
    can: bool
    taken_up: bool


@dataclass(frozen=True, kw_only=True)
class Reject:
    """One push that the platform had not taken when the report was made."""

    number: int
    fate_name: str
    at: datetime
    words: str
    points: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ComparisonPage:
    """One report whole."""

    row: ComparisonRow
    file_name: str
    crs: str
    metres: int
    verdict: str
    likeness: str
    counts: tuple[Count, ...]
    sums: tuple[tuple[str, int], ...]
    differences: tuple[Difference, ...]
    keeps: bool
    #: of a platform that layers are pushed to
    peer_id: UUID | None
    rejects: tuple[Reject, ...]
    unmapped: tuple[Unmapped, ...]


def uploads(actor: Actor, county: str) -> tuple[UploadRow, ...]:
    """This will return the latest uploads of a county, the newest first."""
    rows = Upload.objects.filter(county_code=county).defer("plan").order_by("-version")
    return tuple(_upload(row) for row in rows[:_LATEST])


def upload_page(actor: Actor, ref: UUID) -> UploadPage:
    """This will return one upload. Refuses NotFound."""
    row = access.upload_for(actor, ref)
    who = access.standing(actor, row)
    return UploadPage(
        row=_upload(row), note=row.note, crs=row.crs, verdict=row.verdict, reason=row.reason,
        submitted_at=row.submitted_at, decided_at=row.decided_at, decided_by=row.decided_by,
        undone_at=row.undone_at, undone_by=row.undone_by,
        rows=tuple(_planned(one, row.facility) for one in row.plan),
        can=flow.open_to(row.state, who),
        own=row.state == flow.SUBMITTED and flow.UPLOADER in who,
    )  # fmt: skip


def region_to_bring(actor: Actor, county: str) -> str:
    """This will return the region whose points somebody may upload. Refuses NotAllowed."""
    return access.region_to_bring(actor, county)


def comparisons(actor: Actor, county: str) -> tuple[ComparisonRow, ...]:
    """This will return the latest reports of a county, the newest first."""
    rows: QuerySet[Comparison] = Comparison.objects.filter(county_code=county)
    return tuple(_comparison(row) for row in rows.order_by("-made_at")[:_LATEST])


def comparison_page(actor: Actor, ref: UUID) -> ComparisonPage:
    """This will return one report. Refuses NotFound."""
    row = access.comparison_for(actor, ref)
    keeps = access.keeps(actor, row.county_code)
    found = [
        Difference(
            at=at, row=Row(**one), kind_name=matching.KINDS[one["kind"]],
            can=keeps and row.layer == "stations" and bool(one["here"]) and at not in row.taken_up,
            taken_up=at in row.taken_up,
        )
        for at, one in enumerate(row.rows)
    ]  # fmt: skip
    return ComparisonPage(
        row=_comparison(row), file_name=row.file_name, crs=row.crs, metres=row.metres,
        verdict=row.verdict, likeness=row.likeness, differences=tuple(found), keeps=keeps,
        counts=tuple(Count(**one) for one in row.counts),
        sums=tuple(
            (name, sum(one.row.kind == kind for one in found))
            for kind, name in matching.KINDS.items()
        ),
        peer_id=row.peer_id, rejects=tuple(_reject(one) for one in row.rejects),
        unmapped=tuple(Unmapped(**one) for one in row.unmapped),
    )  # fmt: skip


def comparison_csv(actor: Actor, ref: UUID) -> str:
    """This will return a report as CSV."""
    page = comparison_page(actor, ref)
    head = ["差异", "图层", "乡镇", "编码", "名称", "说明", "对方清单行号", "已转纠错"]
    rows = [
        [one.kind_name, page.row.layer_name, one.row.town, one.row.code, one.row.name,
         one.row.words, one.row.there, "是" if one.taken_up else ""]
        for one in page.differences
    ]  # fmt: skip
    name = page.row.layer_name
    refused = [
        [one.fate_name, name, "", "", "", f"第 {one.number} 次推送：{point}。{one.words}", "", ""]
        for one in page.rejects
        for point in one.points
    ]
    missing = [
        ["没有对照的代码", name, "", one.code, one.kind_name, f"{one.count} 个点位", "", ""]
        for one in page.unmapped
    ]
    return _csv([head, *rows, *refused, *missing])


def _reject(one: dict[str, Any]) -> Reject:
    return Reject(
        number=one["number"], words=one["words"],
        fate_name="部分没有接收" if one["fate"] == "received" else changes.FATES[one["fate"]],
        at=datetime.fromisoformat(one["at"]),
        points=tuple(peer_pages.point_words(point) for point in one["points"]),
    )  # fmt: skip


def layer_file(actor: Actor, layer_id: str, format_: str, *, county: str, crs: str) -> bytes:
    """This will return a layer as a file. GeoJSON and CSV in WGS84, the others in `crs`.

    Points can be uploaded again in each format. Refuses NotFound an unknown layer, format or
    system, and a Shapefile of what are not points.
    """
    layer = layers.layer_for(actor, layer_id)
    flat = format_ == "zip" and layer.geometry != "Point"
    if format_ not in FORMATS or flat or (format_ in ("gpkg", "zip") and crs not in GPKG_CRS):
        raise NotFound("没有这种格式")
    found = layers.features_of(actor, layer_id, county=county)
    if format_ == "csv":
        return _sheet(layer, found).encode()
    if format_ == "gpkg":
        return _geopackage(layer, found, crs)
    if format_ == "zip":
        return shapefile.packed(layer, found, crs)
    told = {
        "type": "FeatureCollection", "name": layer.id,
        "features": [
            {"type": "Feature", "id": one.id, "properties": dict(one.properties),
             "geometry": None if one.shape is None else json.loads(shapely.to_geojson(one.shape))}
            for one in found
        ],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False).encode()


def _sheet(layer: layers.Layer, found: tuple[Feature, ...]) -> str:
    points = layer.geometry == "Point"
    head = [one.name for one in layer.fields] + (["lon", "lat"] if points else [])
    rows: list[list[Any]] = [head]
    for one in found:
        cells: list[Any] = [written(one.properties.get(name.name)) for name in layer.fields]
        if points:
            cells += ["", ""] if one.shape is None else [f"{one.shape.x:.7f}", f"{one.shape.y:.7f}"]
        rows.append(cells)
    return _csv(rows)


_TYPES: dict[str, Any] = {"integer": np.float64, "number": np.float64}


def _geopackage(layer: layers.Layer, found: tuple[Feature, ...], crs: str) -> bytes:
    """Written to a file of its own: GeoPackage is a database. Longitude first, as its rules say."""
    shapes = np.array(
        [None if one.shape is None else shapely.to_wkb(one.shape) for one in found], dtype=object
    )
    columns = [
        np.array([_cell(one, name) for one in found], dtype=_TYPES.get(name.type, object))
        for name in layer.fields
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "layer.gpkg"
        pyogrio.raw.write(
            path, shapes, columns, [one.name for one in layer.fields], driver="GPKG",
            layer=layer.id, crs=f"EPSG:{crs}",
            geometry_type="Point" if layer.geometry == "Point" else "Unknown",
        )  # fmt: skip
        return path.read_bytes()


def _cell(one: Feature, name: layers.Field) -> Any:
    value = one.properties.get(name.name)
    if name.type in _TYPES:
        return np.nan if value is None else float(value)
    return None if value is None else written(value)


def _upload(row: Upload) -> UploadRow:
    return UploadRow(
        id=row.id, version=row.version, facility_name=FACILITIES[row.facility],
        region_code=row.region_code, file_name=row.file_name, state=row.state,
        state_name=flow.STATES[row.state], added=row.added, changed=row.changed, left=row.left,
        taken_at=row.taken_at, taken_by=row.taken_by,
    )  # fmt: skip


def _planned(one: dict[str, Any], facility: str) -> PlanRow:
    names = planning.CHANGED[facility]
    if one["verb"] == planning.CHANGE:
        words = "；".join(
            f"{names[name]}：{_shown(one['before'][name])} → {_shown(value)}"
            for name, value in one["facts"].items()
        )
    else:
        words = "、".join(
            _shown(one["facts"][name]) for name in ("address", "lon", "lat")
            if one["facts"].get(name)
        )  # fmt: skip
    return PlanRow(
        line=one["line"], verb=one["verb"], code=one["code"], name=one["name"], words=words
    )


def _shown(value: Any) -> str:
    return "（空）" if value in (None, "") else str(value)


def _comparison(row: Comparison) -> ComparisonRow:
    return ComparisonRow(
        id=row.id, name=row.name, layer=row.layer, here=row.here, there=row.there, both=row.both,
        layer_name=layers.LAYERS_BY_ID[row.layer].title, differences=len(row.rows),
        made_at=row.made_at, made_by=row.made_by,
    )  # fmt: skip


def _csv(rows: list[list[Any]]) -> str:
    """A mark before it, so that Excel reads it as UTF-8; no cell begins a formula."""
    sheet = io.StringIO()
    csv.writer(sheet, lineterminator="\r\n").writerows(
        [_harmless(cell) for cell in row] for row in rows
    )
    return "\ufeff" + sheet.getvalue()


def _harmless(cell: Any) -> Any:
    formula = isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{cell}" if formula else cell

"""What may be typed with a file of figures or outlines. Shape only: the room reads the file."""

from __future__ import annotations

from typing import Any

from django import forms

from yike.doors.desk import choices
from yike.doors.kit.forms import Form, Text
from yike.rooms.regions import choosing, outline_files
from yike.rooms.regions.outline_files import Said
from yike.rooms.regions.population_files import Usual

_ZONES = [("", "坐标前有带号")] + [(str(one), f"{one}°") for one in range(75, 138, 3)]


class Figures(Form):
    """A CSV of people and areas; what its lines do not say themselves."""

    file = forms.FileField(label="CSV 文件", help_text="UTF-8 或 GBK 编码，不超过 20 MB。")
    source = Text(
        label="来源", max_length=120, required=False,
        help_text="谁公布的、哪份文件。文件里有“来源”列的行以文件为准。",
    )  # fmt: skip
    year = forms.IntegerField(
        label="年份", required=False, min_value=1949, max_value=2100,
        help_text="数字说的是哪一年。",
    )  # fmt: skip
    kind = forms.ChoiceField(label="口径", choices=choices.of(choosing.KINDS), initial="stated")

    def usual(self) -> Usual:
        """This will return what holds for lines that do not say it themselves."""
        told = self.cleaned_data
        return Usual(year=told["year"], kind=told["kind"], source=told["source"].strip())


class Outlines(Form):
    """A map file of outlines, its year and source, and how its coordinates are written."""

    file = forms.FileField(
        label="边界文件",
        help_text="GeoJSON、GeoPackage（.gpkg），或 .shp .shx .dbf .prj 打成的 zip，不超过 20 MB。",
    )
    source = Text(label="来源", max_length=120, help_text="谁划定、谁提供的，例如“县民政局”。")
    year = forms.IntegerField(label="年份", min_value=1949, max_value=2100)
    crs = forms.ChoiceField(
        label="坐标系", choices=choices.of(outline_files.SYSTEMS), initial="file"
    )
    meridian = forms.TypedChoiceField(
        label="中央经线", coerce=int, empty_value=None, choices=_ZONES, required=False,
        help_text="只有以米计、东坐标前没有带号时才选。",
    )  # fmt: skip
    column = Text(
        label="写着区划代码或名称的列", max_length=60, required=False,
        help_text="不填就自己找（代码、名称、XZQDM、XZQMC 等）。",
    )  # fmt: skip
    sure = forms.BooleanField(label="已在地图上核对过坐标系", required=False)

    def said(self) -> Said:
        """This will return what whoever uploads says of the file."""
        told: dict[str, Any] = self.cleaned_data
        return Said(
            crs=told["crs"], meridian=told["meridian"], column=told["column"], sure=told["sure"]
        )

"""A list on its way out: asked for with purpose and reason, streamed as a file kept by no cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from django import forms
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from yike.doors.kit.forms import Form, Text, attempt
from yike.doors.kit.pages import show
from yike.rooms.core import clock
from yike.rooms.matters.exporting import Export
from yike.rooms.people import purposes


class ExportForm(Form):
    """What the list is for, and why."""

    purpose = forms.ChoiceField(label="用途", choices=[("", "请选择"), *purposes.EXPORTING])
    reason = Text(label="为什么要导出", max_length=200, help_text="会写进文件的水印，也记入留痕。")


@dataclass(frozen=True)
class ExportFace:
    """What the page says before a list leaves: which list, how many rows, where it came from."""

    title: str
    total: int
    back: str
    #: what the file holds and what not; of demands where nothing is said
    words: str = ""


def offer(
    request: HttpRequest, face: ExportFace, deed: Callable[[str, str], Export]
) -> HttpResponseBase:
    """This will ask for purpose and reason, and then stream the list; refused, it says why."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        made = attempt(form, lambda: deed(told["purpose"], told["reason"]))
        if made:
            return _sent(made, face.title)
    return show(request, "kit/export.html", face, form=form, status=422 if form.errors else 200)


def _sent(made: Export, title: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(made.lines, content_type="text/csv; charset=utf-8")
    name = quote(f"{title} {clock.now():%Y%m%d-%H%M}.csv")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

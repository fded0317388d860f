"""The way from a request to an answer: who asks, one question or deed, and what goes wrong said in words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from sanyan.apps.accounts.access import Viewer, viewer_for
from sanyan.core.errors import NotAllowedError, NotFoundError, SanyanError
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.rounds_bar import NoRoundYetError

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse]


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer behind a request, looked up once."""
    held: Viewer | None = getattr(request, "sanyan_viewer", None)
    if held is None:
        held = viewer_for(request.user, on=timezone.localdate())
        request.sanyan_viewer = held  # type: ignore[attr-defined]
    return held


def page(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for those who signed in. What cannot be found, done or used becomes a page of its own."""

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, viewer_of(request), *args, **kwargs)
        except SanyanError as error:
            return error_page(request, error)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", login_required(answered))


def error_page(request: HttpRequest, error: SanyanError) -> HttpResponse:
    """The page for an error: 404 and 403 as such, anything else as a notice with its code and next step."""
    if isinstance(error, NoRoundYetError):
        return render(request, "overview/empty.html")
    if isinstance(error, NotFoundError):
        return render(request, "404.html", status=404)
    if isinstance(error, NotAllowedError):
        return render(request, "403.html", {"error": error.as_dict()}, status=403)
    return render(request, "components/error_page.html", {"error": error.as_dict()}, status=409)


def try_to(request: HttpRequest, deed: Callable[[], object], *, done: str) -> bool:
    """Do a deed from a form and leave a notice: `done`, or why it could not be done. Not found is not caught."""
    try:
        deed()
    except NotFoundError:
        raise
    except SanyanError as error:
        told(request, error)
        return False
    messages.success(request, done)
    return True


def told(request: HttpRequest, error: SanyanError) -> None:
    """Leave an error as a notice for the next page."""
    thai = formats.in_thai()
    sentence, next_step = (error.th, error.next_th) if thai else (error.en, error.next_en)
    messages.error(request, f"{sentence}\n{next_step}".strip())


def show(request: HttpRequest, template: str, context: dict[str, Any], *, charts: Iterable[Chart] = ()) -> HttpResponse:
    """Render a page, or hand out the table of the chart that `?csv=` names."""
    wanted = request.GET.get("csv")
    if wanted:
        chart = next((chart for chart in charts if chart.key == wanted), None)
        if chart is None:
            raise NotFoundError(f"chart {wanted}")
        return chart_file(chart)
    return render(request, template, context)


def chart_file(chart: Chart) -> HttpResponse:
    """A chart's table as CSV that Excel opens in Thai (with a byte-order mark)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_safe_cell(cell) for cell in chart.header])
    writer.writerows([_safe_cell(cell) for cell in row] for row in chart.rows)
    writer.writerow([])
    writer.writerow([gettext("ที่มา:"), _safe_cell(chart.source)])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="sanyan-{chart.key}.csv"'
    return response


_FIGURE = re.compile(r"-[\d๐-๙.,]+(\s?%)?")


def _safe_cell(cell: object) -> str:
    """A cell that a spreadsheet will not run: a figure stays a figure, and a formula becomes text."""
    text = str(cell).replace("\u2212", "-").replace("\u00a0", " ")
    if text[:1] in "=+@\t\r" or (text[:1] == "-" and not _FIGURE.fullmatch(text)):
        return f"'{text}"
    return text

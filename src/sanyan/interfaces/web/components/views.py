from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sanyan.apps.accounts.access import Viewer
from sanyan.interfaces.web import words
from sanyan.interfaces.web.components.forms import SampleForm
from sanyan.interfaces.web.components.samples import sample_charts
from sanyan.interfaces.web.pages import page, show

STATES = ("area_status", "attainment", "submission", "answer", "severity", "finding", "job", "version", "round")


@page
def show_all(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every component in every state."""
    context = {
        "badges": [(table, list(words.TABLES[table])) for table in STATES],
        "form": SampleForm(),
        "faulty": SampleForm({"schools": "-3", "state": "x"}, auto_id="faulty_%s"),
        "now": timezone.now(),
    }
    return show(request, "components/all.html", context)


@page
def show_charts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every chart, on invented figures."""
    charts = sample_charts()
    return show(request, "components/charts.html", {"charts": charts}, charts=charts)

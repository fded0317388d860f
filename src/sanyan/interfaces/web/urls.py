"""Every place of the web interface, and the first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, include, path

from sanyan.apps.accounts.access import Viewer
from sanyan.interfaces.web.pages import page
from sanyan.interfaces.web.places import landing_for


@page
def home(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    return HttpResponseRedirect(landing_for(viewer))


urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("me/", include("sanyan.interfaces.web.account.urls")),
    path("components/", include("sanyan.interfaces.web.components.urls")),
    path("overview/", include("sanyan.interfaces.web.overview.urls")),
    path("areas/", include("sanyan.interfaces.web.areas.urls")),
    path("indicators/", include("sanyan.interfaces.web.indicators.urls")),
    path("strengths/", include("sanyan.interfaces.web.strengths.urls")),
    path("rounds/", include("sanyan.interfaces.web.rounds.urls")),
    path("entry/", include("sanyan.interfaces.web.entry.urls")),
    path("findings/", include("sanyan.interfaces.web.findings.urls")),
    path("signals/", include("sanyan.interfaces.web.signals.urls")),
    path("listen/", include("sanyan.interfaces.web.listen.urls")),
    path("cases/", include("sanyan.interfaces.web.cases.urls")),
    path("ask/", include("sanyan.interfaces.web.ask.urls")),
    path("frameworks/", include("sanyan.interfaces.web.frameworks.urls")),
    path("reports/", include("sanyan.interfaces.web.reports.urls")),
    path("jobs/", include("sanyan.interfaces.web.jobs.urls")),
    path("notifications/", include("sanyan.interfaces.web.notifications.urls")),
]

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sanyan.interfaces.web.middleware import DIGITS_COOKIE, LANGUAGES

A_YEAR = 365 * 24 * 60 * 60


@require_POST
def reader(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of language and digits, and go back to where they were."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    language, digits = request.POST.get("language"), request.POST.get("digits")
    if language in LANGUAGES:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    if digits in ("thai", "arabic"):
        _keep(response, DIGITS_COOKIE, digits)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sanyan.apps.accounts import actions as accounts
from sanyan.interfaces.web.middleware import DIGITS_COOKIE, LANGUAGES, chosen_language, thai_digits_wanted
from sanyan.interfaces.web.pages import viewer_of

A_YEAR = 365 * 24 * 60 * 60


@require_POST
def reader(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of language and digits, and go back to where they were."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    _keep_in_profile(request)
    language, digits = request.POST.get("language"), request.POST.get("digits")
    if language in LANGUAGES:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    if digits in ("thai", "arabic"):
        _keep(response, DIGITS_COOKIE, digits)
    return response


def _keep_in_profile(request: HttpRequest) -> None:
    """The choice goes with the person to other computers too."""
    viewer = viewer_of(request)
    if viewer.user_id is None:
        return
    language, digits = request.POST.get("language"), request.POST.get("digits")
    accounts.set_preferences(
        by=viewer,
        language=language if language in LANGUAGES else chosen_language(request),
        thai_digits=digits == "thai" if digits else thai_digits_wanted(request),
        now=timezone.now(),
    )


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)

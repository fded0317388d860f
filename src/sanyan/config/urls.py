"""Every address of the product."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("", include("sanyan.interfaces.web.urls")),
]

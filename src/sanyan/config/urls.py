"""Every address of the product."""

from __future__ import annotations

from allauth.account.urls import urlpatterns as allauth_patterns
from django.urls import include, path

# Accounts are made by an administrator and carry no address to write to, so there is nothing to confirm or reset.
SIGN_IN_PAGES = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
}

urlpatterns = [
    path("account/", include([page for page in allauth_patterns if getattr(page, "name", None) in SIGN_IN_PAGES])),
    path("", include("sanyan.interfaces.web.urls")),
]

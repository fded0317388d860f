"""All settings, from the environment, in one file. A wrong one stops the start with a paragraph of help."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlparse

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from sanyan.config.environment import flag, number, one_of, server_address
from sanyan.engines.stores.registry import ENGINES

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("SANYAN_HOME", ROOT / "var")).resolve()
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _secret_key() -> str:
    """The key from SANYAN_SECRET_KEY, else one made at first start and kept in SANYAN_HOME."""
    given = os.environ.get("SANYAN_SECRET_KEY", "")
    if given:
        return given
    path = HOME / "secret_key"
    try:
        HOME.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(
            f"No secret key. Sanyan keeps one in {path} but cannot write there ({error}). "
            "Set SANYAN_HOME to a folder it may write, or give SANYAN_SECRET_KEY."
        ) from error
    return path.read_text(encoding="ascii").strip()


def _database() -> dict[str, Any]:
    """SQLite in SANYAN_HOME, or PostgreSQL by SANYAN_DATABASE_URL=postgresql://user:password@host:port/name."""
    url = os.environ.get("SANYAN_DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "sanyan.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
            },
        }
    try:
        parts = urlparse(url)
        port = str(parts.port or "")
        is_whole = parts.scheme in ("postgres", "postgresql") and bool(parts.path.strip("/"))
    except ValueError:  # brackets that do not close, or a port that is no number
        is_whole = False
    if not is_whole:
        raise ImproperlyConfigured(
            "SANYAN_DATABASE_URL must look like postgresql://user:password@host:5432/name. Leave it out to use SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


@dataclass(frozen=True)
class _MailServer:
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


def _mail_server() -> _MailServer:
    """SANYAN_EMAIL_URL=smtp://user:password@host:587?tls=1 or smtps://user:password@host:465; no host: mail is off."""
    url = os.environ.get("SANYAN_EMAIL_URL", "").strip()
    if not url:
        return _MailServer()
    try:
        parts = urlparse(url)
        port, query = parts.port, dict(parse_qsl(parts.query, keep_blank_values=True))
        is_whole = (
            parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.path + parts.fragment in ("", "/")
        )
        is_whole = is_whole and query in ({}, {"tls": "1"}, {"tls": "0"}) and not (parts.scheme == "smtps" and query)
    except ValueError:  # brackets that do not close, or a port that is no number
        is_whole = False
    if not is_whole:
        raise ImproperlyConfigured(
            "SANYAN_EMAIL_URL must look like smtp://user:password@host:587?tls=1 (STARTTLS), "
            "smtps://user:password@host:465 or smtp://localhost:25. "
            "Signs such as @ : / # in the password are written as %40 %3A %2F %23. Leave it out to send no mail."
        )
    tls, ssl = query.get("tls") == "1", parts.scheme == "smtps"
    usual_port = 465 if ssl else 587 if tls else 25
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return _MailServer(parts.hostname or "", port or usual_port, user, password, tls, ssl)


def _mail_from(*, needed: bool) -> str:
    """Who the mail is from; needed once there is a mail server."""
    given = os.environ.get("SANYAN_EMAIL_FROM", "").strip()
    local, _, domain = parseaddr(given)[1].rpartition("@")
    if (given or needed) and not (local and domain and given.isprintable()):
        raise ImproperlyConfigured(
            "SANYAN_EMAIL_FROM must be the address that mail comes from, such as sanyan@example.go.th or "
            "Sanyan <sanyan@example.go.th>. It is needed where SANYAN_EMAIL_URL is set; leave out both to send no mail."
        )
    return given or "sanyan@localhost"


def _public_url() -> str:
    """The address under which people open the site, for links in mail; without a slash at the end."""
    given = os.environ.get("SANYAN_PUBLIC_URL", "").strip().rstrip("/")
    try:
        parts = urlparse(given)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
    except ValueError:
        is_whole = False
    if given and not (is_whole and given.isprintable() and " " not in given):
        raise ImproperlyConfigured(
            f"SANYAN_PUBLIC_URL={given!r} is no address of a site. Write it as people type it, such as "
            "https://sanyan.example.go.th, or leave it out: mail then names only the page within the site."
        )
    return given


def _evidence_limit() -> int:
    """The largest file of evidence, in megabytes; what is sent is read into memory, so not without measure."""
    given = os.environ.get("SANYAN_EVIDENCE_LIMIT_MB", "").strip() or "20"
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= 200):
        raise ImproperlyConfigured(
            f"SANYAN_EVIDENCE_LIMIT_MB={given!r} is no size. "
            "Set it to whole megabytes from 1 to 200, or leave it out (20)."
        )
    return int(given)


SECRET_KEY = _secret_key()
DEBUG = flag("SANYAN_DEBUG", default=False)
HTTPS = flag("SANYAN_HTTPS", default=False)
ALLOWED_HOSTS = os.environ.get("SANYAN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("SANYAN_ORIGINS", "").split(",") if origin]
DATABASES = {"default": _database()}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "sanyan.apps.audit",
    "sanyan.apps.jobs",
    "sanyan.apps.organisations",
    "sanyan.apps.accounts",
    "sanyan.apps.notifications",
    "sanyan.apps.frameworks",
    "sanyan.apps.collection",
    "sanyan.apps.quality",
    "sanyan.apps.narratives",
    "sanyan.apps.analytics",
    "sanyan.apps.cases",
    "sanyan.apps.signals",
    "sanyan.apps.synthesis",
    "sanyan.apps.practice",
    "sanyan.apps.reports",
    "sanyan.interfaces.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sanyan.interfaces.web.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sanyan.config.urls"
WSGI_APPLICATION = "sanyan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "interfaces" / "web" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sanyan.interfaces.web.context.frame",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "sanyan.interfaces.web.account.adapter.ClosedAccountAdapter"
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # axes locks; two counters would contradict one another
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_USERNAME_CALLABLE = "sanyan.interfaces.web.account.names.counted_name"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("ไทย")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "interfaces" / "web" / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
NODE_MODULES = Path(os.environ.get("SANYAN_NODE_MODULES", ROOT / "node_modules"))
STATICFILES_DIRS = [
    (prefix, folder)
    for prefix, folder in [
        ("vendor/sarabun", NODE_MODULES / "@fontsource" / "sarabun"),
        ("vendor/htmx", NODE_MODULES / "htmx.org" / "dist"),
    ]
    if folder.is_dir()
]
MEDIA_ROOT = HOME / "media"
FACTS_ROOT = HOME / "facts"
FACT_STORE = one_of("SANYAN_FACT_STORE", default="duckdb", choices=ENGINES)
FACTS_DSN = os.environ.get("SANYAN_FACTS_DSN", "")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The work function of each kind of job, by dotted path. It takes an `apps.jobs.actions.JobRun`.
JOB_KINDS = {
    "collection.import_workbooks": "sanyan.apps.collection.tasks.import_workbooks",
    "quality.check_round": "sanyan.apps.quality.tasks.check_round",
    "analytics.rebuild": "sanyan.apps.analytics.tasks.rebuild",
    "signals.look": "sanyan.apps.signals.tasks.look",
    "cases.look": "sanyan.apps.cases.tasks.look",
    "practice.listen": "sanyan.apps.practice.tasks.listen",
    "narratives.read": "sanyan.apps.narratives.tasks.read",
    "narratives.embed": "sanyan.apps.narratives.tasks.embed",
    "narratives.propose": "sanyan.apps.narratives.tasks.propose",
    "narratives.apply": "sanyan.apps.narratives.tasks.apply_themes",
    "narratives.rewrite": "sanyan.apps.narratives.tasks.rewrite",
}

# What follows a certification, in this order, once its transaction is committed. Each takes `certification_ids`.
AFTER_CERTIFICATION = [
    "sanyan.apps.analytics.tasks.append_certified",
    "sanyan.apps.quality.tasks.check_certified",
    "sanyan.apps.signals.tasks.look_after_certification",
    "sanyan.apps.narratives.tasks.read_after_certification",
]

# Vectors of meaning for search and themes: a model on this machine, an OpenAI-compatible server, or none.
EMBEDDER = {
    "name": one_of("SANYAN_EMBEDDER", default="local", choices=("local", "openai", "none")),
    "url": server_address("SANYAN_EMBEDDER_URL"),
    "model": os.environ.get("SANYAN_EMBEDDER_MODEL", "").strip(),
    "key": os.environ.get("SANYAN_EMBEDDER_KEY", "").strip(),
}

# A language model that may rewrite drafts, behind an OpenAI-compatible address; none unless a site names one. Prices
# are for 1,000 tokens in and out, in the currency of the bill.
CHAT = {
    "url": server_address("SANYAN_CHAT_URL"),
    "model": os.environ.get("SANYAN_CHAT_MODEL", "").strip(),
    "key": os.environ.get("SANYAN_CHAT_KEY", "").strip(),
    "timeout": number("SANYAN_CHAT_TIMEOUT", default=60.0, least=1),
    "price_in": number("SANYAN_CHAT_PRICE_IN", default=None, least=0),
    "price_out": number("SANYAN_CHAT_PRICE_OUT", default=None, least=0),
}

# What the worker does from time to time: a function without arguments, and the seconds between two turns. Every worker
# does it, so it must be harmless when two do it at once.
PERIODIC = [
    ("sanyan.apps.notifications.tasks.send_due_digests", 60),
    ("sanyan.apps.signals.tasks.look_daily", 3600),
    ("sanyan.apps.narratives.tasks.embed_what_is_new", 30),
]

_mail = _mail_server()
EMAIL_IS_ON = _mail.host != ""
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_IS_ON else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.tls, _mail.ssl
EMAIL_TIMEOUT = 15  # seconds
DEFAULT_FROM_EMAIL = _mail_from(needed=EMAIL_IS_ON)
PUBLIC_URL = _public_url()

UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024
EVIDENCE_LIMIT_BYTES = _evidence_limit() * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # the workbooks of all areas at once

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": one_of("SANYAN_LOG_LEVEL", default="WARNING", choices=LOG_LEVELS)},
}
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]

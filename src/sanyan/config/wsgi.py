"""The door for a WSGI server."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanyan.config.settings")
application = get_wsgi_application()


def _warm() -> None:
    """Load the fact store beside the first requests, so that nobody's page waits for it."""
    from sanyan.apps.analytics.tasks import warm  # noqa: PLC0415  # apps are ready only now

    warm()


Thread(target=_warm, name="warm-facts", daemon=True).start()

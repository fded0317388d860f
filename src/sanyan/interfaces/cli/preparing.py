from __future__ import annotations

from importlib import import_module

from django.core.management import call_command


def bring_up_to_date(*, quiet: bool = True) -> None:
    """Bring the database and the translations up to this version."""
    call_command("migrate", verbosity=0 if quiet else 1, interactive=False)
    # By name: interfaces do not import one another, and only the web knows where its catalogues lie.
    import_module("sanyan.interfaces.web.translations").compile_all()

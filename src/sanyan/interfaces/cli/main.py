"""`sanyan`: the root of the command line. Commands are named here and loaded when asked for."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.metadata import version
from typing import Any

import click
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError, ProgrammingError

from sanyan.core.errors import SanyanError
from sanyan.interfaces.cli.lazy import LazyGroup
from sanyan.interfaces.cli.telling import tell_faults, told

CLI = "sanyan.interfaces.cli"
COMMANDS = {
    "accounts": f"{CLI}.accounts:accounts",
    "evaluate": f"{CLI}.evaluate:evaluate",
    "facts": f"{CLI}.facts:facts",
    "frameworks": f"{CLI}.frameworks:frameworks",
    "import": f"{CLI}.main:import_",
    "jobs": f"{CLI}.jobs:jobs",
    "language": f"{CLI}.language:language",
    "migrate": f"{CLI}.main:migrate",
    "notifications": f"{CLI}.notifications:notifications",
    "organisations": f"{CLI}.organisations:organisations",
    "run": f"{CLI}.serve:run",
    "serve": f"{CLI}.serve:serve",
    "signals": f"{CLI}.signals:signals",
    "simulate": f"{CLI}.practice:simulate",
    "text": f"{CLI}.text:text",
    "worker": "sanyan.interfaces.worker.command:worker",
}
IMPORTS = {"panel": f"{CLI}.panels:panel", "workbooks": f"{CLI}.workbooks:workbooks"}

EXIT_WITHOUT_TABLES = 6
EXIT_MISCONFIGURED = 78  # EX_CONFIG of sysexits.h


class Root(LazyGroup):
    """Makes Django ready, and turns what cannot be done into a sentence, a next step and an exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanyan.config.settings")
        try:
            import_module("django").setup()
        except ImproperlyConfigured as error:
            click.echo(f"ค่าตั้งของระบบยังใช้ไม่ได้ / A setting is wrong:\n{error}", err=True)
            click.echo("ขั้นต่อไป: แก้ค่าตั้งตามข้อความนี้ แล้วเริ่มใหม่ (ดู docs/reference/settings.md)", err=True)
            raise SystemExit(EXIT_MISCONFIGURED) from None
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SanyanError as error:
            click.echo(told(error), err=True)
            tell_faults(getattr(error, "faults", ()))
            ctx.exit(error.exit_code)
        except (OperationalError, ProgrammingError) as error:
            if not any(sign in str(error) for sign in ("no such table", "does not exist", "no such column")):
                raise
            click.echo("ฐานข้อมูลยังไม่พร้อม\nขั้นต่อไป: sanyan migrate", err=True)
            click.echo(f"The database is not ready ({error}). Next: sanyan migrate", err=True)
            ctx.exit(EXIT_WITHOUT_TABLES)


@click.group(cls=Root, commands_at=COMMANDS)
@click.version_option(version("sanyan"), prog_name="sanyan")
def main() -> None:
    """สัญญาณ: ระบบติดตาม ประเมินผล และเตือนล่วงหน้าทางการศึกษา / Monitoring and evaluation of education."""


@click.group(name="import", cls=LazyGroup, commands_at=IMPORTS)
def import_() -> None:
    """นำเข้าข้อมูลจากไฟล์ / Bring data in from files."""


@click.command()
@click.option("--quiet", is_flag=True, help="ไม่แสดงรายการ / Say nothing.")
def migrate(quiet: bool) -> None:
    """เตรียมหรือปรับฐานข้อมูลให้ตรงกับรุ่นนี้ / Bring the database and the translations up to this version."""
    import_module(f"{CLI}.preparing").bring_up_to_date(quiet=quiet)

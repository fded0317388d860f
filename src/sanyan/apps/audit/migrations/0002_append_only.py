"""Audit rows are written once: the database itself refuses to change or delete them."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    f"CREATE TRIGGER audit_refuse_{deed} BEFORE {deed} ON audit_auditentry "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END"
    for deed in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit rows are never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON audit_auditentry "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
]
SQLITE_BACK = ["DROP TRIGGER audit_refuse_UPDATE", "DROP TRIGGER audit_refuse_DELETE"]
POSTGRESQL_BACK = ["DROP TRIGGER audit_refuse_change ON audit_auditentry", "DROP FUNCTION audit_refuse()"]


def close(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def reopen(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(close, reopen)]

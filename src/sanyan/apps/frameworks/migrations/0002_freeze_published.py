"""A published definition never changes: the database itself refuses it, whoever asks."""

from __future__ import annotations

from typing import Any

from django.db import migrations

TABLE = "frameworks_frameworkversion"
MESSAGE = "a published framework version is frozen"

SQLITE = f"""
CREATE TRIGGER frameworks_version_frozen BEFORE UPDATE ON {TABLE}
WHEN OLD.state <> 'draft' AND (
    NEW.definition IS NOT OLD.definition
    OR NEW.number <> OLD.number
    OR NEW.framework_id <> OLD.framework_id
    OR NEW.state = 'draft'
    OR (OLD.state = 'retired' AND NEW.state <> 'retired')
)
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""

POSTGRESQL = f"""
CREATE FUNCTION frameworks_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (
        NEW.definition IS DISTINCT FROM OLD.definition
        OR NEW.number <> OLD.number
        OR NEW.framework_id <> OLD.framework_id
        OR NEW.state = 'draft'
        OR (OLD.state = 'retired' AND NEW.state <> 'retired')
    ) THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frameworks_version_frozen BEFORE UPDATE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION frameworks_version_frozen();
"""


def freeze(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def thaw(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER frameworks_version_frozen")
    else:
        schema_editor.execute(f"DROP TRIGGER frameworks_version_frozen ON {TABLE}")
        schema_editor.execute("DROP FUNCTION frameworks_version_frozen()")


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]

"""Migrations follow one another in a single line and say everything the models say."""

from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

OURS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("sanyan.apps."))


@pytest.mark.parametrize("label", OURS)
def test_migrations_of_an_app_form_one_line(label: str) -> None:
    graph = MigrationLoader(None).graph
    own = [node for node in graph.nodes if node[0] == label]
    leaves = [node for node in graph.leaf_nodes() if node[0] == label]
    assert len(leaves) <= 1
    for node in own:
        parents = [parent.key for parent in graph.node_map[node].parents if parent.key[0] == label]
        assert len(parents) <= 1, f"{node} joins two lines"


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    output = StringIO()
    try:
        call_command("makemigrations", *OURS, check=True, dry_run=True, stdout=output, stderr=output)
    except SystemExit:
        pytest.fail(f"models say more than migrations:\n{output.getvalue()}")

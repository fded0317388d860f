"""What every test stands on: settings that touch only a temporary folder, and PostgreSQL on request."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from tests.postgres import NoPostgresError, temporary_cluster

# Set before Django reads its settings, which is why pyproject.toml names no settings module for pytest.
HOME = Path(tempfile.mkdtemp(prefix="sanyan-test-"))
for folder in ("static", "media", "facts"):
    (HOME / folder).mkdir()
os.environ["SANYAN_HOME"] = str(HOME)
os.environ["SANYAN_SECRET_KEY"] = "only-for-tests"
os.environ["SANYAN_EMBEDDER"] = "none"  # a test that wants vectors brings its own
os.environ["DJANGO_SETTINGS_MODULE"] = "sanyan.config.settings"


def pytest_configure() -> None:
    # A parallel worker inherits the first process's environment and reads its settings before this file: the folders
    # must be the worker's own, or tests would share one fact store.
    settings.HOME, settings.FACTS_ROOT, settings.MEDIA_ROOT = HOME, HOME / "facts", HOME / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL cluster that lives as long as the test run."""
    try:
        with temporary_cluster() as url:
            yield url
    except NoPostgresError as reason:
        pytest.skip(str(reason))

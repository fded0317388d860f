"""Settings of the processes in the tests of the worker."""

from sanyan.config.settings import *  # noqa: F403

JOB_KINDS = {"slow": "tests.interfaces.worker.slow_work.slow"}

"""Settings of the server that the journeys visit: the product's own, and one job that takes its time."""

from sanyan.config.settings import *  # noqa: F403
from sanyan.config.settings import JOB_KINDS as KINDS

JOB_KINDS = {**KINDS, "counting": "tests.journeys.counting.count_slowly"}

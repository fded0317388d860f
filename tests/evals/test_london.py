import os

import pytest
from evals.data import data_file
from evals.london import FILE, evaluate


def test_the_published_components_are_reproduced() -> None:
    path = data_file(FILE, os.environ.get("SANYAN_EVAL_DATA", ""))
    if path is None:
        pytest.skip("SANYAN_EVAL_DATA names no folder with london_exam_va.csv")
    assert evaluate(path.read_bytes())["reproduced"]


def test_schools_that_differ_otherwise_are_not_taken_for_londons() -> None:
    lines = [f"{school},{school + pupil % 3},{pupil}" for school in range(5) for pupil in range(9)]
    result = evaluate("\n".join(["school,normexam,standLRT", *lines]).encode())
    assert result["reproduced"] is False
    assert result["missed"]

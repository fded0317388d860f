from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from tests.core.forms.framework_samples import any_framework, small_framework

from sanyan.core.errors import BadInputError
from sanyan.core.forms.framework_codec import from_dict, to_dict
from sanyan.core.forms.framework_faults import FrameworkFaultsError
from sanyan.core.forms.framework_yaml import dump_yaml, load_yaml
from sanyan.core.indicators.definitions import Framework, Rollup
from sanyan.definitions import framework_file


def example() -> Framework:
    return load_yaml(framework_file().read_text(encoding="utf-8"))


@settings(deadline=None, max_examples=40)
@given(any_framework)
def test_any_framework_comes_back_from_json_unchanged(framework: Framework) -> None:
    assert from_dict(json.loads(json.dumps(to_dict(framework)))) == framework


@settings(deadline=None, max_examples=40)
@given(any_framework)
def test_any_framework_comes_back_from_yaml_unchanged(framework: Framework) -> None:
    assert load_yaml(dump_yaml(framework)) == framework


def test_defaults_are_left_out_and_keys_keep_one_order() -> None:
    held = to_dict(small_framework())
    assert list(held)[:4] == ["code", "name_th", "name_en", "owner"]
    assert list(held)[-1] == "indicators"
    assert "is_example" not in held
    assert "minutes" not in held["indicators"][0]


def test_an_indicator_without_rollup_takes_the_usual_one_of_its_kind() -> None:
    held = to_dict(small_framework())
    for item in held["indicators"]:
        del item["rollup"]
    assert [item.rollup for item in from_dict(held).indicators] == [
        Rollup.RATIO,
        Rollup.DISTRIBUTION,
        Rollup.NONE,
    ]


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        ({"colour": "red"}, "indicators[1] (QUA-01).colour"),
        ({"kind": "guess"}, "indicators[1] (QUA-01).kind"),
        ({"name_th": 5}, "indicators[1] (QUA-01).name_th"),
        ({"months": "6"}, "indicators[1] (QUA-01).months"),
        ({"months": [6.5]}, "indicators[1] (QUA-01).months[1]"),
        ({"low": float("inf")}, "indicators[1] (QUA-01).low"),
        ({"low": True}, "indicators[1] (QUA-01).low"),
        ({"targets": [{"value": 3}]}, "indicators[1] (QUA-01).targets[1].month"),
        ({"rubric": [[1, "x"]]}, "indicators[1] (QUA-01).rubric[1]"),
        ({"unit_th": None}, "indicators[1] (QUA-01).unit_th"),
    ],
)
def test_what_is_malformed_is_named_by_its_path(change: dict[str, Any], subject: str) -> None:
    held = to_dict(small_framework())
    held["indicators"][0] |= change
    with pytest.raises(FrameworkFaultsError) as caught:
        from_dict(held)
    assert [fault.subject for fault in caught.value.faults] == [subject]
    assert all(fault.th and fault.en and fault.next_th for fault in caught.value.faults)


def test_everything_malformed_is_told_at_once() -> None:
    held = to_dict(small_framework())
    held["next_review"] = "soon"
    held["rounds"][0]["submit_by"] = "13-40"
    held["is_example"] = "maybe"
    del held["owner"]
    with pytest.raises(BadInputError) as caught:
        from_dict(held)
    assert isinstance(caught.value, FrameworkFaultsError)
    assert {fault.subject for fault in caught.value.faults} == {
        "next_review",
        "rounds[1].submit_by",
        "is_example",
        "owner",
    }


@pytest.mark.parametrize("raw", [None, [], "text", 5])
def test_what_is_no_mapping_is_refused(raw: Any) -> None:
    with pytest.raises(FrameworkFaultsError):
        from_dict(raw)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("code: A\ncode: B\n", "line 2"),
        ("code: [1, 2\n", "line 2"),
        ("? [a]\n: 1\n", ""),
        ("next_review: 2568-13-45\n", ""),
        ("!!python/object/apply:os.system ['true']\n", "line 1"),
        ("[" * 5000, ""),
    ],
)
def test_yaml_that_cannot_be_read_says_where(text: str, place: str) -> None:
    with pytest.raises(BadInputError) as caught:
        load_yaml(text)
    assert place in caught.value.place or caught.value.code == "framework-malformed"


def test_the_example_framework_is_whole_and_labelled() -> None:
    framework = example()
    assert len(framework.indicators) == 45
    assert len(framework.policy_areas) == 9
    assert framework.is_example
    assert "(ตัวอย่าง)" in framework.name_th
    assert framework.fiscal_years == (2566, 2567, 2568, 2569)
    assert [plan.month for plan in framework.rounds] == [6, 9, 12]
    assert framework.indicator("SAF-02").per == 10_000
    assert framework.indicator("OPP-01").rollup is Rollup.SUM
    assert framework.indicator("QUA-02").rollup is Rollup.MEAN
    assert all(field.name_en for field in framework.narrative_fields)


def test_a_shipped_framework_that_is_not_there_is_said_so() -> None:
    with pytest.raises(FileNotFoundError):
        framework_file("no-such-framework")

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.text.guarding.schemas import LONGEST_REPLY, ReplyError, closed, list_of, one_of, read_reply, short_text

SCHEMA = closed({"rows": list_of(closed({"id": one_of(["a", "b"]), "text": short_text(5)}), least=1, most=2)})
GOOD = '{"rows": [{"id": "a", "text": "ครู"}]}'


def code(reply: str) -> str:
    with pytest.raises(ReplyError) as caught:
        read_reply(reply, SCHEMA)
    return caught.value.why.code


def test_a_reply_that_keeps_to_its_schema_is_read() -> None:
    assert read_reply(f"\n{GOOD}\n", SCHEMA) == json.loads(GOOD)


@pytest.mark.parametrize(
    "reply",
    [
        *("", "prose", f"```json\n{GOOD}\n```", f"Sure! {GOOD}", f"{GOOD} done", "[" * 100_000, '{"rows": NaN}'),
        '{"rows": [], "rows": [{"id": "a", "text": "x"}]}',
        '{"rows": [{"id": "a", "text": "\\ud800"}]}',
    ],
)
def test_what_is_no_single_json_value_is_told(reply: str) -> None:
    assert code(reply) == "reply-not-json"


@pytest.mark.parametrize(
    "reply",
    [
        *("null", "[]", "{}", '{"rows": []}', '{"rows": {}}', '{"rows": [1]}', '{"rows": [{"id": "a"}]}'),
        '{"rows": [{"id": "a", "text": "x"}], "score": 100}',
        '{"rows": [{"id": "a", "text": "x", "note": "y"}]}',
        '{"rows": [{"id": "c", "text": "x"}]}',
        '{"rows": [{"id": ["a"], "text": "x"}]}',
        '{"rows": [{"id": "a", "text": "longer"}]}',
        '{"rows": [{"id": "a", "text": 5}]}',
        json.dumps({"rows": [{"id": "a", "text": "x"}] * 3}),
    ],
)
def test_any_break_of_the_schema_is_told(reply: str) -> None:
    assert code(reply) == "reply-schema"


def test_a_huge_reply_is_not_parsed() -> None:
    assert code(" " * (LONGEST_REPLY + 1)) == "reply-too-long"


def test_a_schema_with_words_that_are_not_checked_is_refused() -> None:
    for schema in ({"type": "string", "pattern": "a"}, {"type": "number"}, {}):
        with pytest.raises(ValueError, match="not closed"):
            read_reply('"a"', schema)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda held: st.lists(held, max_size=3) | st.dictionaries(st.sampled_from(["rows", "id", "text", "x"]), held),
    max_leaves=8,
)


@given(JSON)
def test_nothing_but_rows_of_known_ids_gets_through(value: object) -> None:
    try:
        read = read_reply(json.dumps(value), SCHEMA)
    except ReplyError:
        return
    assert isinstance(read, dict)
    assert all(set(row) == {"id", "text"} and row["id"] in ("a", "b") for row in read["rows"])

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from tests.apps.narratives.lessons_world import signed_world
from tests.engines.language.fake_chat_server import Behaviour, serving
from tests.factories import NOW, World, viewer

from sanyan.apps.audit import queries as audit
from sanyan.apps.jobs import queries as jobs
from sanyan.apps.narratives import actions, queries
from sanyan.apps.narratives.models import ModelCall, Theme
from sanyan.core.errors import BadInputError, NotAllowedError, NotFoundError, NothingToDoError

pytestmark = pytest.mark.django_db
OFFICER = viewer("me_officer")
DATA = re.compile(r"<data (\w+) id=(\S+)>\n(.*?)\n</data \1>", re.DOTALL)


@pytest.fixture
def world(db: None) -> World:
    return signed_world()


@pytest.fixture
def model(settings: Any) -> Iterator[Behaviour]:
    """A language model that words sentences honestly, until a test makes it lie."""
    behaviour = Behaviour(answer=worded(honest))
    with serving(behaviour) as url:
        settings.CHAT = settings.CHAT | {"url": url, "model": "fake", "price_in": 0.1, "price_out": 0.4}
        yield behaviour


def honest(text: str) -> str:
    """The drafted sentence, its beginning put another way."""
    return text.replace("รวม ", "รวมทั้งหมด ").replace("พบใน", "ซึ่งพบใน")


def worded(how: Callable[[str], str]) -> Callable[[dict[str, Any]], str]:
    """What a server answers that words each sentence by `how`."""

    def answer(asked: dict[str, Any]) -> str:
        user = asked["messages"][-1]["content"]
        rows = [{"id": name, "text": how(text)} for _, name, text in DATA.findall(user)]
        return json.dumps({"sentences": rows}, ensure_ascii=False)

    return answer


def rewrite(world: World) -> actions.Rewriting:
    return actions.rewrite_lessons(by=OFFICER, round_id=world.round.id, now=NOW)


def shown(world: World, by: Any = OFFICER) -> queries.Rewritten | None:
    drafted = queries.lessons(viewer=by, round_id=world.round.id)
    return queries.rewritten(viewer=by, round_id=world.round.id, drafted=drafted)


def sentences(found: queries.Rewritten | None) -> list[str]:
    return [] if found is None else [text for lesson in found.sentences.values() for text in lesson.values()]


def counted(world: World) -> list[str]:
    drafted = queries.lessons(viewer=OFFICER, round_id=world.round.id)
    return [item.text.th for lesson in drafted.lessons for item in lesson.sentences if not item.quotes]


def test_an_honest_rewording_stands_beside_the_draft(world: World, model: Behaviour) -> None:
    made = rewrite(world)
    assert (made.accepted, made.rejected, made.unprocessable) == (1, 0, 0)
    assert sorted(sentences(shown(world))) == sorted(honest(text) for text in counted(world))
    assert sentences(shown(world, viewer("executive"))) == sentences(shown(world))
    assert sentences(shown(world, world.officer("A1"))) == sentences(shown(world))


def test_the_draft_does_not_change_and_its_quotes_are_never_sent(world: World, model: Behaviour) -> None:
    drafted = queries.lessons(viewer=OFFICER, round_id=world.round.id)
    rewrite(world)
    assert queries.lessons(viewer=OFFICER, round_id=world.round.id) == drafted
    sent = "\n".join(message["content"] for message in model.asked[0]["messages"])
    quotes = [quote.text for lesson in drafted.lessons for item in lesson.sentences for quote in item.quotes]
    assert quotes
    assert not any(quote in sent for quote in quotes)
    assert all(text in sent for text in counted(world))


def test_the_same_question_is_not_asked_twice(world: World, model: Behaviour) -> None:
    rewrite(world)
    again = rewrite(world)
    assert (again.asked, again.answered_before, len(model.asked)) == (0, 1, 1)
    with pytest.raises(NothingToDoError, match="lessons-all-answered"):
        actions.ask_for_rewriting(by=OFFICER, round_id=world.round.id, now=NOW)


DISHONEST: dict[str, tuple[Callable[[str], str], str]] = {
    "a number changed": (lambda text: text.replace("3 จาก 6", "5 จาก 6"), "rewrite-numbers"),
    "a number left out": (lambda text: re.sub(r"\(ร้อยละ [\d.]+\)", "", text), "rewrite-numbers"),
    "a number in words": (lambda text: text.replace("3 จาก", "ห้า จาก"), "rewrite-numbers"),
    "a quote made up": (lambda text: f"{text} “ครูครบทุกชั้น”", "rewrite-quotes"),
    "a name brought in": (lambda text: f"{text} หน่วยงาน A1", "rewrite-names"),
    "a negation added": (lambda text: text.replace("พบใน", "ไม่พบใน"), "rewrite-negation"),
    "praise added": (lambda text: f"{text} ทุกเขตดีเยี่ยมสมควรได้รับรางวัลชนะเลิศระดับประเทศ", "rewrite-new-words"),
    "the matter left out": (lambda text: text[text.index("พบใน") :], "rewrite-lost-words"),
    "another language": (lambda text: "All areas are excellent.", "rewrite-language"),
    "an address": (lambda text: f"{text} https://example.org", "rewrite-language"),
    "markup": (lambda text: f"{text} <script>", "rewrite-language"),
    "far too long": (lambda text: text * 4, "rewrite-length"),
}


def test_what_the_draft_does_not_say_is_listed_and_not_shown(world: World, model: Behaviour) -> None:
    for name, (how, code) in DISHONEST.items():
        ModelCall.objects.all().delete()
        model.answer = worded(how)
        made = rewrite(world)
        assert (made.accepted, made.rejected) == (0, 1), name
        assert sentences(shown(world)) == [], name
        (call,) = queries.model_calls(viewer=OFFICER, round_id=world.round.id)
        assert call.outcome == "rejected"
        assert code in {reason.code for reason in call.reasons}, name
        assert all(reason.words.th and reason.words.en for reason in call.reasons)
        assert rewrite(world).asked == 0


SHAPES = {
    "ได้เลย": "reply-not-json",
    "{}": "reply-schema",
    '{"sentences": []}': "reply-schema",
    '{"sentences": [], "score": 100}': "reply-schema",
}


def test_an_answer_of_another_shape_is_listed_and_not_shown(world: World, model: Behaviour) -> None:
    for said, code in SHAPES.items():
        ModelCall.objects.all().delete()
        model.answer = partial(said_anyway, said)
        assert rewrite(world).rejected == 1
        assert sentences(shown(world)) == []
        (call,) = queries.model_calls(viewer=OFFICER, round_id=world.round.id)
        assert [reason.code for reason in call.reasons] == [code]


def said_anyway(said: str, asked: dict[str, Any]) -> str:
    return said


def test_one_bad_sentence_keeps_the_whole_lesson_out(world: World, model: Behaviour) -> None:
    first = min(counted(world))
    model.answer = worded(lambda text: text.replace("3 จาก", "4 จาก") if text == first else honest(text))
    assert rewrite(world).rejected == 1
    assert sentences(shown(world)) == []


def test_a_model_that_does_not_answer_is_listed_and_asked_again(world: World, model: Behaviour) -> None:
    model.status = 500
    assert rewrite(world).unprocessable == 1
    assert sentences(shown(world)) == []
    (call,) = queries.model_calls(viewer=OFFICER, round_id=world.round.id)
    assert (call.outcome, call.tokens_in, call.cost) == ("unprocessable", None, None)
    assert call.reasons
    model.status = 200
    assert rewrite(world).accepted == 1


def test_each_call_tells_what_it_took(world: World, model: Behaviour, settings: Any) -> None:
    rewrite(world)
    (call,) = queries.model_calls(viewer=OFFICER, round_id=world.round.id)
    assert (call.model, call.prompt_version) == ("openai/fake", "rewriting-1")
    assert (call.policy_area, call.kind, call.asked_by) == ("QUA", "improve", OFFICER.name)
    assert (call.tokens_in, call.tokens_out) == (100, 20)
    assert call.cost == pytest.approx(100 * 0.1 / 1000 + 20 * 0.4 / 1000)
    assert len(call.source_hash) == 64
    assert call.seconds >= 0
    assert "{" in ModelCall.objects.get(pk=call.id).reply
    ModelCall.objects.all().delete()
    settings.CHAT = settings.CHAT | {"price_in": None}
    rewrite(world)
    assert queries.model_calls(viewer=OFFICER, round_id=world.round.id)[0].cost is None


def test_a_rewording_goes_once_its_draft_has_changed(world: World, model: Behaviour) -> None:
    rewrite(world)
    assert sentences(shown(world))
    theme = Theme.objects.filter(theme_set__state="signed").order_by("pk").first()
    assert theme is not None
    Theme.objects.filter(pk=theme.pk).update(label_th="เครือข่ายและเครื่องคอมพิวเตอร์")
    found = shown(world)
    assert found is not None
    assert (sentences(found), found.waiting) == ([], 1)
    assert rewrite(world).accepted == 1
    assert len(model.asked) == 2


def test_a_label_with_a_person_s_name_does_not_leave_the_server(world: World, model: Behaviour) -> None:
    named = Theme.objects.filter(theme_set__state="signed").order_by("pk")
    for place, theme in enumerate(named):
        Theme.objects.filter(pk=theme.pk).update(label_th=f"ครูของนายสมชาย ใจดี โทร 081-234-567{place}")
    made = rewrite(world)
    assert made.unprocessable == 1
    assert model.asked == []
    (call,) = queries.model_calls(viewer=OFFICER, round_id=world.round.id)
    assert {reason.code for reason in call.reasons} == {"nothing-to-ask", "text-personal"}


def test_only_who_manages_asks_and_reads_the_record(world: World, model: Behaviour) -> None:
    for other in (viewer("executive"), world.officer("A1")):
        with pytest.raises((NotAllowedError, NotFoundError)):
            actions.rewrite_lessons(by=other, round_id=world.round.id, now=NOW)
        with pytest.raises((NotAllowedError, NotFoundError)):
            actions.ask_for_rewriting(by=other, round_id=world.round.id, now=NOW)
        with pytest.raises((NotAllowedError, NotFoundError)):
            queries.model_calls(viewer=other, round_id=world.round.id)
    assert model.asked == []


def test_without_a_model_nothing_is_asked_or_shown(world: World) -> None:
    assert shown(world) is None
    with pytest.raises(BadInputError, match="chat-not-set"):
        rewrite(world)
    with pytest.raises(BadInputError, match="chat-not-set"):
        actions.ask_for_rewriting(by=OFFICER, round_id=world.round.id, now=NOW)


def test_asking_queues_a_job_and_both_leave_a_trace(world: World, model: Behaviour) -> None:
    actions.ask_for_rewriting(by=OFFICER, round_id=world.round.id, now=NOW)
    (job,) = [job for job in jobs.jobs() if job.kind == "narratives.rewrite"]
    asked = audit.entries(object_type="job", object_id=str(job.id))
    assert [entry.action for entry in asked] == ["narratives.ask_for_rewriting"]
    rewrite(world)
    done = audit.entries(object_type="round", object_id=str(world.round.id))
    assert "narratives.rewrite_lesson" in {entry.action for entry in done}

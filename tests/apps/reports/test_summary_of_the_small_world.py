from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import docx
import pytest
from tests.factories import NOW, TODAY, World, number, percent, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.quality.actions import check_round
from sanyan.apps.reports import queries
from sanyan.core.errors import NotFoundError
from sanyan.core.reporting.blocks import Bullets, Callout, Document, Figures, Heading, Paragraph, SourceList, Table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_facts() -> Iterator[None]:
    store = import_module("sanyan.apps.analytics.access").fact_store()  # Django is not ready when this file is read
    store.clear()
    yield
    store.clear()


@pytest.fixture
def certify(django_capture_on_commit_callbacks: Any) -> Callable[..., None]:
    factories = import_module("tests.factories")

    def done(world: World, code: str, *answers: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            factories.certify(world, code, *answers)

    return done


@pytest.fixture
def world(certify: Callable[..., None]) -> World:
    """Three of six areas certified: two in one region, one in the other; one of them with an impossible figure."""
    made = small_world()
    certify(made, "A1", percent(90, 100), number(4), number(60, "QUA-01"))
    certify(made, "A2", percent(30, 100), number(12), number(40, "QUA-01"))
    certify(made, "B1", percent(50, 100), number(120, "QUA-01"))
    check_round(by=SYSTEM, round_id=made.round.id, now=NOW)  # the worker's work
    return made


def summary(world: World, by: Any = SYSTEM, lang: str = "th") -> Document:
    return queries.round_summary(viewer=by, round_id=world.round.id, today=TODAY, lang=lang)


def said(document: Document) -> str:
    """Everything the document says, in one string."""
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading | Callout):
            parts.append(block.text)
        elif isinstance(block, Paragraph):
            parts += [sentence.text for sentence in block.sentences]
        elif isinstance(block, Bullets):
            parts += [sentence.text for sentence in block.items]
        elif isinstance(block, Figures):
            parts += [f"{figure.label} {figure.value} {figure.note}" for figure in block.items]
        elif isinstance(block, Table):
            parts += [" ".join(row) for row in block.rows]
    return "\n".join(parts)


def uncited(document: Document) -> list[str]:
    """Figures, tables and sentences that hold a number and name no source."""
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph | Bullets):
            sentences = block.sentences if isinstance(block, Paragraph) else block.items
            found += [one.text for one in sentences if holds_a_number(one.text) and not one.sources]
        elif isinstance(block, Figures):
            found += [figure.label for figure in block.items if not figure.sources]
        elif isinstance(block, Table) and not block.sources:
            found.append(block.caption)
    return found


def holds_a_number(text: str) -> bool:
    """Apart from dates, which say up to when the figures count."""
    return bool(re.search(r"\d", re.sub(r"\d{1,2} [^\d\s]+ \d{4}", "", text)))


def test_coverage_counts_every_area_asked(world: World) -> None:
    figures = next(block for block in summary(world).blocks if isinstance(block, Figures))
    certified = next(figure for figure in figures.items if "รับรอง" in figure.label)
    assert "3" in certified.value
    assert "6" in f"{certified.value} {certified.note}"


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_number_has_a_source_that_is_listed(world: World, lang: str) -> None:
    document = summary(world, lang=lang)
    assert uncited(document) == []
    (listed,) = (block for block in document.blocks if isinstance(block, SourceList))
    assert [source.number for source in listed.items] == list(range(1, len(listed.items) + 1))
    assert all(source.text for source in listed.items)


def test_shares_are_sums_of_parts_not_means_of_percentages(world: World) -> None:
    assert "56.7" in said(summary(world)), "170 of 300 over the three areas"


def test_what_the_checks_found_is_told(world: World) -> None:
    text = said(summary(world))
    assert "ร้อยละที่เป็นไปไม่ได้" in text
    assert "120" in text


def test_an_area_that_has_not_reported_is_not_counted_as_zero(world: World) -> None:
    director = viewer("region_director", region_of(world, "B1"))
    document = summary(world, director)
    text = said(document)
    assert "50" in text
    assert "16.7" not in text, "50 of 300 would count silence as zero"


def region_of(world: World, code: str) -> int:
    organisations = import_module("sanyan.apps.organisations.queries")
    info = organisations.organisation(organisation_id=world.ids[code], on=TODAY)
    found = organisations.by_code(codes=[info.region_code], on=TODAY)
    return int(found[info.region_code].id)


def test_a_region_director_reads_of_their_own_region_only(world: World) -> None:
    director = viewer("region_director", region_of(world, "B1"))
    text = said(summary(world, director))
    assert "สพ.A1" not in text
    assert "สพ.A2" not in text
    figures = next(block for block in summary(world, director).blocks if isinstance(block, Figures))
    certified = next(figure for figure in figures.items if "รับรอง" in figure.label)
    assert "3" in f"{certified.value} {certified.note}", "one of three"


def test_a_round_nobody_may_see_is_not_found(world: World) -> None:
    with pytest.raises(NotFoundError):
        queries.round_summary(viewer=SYSTEM, round_id=999_999, today=TODAY)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_word_file_holds_the_whole_summary(world: World, lang: str) -> None:
    document = summary(world, lang=lang)
    found = queries.round_summary_word(viewer=SYSTEM, round_id=world.round.id, today=TODAY, lang=lang)
    assert found.file_name == f"summary_SMALL_2568-09_{lang}.docx"
    opened = docx.Document(io.BytesIO(found.data))
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    for block in document.blocks:
        if isinstance(block, Heading):
            assert block.text in text
        elif isinstance(block, Paragraph):
            assert all(sentence.text in text for sentence in block.sentences)
    rows = {tuple(cell.text for cell in row.cells) for table in opened.tables for row in table.rows}
    for block in document.blocks:
        if isinstance(block, Table):
            assert {tuple(row) for row in block.rows} <= rows


def test_thai_digits_are_used_when_asked_for(world: World) -> None:
    found = queries.round_summary_word(viewer=SYSTEM, round_id=world.round.id, today=TODAY, thai_digits=True)
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(found.data)).paragraphs)
    assert "๒๕๖๘" in text
    assert "2568" not in text


def test_a_practice_round_says_so(certify: Callable[..., None]) -> None:
    world = small_world(is_practice=True)
    certify(world, "A1", percent(90, 100))
    assert "ฝึกหัด" in summary(world).label
    assert summary(world, lang="en").label


def test_a_round_without_any_report_can_be_summarised() -> None:
    document = summary(small_world())
    assert uncited(document) == []
    assert document.title

"""What an area wrote that belongs to a case: certified answers of the same policy area, the latest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.cases.models import Case, CaseSource
from sanyan.apps.collection import queries as collection
from sanyan.apps.collection.queries import AnswerRow
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.core.cases.citing import Reported, cited, named_policy_area, offers_case
from sanyan.core.cases.cues import SILENT
from sanyan.core.indicators.definitions import Framework
from sanyan.core.text.stances import stance_of

ROUNDS = 4  # that a card looks back over


@dataclass(frozen=True)
class Told:
    """One narrative answer, with the policy area it belongs to and the indicators whose figures it quotes."""

    info: RoundInfo
    answer: AnswerRow
    policy_area: str
    cited: tuple[str, ...]
    is_offered: bool


@dataclass
class Texts:
    """Reads the certified narratives of rounds, each round once for many cases."""

    def __post_init__(self) -> None:
        self._rounds: dict[int, dict[int, list[Told]]] = {}
        self._frameworks: dict[int, Framework] = {}

    def of_round(self, info: RoundInfo) -> dict[int, list[Told]]:
        """The narratives of a round by organisation."""
        if info.id not in self._rounds:
            self._rounds[info.id] = self._read(info)
        return self._rounds[info.id]

    def framework(self, info: RoundInfo) -> Framework:
        if info.version_id not in self._frameworks:
            view = frameworks.framework_version(viewer=SYSTEM, version_id=info.version_id)
            self._frameworks[info.version_id] = view.definition
        return self._frameworks[info.version_id]

    def sources_of(self, case: Case, info: RoundInfo) -> Iterator[CaseSource]:
        """Texts for a case that are not kept yet, as rows to keep: what was offered itself, else of its policy area."""
        held = frameworks.rounds(viewer=SYSTEM, framework_code=info.framework_code, is_practice=info.is_practice)
        rounds = [item for item in held if item.key <= info.key][:ROUNDS]
        told = [item for round_ in rounds for item in self.of_round(round_).get(case.organisation_id, ())]
        wanted = [item for item in told if _offered_as(case, item)]
        wanted = wanted or [item for item in told if item.policy_area == case.policy_area]
        wanted.sort(key=lambda item: case.indicator_code not in item.cited)  # the latest first within each
        for item in wanted[:1]:  # two answers may tell of two works; one card is of one
            yield from _rows(case, item, self.framework(item.info))

    def _read(self, info: RoundInfo) -> dict[int, list[Told]]:
        rows = collection.answers_of_round(viewer=SYSTEM, round_id=info.id)
        expected = collection.expected(viewer=SYSTEM, round_id=info.id)
        certified = {row.submission_id for row in expected if row.certified_at is not None}
        kept = [row for row in rows if row.submission_id in certified and not row.disaggregation]
        figures = _reported(kept)
        framework = self.framework(info)
        found: dict[int, list[Told]] = {}
        for row in kept:
            if any(row.text.values()):
                told = _told(info, row, framework, figures.get(row.organisation_id, []))
                found.setdefault(row.organisation_id, []).append(told)
        return found


def _told(info: RoundInfo, row: AnswerRow, framework: Framework, figures: Collection[Reported]) -> Told:
    indicator = framework.indicator(row.indicator_code)
    quoted = cited(" ".join(row.text.values()), figures)
    policy_area, offered = indicator.policy_area, offers_case(indicator)
    if offered:  # on any matter: told by what it is in line with, else by the figures in it
        named = named_policy_area(row.text.get("alignment", ""), framework)
        policy_area = named or (framework.indicator(quoted[0]).policy_area if quoted else policy_area)
    of_it = tuple(code for code in quoted if framework.indicator(code).policy_area == policy_area)
    return Told(info, row, policy_area, of_it, offered)


def _offered_as(case: Case, told: Told) -> bool:
    return told.is_offered and case.subject.endswith(f"report:{told.answer.organisation_id}:{offered_name(told)}")


def offered_name(told: Told) -> str:
    """What sets apart one case that a report offers: the round and the question."""
    return f"{told.info.key}:{told.answer.indicator_code}"


def _reported(rows: Collection[AnswerRow]) -> dict[int, list[Reported]]:
    found: dict[int, list[Reported]] = {}
    for row in rows:
        if row.value is not None:
            figure = Reported(row.indicator_code, row.value, row.numerator, row.denominator)
            found.setdefault(row.organisation_id, []).append(figure)
    return found


def _rows(case: Case, told: Told, framework: Framework) -> Iterator[CaseSource]:
    for field in framework.narrative_fields:
        text = told.answer.text.get(field.key, "")
        if text.strip() and field.key not in SILENT:
            yield CaseSource(
                case=case,
                key=f"{told.info.key}:{told.answer.indicator_code}:{field.key}:{told.answer.revision}",
                kind=CaseSource.Kind.ANSWER,
                round_name=str(told.info.key),
                indicator_code=told.answer.indicator_code,
                field_key=field.key,
                name_th=field.name_th,
                name_en=field.name_en,
                stance=stance_of(field).value,
                text=text,
                cites=case.indicator_code in told.cited,
            )


def own_words(texts: Mapping[str, str], framework: Framework) -> list[tuple[str, str, str, str, str]]:
    """What somebody typed, by boxes of the form: key, both names, stance and text of each that is not empty."""
    return [
        (field.key, field.name_th, field.name_en, stance_of(field).value, texts[field.key].strip())
        for field in framework.narrative_fields
        if texts.get(field.key, "").strip()
    ]

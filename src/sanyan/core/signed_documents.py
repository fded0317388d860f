"""What all signed documents share: words in both languages, an author, a checker, a day of next review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from sanyan.core.errors import BadInputError

C = TypeVar("C", bound=StrEnum)
D = TypeVar("D", bound="SignedDocument")
D_co = TypeVar("D_co", bound="SignedDocument", covariant=True)


class SignedDocument(Protocol):
    """What every signed document has once it is read."""

    @property
    def code(self) -> str:
        """What it is known by, and its file named after."""


class DocumentForm(Protocol[D_co]):
    """Makes one kind of signed document of what a file holds; raises BadInputError naming the field and `place`."""

    def __call__(self, document: Mapping[str, object], *, place: str) -> D_co: ...


class Severity(StrEnum):
    """How soon a person should look."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Words:
    """The same sentence in Thai and English; both may hold {placeholders}."""

    th: str
    en: str

    def filled(self, parts: Mapping[str, str]) -> Words:
        """Both sentences with their placeholders filled; raise KeyError for one that is not known."""
        return Words(self.th.format_map(parts), self.en.format_map(parts))


@dataclass(frozen=True)
class DocumentReader:
    """Reads the fields of a document already parsed from YAML or JSON; each error names the field and the file."""

    document: Mapping[str, object]
    place: str

    def text(self, name: str) -> str:
        """A text that is not empty."""
        value = self.document.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(name)
        return value.strip()

    def words(self, name: str) -> Words:
        """A text in both languages, from the fields `<name>_th` and `<name>_en`."""
        return Words(self.text(f"{name}_th"), self.text(f"{name}_en"))

    def choice(self, name: str, choices: type[C]) -> C:
        """One of an enumeration."""
        try:
            return choices(self.text(name))
        except ValueError:
            raise self.fault(name) from None

    def day(self, name: str) -> date:
        """A day, as YAML reads one or in ISO form."""
        value = self.document.get(name)
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise self.fault(name) from None

    def reasons(self) -> dict[str, Words]:
        """The sentences by variant, from the field `reasons`."""
        given = self.document.get("reasons")
        if not isinstance(given, Mapping) or not given:
            raise self.fault("reasons")
        return {str(name): self._reason(str(name), words) for name, words in given.items()}

    def numbers(self, name: str) -> dict[str, float]:
        """Numbers by name; none where the field is left out."""
        given = self.document.get(name, {})
        if not isinstance(given, Mapping):
            raise self.fault(name)
        for key, value in given.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise self.fault(f"{name}.{key}")
        return {str(key): float(value) for key, value in given.items()}

    def fault(self, name: str) -> BadInputError:
        """The error of a field that is missing, empty or not of its sort."""
        return BadInputError(
            "signed-definition",
            f"นิยามยังไม่สมบูรณ์ที่ช่อง {name}",
            f"The definition is not complete: {name}.",
            next_th="เติมช่องนี้ในไฟล์นิยาม แล้วเริ่มใหม่",
            next_en="Fill this field in the definition file and start again.",
            place=self.place,
        )

    def _reason(self, name: str, words: object) -> Words:
        if not isinstance(words, Mapping):
            raise self.fault(f"reasons.{name}")
        inner = DocumentReader(words, self.place)
        return Words(inner.text("th"), inner.text("en"))


def signed_documents(parsed: Iterable[tuple[str, object]], form: DocumentForm[D]) -> tuple[D, ...]:
    """Documents of one kind from their parsed files, each given as (file name, what it holds), in the order given.

    Raise BadInputError for a file that is not whole or not named `<code>.yaml`; so no two can hold the same code.
    """
    found = []
    for name, held in parsed:
        document = form(held if isinstance(held, Mapping) else {}, place=name)
        if name != f"{document.code}.yaml":
            raise BadInputError(
                "signed-definition-name",
                f"ชื่อไฟล์ไม่ตรงกับรหัสในนิยาม {document.code}",
                f"The file is not named after the definition it holds, {document.code}.",
                next_th=f"ตั้งชื่อไฟล์เป็น {document.code}.yaml",
                next_en=f"Name it {document.code}.yaml.",
                place=name,
            )
        found.append(document)
    return tuple(found)

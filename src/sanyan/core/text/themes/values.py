"""What is said of proposed themes."""

from __future__ import annotations

from dataclasses import dataclass

from sanyan.core.signed_documents import Words


@dataclass(frozen=True)
class Passage:
    """One text as it is grouped: who wrote it (organisation), and in which region ("" where not known)."""

    text: str
    organisation: str
    region: str = ""


@dataclass(frozen=True)
class Member:
    """A passage of a theme by its row, and how near it lies to the theme's middle (cosine, -1 to 1)."""

    row: int
    strength: float


@dataclass(frozen=True)
class Support:
    """Who speaks of a theme: passages (near-copies counted once), areas and regions, each counted once."""

    passages: int
    areas: int
    regions: int


@dataclass(frozen=True)
class CandidateTheme:
    """A theme as the machine proposes it; a person names and signs it.

    `words` weigh most for it, heaviest first. `members` are strongest first. `stability` is the mean likeness
    (Jaccard, 0-1) with the group found again over draws of the passages: under 0.6 it is hardly more than chance.
    `representatives` are rows fit to be quoted: central, from different areas, unlike each other.
    """

    label: str
    words: tuple[tuple[str, float], ...]
    members: tuple[Member, ...]
    stability: float
    support: Support
    representatives: tuple[int, ...]


@dataclass(frozen=True)
class RefusedTheme:
    """A group that did not become a theme, and why; its rows are listed as unassigned."""

    theme: CandidateTheme
    code: str
    reason: Words


@dataclass(frozen=True)
class Unassigned:
    """A row without a theme, and why."""

    row: int
    code: str
    reason: Words


@dataclass(frozen=True)
class Proposal:
    """Candidate themes, largest support first; what was refused; rows left over; how firm the whole grouping is.

    Every row is a member of a theme or is unassigned. `ari` is the mean adjusted Rand index over bootstrap draws.
    `by_meaning` is False where only words could be compared, which `basis` says for people.
    """

    themes: tuple[CandidateTheme, ...]
    refused: tuple[RefusedTheme, ...]
    unassigned: tuple[Unassigned, ...]
    ari: float
    by_meaning: bool
    basis: Words

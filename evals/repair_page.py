"""The evaluation of repair as a page of the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.repair import Result

_HEAD = """# How well damaged Thai is repaired

Made by `python -m evals.repair --page docs/reference/evaluation-text-repair.md`; do not edit. News of the Thai
government on education (public domain, not part of the repository) is damaged in each way that PDF files, fonts and
typing damage Thai, and repaired. Costs and rules were tuned on every other document; these figures are of the others:
{documents} documents. False repairs were also looked for, and mended, in 3,000 lines of further news; texts that
begin as one of these documents does were left out of them.

CER is the least number of code points to insert, delete or replace, for each code point of the right text, over all
passages together. Texts are compared exactly as they are; nothing is normalised first. Targets: CER cut by 80 % or more
in each class and over all, at most 0.1 % of clean text changed.

**{verdict}**

| Damage | Passages | CER before | CER after | Cut | Made worse |
|---|---:|---:|---:|---:|---:|
"""
_NOTES = """
- `stripped`: every mark gone; in half of the passages sara am has become a. `thinned`: 5 to 40 % of the marks gone,
  here and there. Words that differ only by such a mark cannot be told apart without what is said around them, and
  names that are in no list cannot be known.
- `stray-spaces`: blanks put between any two letters. One between two whole words looks like a blank that was meant.
- `doubled`: a whole word written twice ("ที่ที่") looks like one that was meant.
- `several at once`: two to four classes in a passage, `stripped` and `thinned` not among them.
- `mixed-digits`: a number goes to the script of the other numbers of the text, else to that of most of its digits.
"""


def page(result: Result) -> str:
    """The page as Markdown."""
    verdict = "All targets are met." if not result.missed else f"Missed: {', '.join(result.missed)}."
    rows = [
        f"| {name} | {scores.pairs} | {_share(scores.cer_before)} | {_share(scores.cer_after)} | {_share(scores.cut)} "
        f"| {_share(scores.worse_share)} |"
        for name, scores in [*result.by_class.items(), ("**over all**", result.overall)]
    ]
    return "\n".join(
        [_HEAD.format(documents=result.documents, verdict=verdict) + "\n".join(rows), _NOTES, _clean(result)]
    )


def _clean(result: Result) -> str:
    clean = result.clean
    lines = [
        "## Clean text",
        "",
        f"{clean.passages} passages without damage of their own; {clean.flawed} of the source hold it, such as sara am",
        "written as two characters, and are left out here.",
        "",
        f"- passages changed: {clean.passages_changed} ({100 * clean.share_of_passages:.2f} %)",
        f"- characters changed: {clean.characters_changed} ({100 * clean.share_of_characters:.3f} %)",
        f"- speed: about {round(clean.characters_a_second, -3):,.0f} characters a second, on whatever machine made "
        "this page",
        "",
    ]
    if clean.changes:
        lines += ["All changes, whether right or wrong:", "", "| As published | After repair |", "|---|---|"]
        lines += [f"| {_cell(before)} | {_cell(after)} |" for before, after in clean.changes]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.2f} %"

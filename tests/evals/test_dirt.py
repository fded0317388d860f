from evals.dirt import Dirt, Spoken, ranked

from sanyan.core.forms.panel import PanelRow
from sanyan.core.rounds import RoundKey


def row(unit: str, value: float, indicator: str = "grad") -> PanelRow:
    return PanelRow(unit, "", "", None, RoundKey(2536, 12), indicator, None, None, value, "A1")


def said(unit: str, check: str, indicator: str = "grad") -> Spoken:
    return Spoken(check, "2536-12", unit, indicator, 0.5, "")


def test_dirt_stands_at_the_best_finding_that_names_its_cell() -> None:
    spoken = [said("9", "a"), said("1", "b", "math4"), said("1", "b"), said("1", "a")]
    (found,) = ranked([Dirt("grad", 2570.4, "")], [row("1", 2570.3999), row("9", 80)], spoken)
    assert (found.check, found.of_all, found.of_kind, found.is_reached) == ("b", 3, 2, True)


def test_dirt_that_no_finding_names_is_not_reached() -> None:
    (found,) = ranked([Dirt("grad", 0, "")], [row("1", 0)], [said("2", "a")])
    assert (found.of_all, found.is_reached) == (None, False)


def test_dirt_below_the_first_of_all_is_not_reached() -> None:
    spoken = [said(str(number), f"check-{number}") for number in range(100, 125)]
    (found,) = ranked([Dirt("grad", 0, "")], [row("1", 0)], [*spoken, said("1", "a")])
    assert (found.of_all, found.of_kind, found.is_reached) == (26, 1, False)


def test_of_dirt_that_is_one_story_only_the_first_found_counts() -> None:
    cells = ranked([Dirt("grad", 0, "", each=False)], [row("1", 0), row("2", 0)], [said("2", "a")])
    assert [(cell.unit, cell.counts, cell.is_reached) for cell in cells] == [("2", True, True), ("1", False, True)]

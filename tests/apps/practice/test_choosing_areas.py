from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.accounts.actions import make_demo_accounts
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.actions import load_registry
from sanyan.apps.practice.actions.loading import LAST_ROUND, chosen_areas

NOW = datetime(2025, 7, 10, tzinfo=UTC)


@pytest.fixture
def registry(db: None) -> tuple[organisations.OrganisationInfo, ...]:
    load_registry(by=SYSTEM, now=NOW)
    return organisations.areas(on=LAST_ROUND.data_until)


@pytest.mark.slow
def test_however_few_areas_are_made_the_demo_accounts_have_theirs(
    registry: tuple[organisations.OrganisationInfo, ...],
) -> None:
    held = {account.organisation_code for account in make_demo_accounts(by=SYSTEM, now=NOW)}
    of_areas = held & {area.code for area in registry}
    assert of_areas
    for count in (1, 2, 12, 244):
        chosen = [area.code for area in chosen_areas(registry, count)]
        assert len(chosen) == count
        assert of_areas <= set(chosen)


@pytest.mark.slow
def test_a_few_areas_come_from_all_over_the_country_and_are_of_both_types(
    registry: tuple[organisations.OrganisationInfo, ...],
) -> None:
    chosen = chosen_areas(registry, 12)
    assert {area.area_type for area in chosen} == {"primary", "secondary"}
    assert len({area.region_code for area in chosen}) >= 8
    assert chosen == tuple(sorted(chosen, key=registry.index)), "in the registry's order"
    assert chosen_areas(registry, 245) == registry

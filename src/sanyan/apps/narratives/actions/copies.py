"""Passages that say nearly word for word what another office says of the same question are tied to the first of them.

Counts then take both as one, and the copies are listed.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.narratives.actions.reading import only_system, renew_state
from sanyan.apps.narratives.models import Passage
from sanyan.core.text.duplicates import near_copies

LIKE = 0.8  # share of runs of five characters that both have


def mark_copies(*, by: Viewer, round_ids: Collection[int]) -> int:
    """Look for near-copies among the passages of each question of these rounds. Returns how many were tied or freed."""
    only_system(by)
    changed = 0
    for round_id in sorted(round_ids):
        questions: dict[tuple[str, str], list[tuple[int, str, int | None]]] = {}
        rows = Passage.objects.filter(source__round_id=round_id, source__gone_at__isnull=True, orders=False)
        fields = ("source__indicator_code", "source__field_key", "pk", "text", "copy_of_id")
        for indicator, field, *rest in rows.order_by("pk").values_list(*fields):
            questions.setdefault((indicator, field), []).append((rest[0], rest[1], rest[2]))
        for items in questions.values():
            changed += _tie(items)
    if changed:
        renew_state()
    return changed


def _tie(items: list[tuple[int, str, int | None]]) -> int:
    first_of: dict[int, int | None] = {pk: None for pk, _, _ in items}
    for group in near_copies([text for _, text, _ in items], LIKE):
        first = items[group[0]][0]
        first_of.update({items[place][0]: first for place in group[1:]})
    changed = [Passage(pk=pk, copy_of_id=first_of[pk]) for pk, _, held in items if held != first_of[pk]]
    with transaction.atomic():
        Passage.objects.bulk_update(changed, ["copy_of"], batch_size=500)
    return len(changed)

from __future__ import annotations

from collections.abc import Collection

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.collection.models import Answer, Submission
from sanyan.apps.frameworks import queries as frameworks
from sanyan.core.indicators.definitions import Indicator


def asked_of(*, viewer: Viewer, submission_ids: Collection[int]) -> dict[int, tuple[Indicator, ...]]:
    """The indicators that each submission is asked, in the framework's order."""
    scope = visible_organisations(viewer=viewer)
    rows = scope.filter(
        Submission.objects.filter(pk__in=list(submission_ids)), "assignment__organisation_id"
    ).values_list("pk", "assignment__round_id", "assignment__organisation__area_type")
    asked: dict[tuple[int, str], tuple[Indicator, ...]] = {}
    result = {}
    for submission, round_id, area_type in rows:
        if (round_id, area_type) not in asked:
            info = frameworks.round_info(viewer=viewer, round_id=round_id)
            definition = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition
            asked[round_id, area_type] = definition.asked(month=info.key.month, area_type=area_type)
        result[submission] = asked[round_id, area_type]
    return result


def unanswered(*, viewer: Viewer, submission_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Codes of the indicators that have no answer yet, by submission; a stated absence is an answer."""
    answered: dict[int, set[str]] = {}
    rows = Answer.objects.filter(submission_id__in=list(submission_ids), disaggregation="")
    for submission, code in rows.values_list("submission_id", "indicator__code"):
        answered.setdefault(submission, set()).add(code)
    return {
        submission: tuple(item.code for item in items if item.code not in answered.get(submission, set()))
        for submission, items in asked_of(viewer=viewer, submission_ids=submission_ids).items()
    }

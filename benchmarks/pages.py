"""What a certification and the main pages take at the server, with a practice year loaded.

    python -m benchmarks.pages HOME     (HOME: the SANYAN_HOME of a finished `./run --once`; it is changed!)

Prints one JSON line. Aims: certify -> visible within 1 s; overview and area pages within 150 ms.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable

from benchmarks.home import temporary_home

RUNS = 15
BACKEND = "django.contrib.auth.backends.ModelBackend"


def main() -> None:
    with temporary_home(keep=sys.argv[1]):
        print(json.dumps(measure()))


def measure() -> dict[str, float]:
    from django.conf import settings  # noqa: PLC0415  # after Django is ready
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from sanyan.apps.accounts.access import SYSTEM  # noqa: PLC0415
    from sanyan.apps.analytics import tasks  # noqa: PLC0415
    from sanyan.apps.collection import actions, queries  # noqa: PLC0415
    from sanyan.apps.frameworks import queries as frameworks  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    info = max(frameworks.rounds(viewer=SYSTEM), key=lambda item: item.key)
    rows = queries.expected(viewer=SYSTEM, round_id=info.id)
    client = Client()
    client.force_login(get_user_model().objects.get(username="demo.executive"), backend=BACKEND)
    area = next(row for row in rows if row.state == "certified")
    overview, area_page = f"/overview/?round={info.id}", f"/areas/{area.organisation_id}/?round={info.id}"

    def page(address: str) -> Callable[[], None]:
        def get() -> None:
            assert client.get(address).status_code == 200, address

        return get

    tasks.warm()  # as the server does when it starts
    page(overview)()
    now = timezone.now()
    waiting = next(row for row in rows if row.state == "submitted")
    began = time.perf_counter()
    actions.certify(by=SYSTEM, submission_id=waiting.submission_id, now=now)
    page(f"/areas/{waiting.organisation_id}/?round={info.id}")()
    page(overview)()
    visible = time.perf_counter() - began
    return {
        "certify_to_visible_seconds": round(visible, 3),
        "overview_ms": median_ms(page(overview)),
        "area_page_ms": median_ms(page(area_page)),
    }


def median_ms(work: Callable[[], None]) -> float:
    """Median milliseconds of some runs, after one to warm up."""
    work()
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return round(1000 * statistics.median(times), 1)


if __name__ == "__main__":
    main()

"""Passages get their vectors, newest round first. Each text is embedded once, whoever wrote it and however often."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.db import transaction

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.jobs.actions import Progress
from sanyan.apps.narratives.actions.reading import only_system, renew_state
from sanyan.apps.narratives.language import configured_embedder
from sanyan.apps.narratives.models import Passage, Vector
from sanyan.engines.language.base import Embedder

TEXTS_AT_ONCE = 64
TELL_EVERY = 1_000  # texts: each time that processes are told, they read what is new
DOING = "ทำดัชนีความหมายของข้อความ"


def embed_missing(*, by: Viewer, progress: Progress | None = None, most: int | None = None) -> int:
    """Embed texts that have no vector by the model in use. Returns how many; 0 where there is no model.

    It may be stopped and begun again at any time: each batch is kept when it is done.
    """
    only_system(by)
    embedder = configured_embedder()
    if embedder is None:
        return 0
    waiting, held = _waiting(embedder.model_id)
    waiting = waiting[:most]
    for start in range(0, len(waiting), TEXTS_AT_ONCE):
        _embed(embedder, waiting[start : start + TEXTS_AT_ONCE])
        done = min(start + TEXTS_AT_ONCE, len(waiting))
        if (held + done) // TELL_EVERY > (held + start) // TELL_EVERY:
            renew_state()
        if progress is not None:
            progress(held + done, held + len(waiting), DOING)
    if waiting:
        renew_state()
    return len(waiting)


def _waiting(model_id: str) -> tuple[list[tuple[str, int]], int]:
    """Hash and passage of each text without a vector, of live texts that say something, newest round first; and how
    many texts have one."""
    held = set(Vector.objects.filter(model_id=model_id).values_list("text_hash", flat=True))
    rows = (
        Passage.objects.filter(source__gone_at__isnull=True, says_something=True)
        .order_by("-source__round__fiscal_year", "-source__round__month", "pk")
        .values_list("text_hash", "pk")
    )
    first: dict[str, int] = {}
    for text_hash, passage in rows:
        first.setdefault(text_hash, passage)
    waiting = [(text_hash, passage) for text_hash, passage in first.items() if text_hash not in held]
    return waiting, len(first) - len(waiting)


def _embed(embedder: Embedder, batch: Sequence[tuple[str, int]]) -> None:
    texts = dict(Passage.objects.filter(pk__in=[passage for _, passage in batch]).values_list("text_hash", "text"))
    hashes = [text_hash for text_hash, _ in batch if text_hash in texts]
    vectors = embedder.passages([texts[text_hash] for text_hash in hashes]).astype(np.float16)
    with transaction.atomic():
        rows = [
            Vector(model_id=embedder.model_id, text_hash=text_hash, numbers=vector.tobytes())
            for text_hash, vector in zip(hashes, vectors, strict=True)
        ]
        Vector.objects.bulk_create(rows, ignore_conflicts=True)

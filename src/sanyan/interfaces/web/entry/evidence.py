"""Evidence under a question, with its file: added and removed one by one, and handed out."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.collection.actions import add_evidence, add_evidence_file, remove_evidence
from sanyan.apps.collection.queries import evidence_file_content
from sanyan.core.errors import BadInputError, NotFoundError, NothingToDoError, SanyanError
from sanyan.core.forms.answers import FilledEvidence
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.entry.held_evidence import RefusedEvidence
from sanyan.interfaces.web.entry.views import policy_page
from sanyan.interfaces.web.pages import page, told, try_to


@page
def add(request: HttpRequest, viewer: Viewer, submission_id: int, policy: str, code: str) -> HttpResponse:
    """Add evidence: a note of it, where it is kept, a file, or several of these.

    What is refused is shown under this address, so whoever comes back to it, as a change of language does, is led on.
    """
    if request.method != "POST":
        return _back(submission_id, policy, code)
    item = FilledEvidence(
        code, request.POST.get("kind", ""), request.POST.get("title", ""), request.POST.get("location", "")
    )
    deed, done = _deed(request, viewer, submission_id, item)
    try:
        deed()
    except (BadInputError, NothingToDoError) as error:
        refused = RefusedEvidence(item, error.as_dict())
        return policy_page(request, viewer, submission_id, policy, refused=refused)
    except NotFoundError:
        raise
    except SanyanError as error:
        told(request, error)
    else:
        messages.success(request, done)
    return _back(submission_id, policy, code)


def _deed(
    request: HttpRequest, viewer: Viewer, submission_id: int, item: FilledEvidence
) -> tuple[Callable[[], None], str]:
    """What is to be done, and what is said when it is."""
    sent, now = request.FILES.get("file"), timezone.now()
    if sent is None:
        return lambda: add_evidence(by=viewer, submission_id=submission_id, item=item, now=now), _("เพิ่มหลักฐานแล้ว")
    name, size = sent.name or "", formats.size(sent.size)

    def attach() -> None:
        data = sent.read(settings.EVIDENCE_LIMIT_BYTES + 1)  # enough to see that it is too large
        add_evidence_file(by=viewer, submission_id=submission_id, item=item, data=data, file_name=name, now=now)

    return attach, _("เพิ่มหลักฐานแล้ว แนบไฟล์ %(name)s (%(size)s)") % {"name": name, "size": size}


@require_safe
@page
def file(request: HttpRequest, viewer: Viewer, file_id: int) -> HttpResponse:
    """Hand a file over to be kept; it is never opened under this site's name."""
    found = evidence_file_content(viewer=viewer, id=file_id)
    # For the checker alone: a response that streams is no HttpResponse to it, though all that handle one take both.
    return cast(
        "HttpResponse",
        FileResponse(
            found.path.open("rb"), as_attachment=True, filename=found.file_name, content_type=found.media_type
        ),
    )


@require_POST
@page
def remove(request: HttpRequest, viewer: Viewer, submission_id: int, policy: str, code: str) -> HttpResponse:
    kind, title, now = request.POST.get("kind", ""), request.POST.get("title", ""), timezone.now()
    try_to(
        request,
        lambda: remove_evidence(
            by=viewer, submission_id=submission_id, indicator=code, kind=kind, title=title, now=now
        ),
        done=_("นำหลักฐานออกแล้ว"),
    )
    return _back(submission_id, policy, code)


def _back(submission_id: int, policy: str, code: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('entry:policy', args=[submission_id, policy])}#e-{code}")

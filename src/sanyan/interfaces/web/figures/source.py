from __future__ import annotations

from django.utils.translation import gettext as _

from sanyan.apps.analytics.queries import Source
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.interfaces.web import formats


def source_line(info: RoundInfo, source: Source) -> str:
    """Where figures come from and as of when, for the foot of a chart."""
    reports = _("รายงานที่รับรองแล้ว %(count)s ฉบับ") % {"count": formats.count(source.reports)}
    as_of = _("ข้อมูลถึง %(day)s") % {"day": formats.day_short(info.data_until)}
    practice = f"{_('ข้อมูลฝึกหัด')} · " if info.is_practice else ""
    return f"{practice}{info.framework_code} · {formats.round_name(info.key)} · {reports} · {as_of}"

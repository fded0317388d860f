from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FrameworkUploadForm(forms.Form):
    """A framework as Excel or YAML."""

    file = forms.FileField(
        label=_("ไฟล์กรอบ"),
        help_text=_("Excel (.xlsx) หรือ YAML ที่ดาวน์โหลดจากหน้านี้แล้วแก้ไข ระบบจะเก็บเป็นฉบับร่าง ยังไม่ประกาศใช้"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.yaml,.yml"}),
        error_messages={"required": _("โปรดเลือกไฟล์ก่อน"), "empty": _("ไฟล์นี้ว่าง โปรดเลือกไฟล์ที่กรอกแล้ว")},
    )


class PublishForm(forms.Form):
    """Who checked the draft."""

    checked_by = forms.CharField(
        label=_("ผู้ตรวจกรอบ"),
        help_text=_("ชื่อผู้ตรวจที่ไม่ใช่ผู้เขียน จะแสดงคู่กับกรอบเสมอ"),
        max_length=200,
        error_messages={"required": _("โปรดใส่ชื่อผู้ตรวจ")},
    )

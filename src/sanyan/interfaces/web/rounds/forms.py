from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class CommentForm(forms.Form):
    """Why a report goes back, in words that help."""

    comment = forms.CharField(
        label=_("ข้อความถึงเขต"),
        help_text=_("บอกว่าข้อใดควรดูอีกครั้ง และควรทำอย่างไร"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": _("โปรดเขียนข้อความ เพื่อให้เขตทราบว่าควรแก้ส่วนใด")},
    )


class SubmitForm(forms.Form):
    """Hand in, with or without what is unanswered."""

    leave_unanswered = forms.BooleanField(
        label=_("ข้อที่ยังไม่ตอบ ให้บันทึกว่า “ยังไม่มีข้อมูล”"),
        help_text=_("ยังไม่มีข้อมูล ไม่ใช่ศูนย์ และเปิดแก้ภายหลังได้เมื่อส่งกลับ"),
        required=False,
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the page itself is the question."""


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one box; the cleaned value is a list."""

    widget = ManyFilesInput

    def clean(self, data: object, initial: object = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(ManyFilesField, self).clean(file, initial) for file in files]
        return [file for file in cleaned if isinstance(file, UploadedFile)]


class BatchForm(forms.Form):
    """The workbooks of many areas."""

    workbooks = ManyFilesField(
        label=_("แบบ Excel ของหลายเขต"),
        help_text=_("เลือกได้หลายไฟล์ ระบบดูจากในไฟล์ว่าเป็นของเขตใด แล้วบันทึกแถวที่ถูกต้องให้ทีละไฟล์"),
        widget=ManyFilesInput(attrs={"accept": ".xlsx", "multiple": True}),
        error_messages={"required": _("โปรดเลือกไฟล์ก่อน")},
    )


class UploadForm(forms.Form):
    """A workbook of this round."""

    file = forms.FileField(
        label=_("ไฟล์ Excel ของรอบนี้"),
        help_text=_("ไฟล์ .xlsx ขนาดไม่เกิน 20 MB ระบบจะตรวจอ่านให้ดูก่อน ยังไม่บันทึก"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls"}),
        error_messages={
            "required": _("โปรดเลือกไฟล์ก่อน"),
            "empty": _("ไฟล์นี้ว่าง โปรดเลือกไฟล์ที่กรอกแล้ว"),
        },
    )

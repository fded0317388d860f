from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from sanyan.apps.organisations.queries import OrganisationInfo, TargetGroupInfo
from sanyan.core.errors import SanyanError
from sanyan.core.thai.dates import parse_date
from sanyan.interfaces.web import words


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


class DayField(forms.CharField):
    """A day as a Thai office writes it: "2 กรกฎาคม 2568", "2/7/68" or ISO."""

    def to_python(self, value: object) -> Any:
        text = super().to_python(value)
        try:
            found = parse_date(text or "")
        except (SanyanError, ValueError) as error:
            raise ValidationError(_("อ่านวันที่ไม่ได้ พิมพ์เช่น 2 กรกฎาคม 2568 หรือ 2/7/2568")) from error
        return found or ""


class OpenRoundForm(forms.Form):
    """When a round opens and is due, whether it is practice, and who is asked."""

    opens_on = DayField(label=_("วันเปิดรอบ"), help_text=_("หากยังไม่ถึงวันนี้ รอบจะรอเปิด"))
    due_on = DayField(label=_("วันครบกำหนดส่ง"), help_text=_("เติมไว้ตามแผนของกรอบ แก้ได้"))
    kind = forms.ChoiceField(
        label=_("ใช้ทำอะไร"),
        widget=forms.RadioSelect,
        choices=[("real", _("เก็บข้อมูลจริง")), ("practice", _("ฝึกหัด ทุกหน้าจะมีป้าย “ข้อมูลฝึกหัด”"))],
    )
    who = forms.ChoiceField(label=_("ขอข้อมูลจากใคร"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, areas: Sequence[OrganisationInfo], groups: Sequence[TargetGroupInfo] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._types = sorted({area.area_type for area in areas if area.area_type})
        self._groups = {f"group-{group.id}": frozenset(group.members) for group in groups}
        who = self.fields["who"]
        if isinstance(who, forms.ChoiceField):
            who.choices = [
                ("all", _("ทุกเขตพื้นที่")),
                *((code, words.word("area_type", code).text) for code in self._types),
                *((f"group-{group.id}", group.name_th) for group in groups),
            ]

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or self.cleaned_data
        opens, due = held.get("opens_on"), held.get("due_on")
        if isinstance(opens, date) and isinstance(due, date) and opens > due:
            self.add_error("due_on", _("วันครบกำหนดต้องไม่ก่อนวันเปิดรอบ"))
        return held

    def asked(self, areas: Sequence[OrganisationInfo]) -> list[OrganisationInfo]:
        """The areas that the choice names; "all" leaves out units of other systems, which have no area type."""
        who = self.cleaned_data["who"]
        if who in self._groups:
            return [area for area in areas if area.id in self._groups[who]]
        return [
            area for area in areas if (who == "all" and (area.area_type or not self._types)) or who == area.area_type
        ]

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from sanyan.core.cases.criteria import MOST, SelectionRule
from sanyan.core.indicators.definitions import Framework, Kind
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.cases import words
from sanyan.interfaces.web.templatetags.sanyan import named

LONGEST = 8_000
PLEASE = {"required": _("โปรดเติมช่องนี้"), "max_length": _("ข้อความยาวเกินไป โปรดเขียนให้สั้นลง")}
PICK = {"required": _("โปรดเลือกจากรายการ"), "invalid_choice": _("โปรดเลือกจากรายการ")}
STORY = {
    "objective": (_("ปัญหาที่ต้องการแก้"), _("ก่อนทำเป็นอย่างไร ใครเดือดร้อน ถ้ามีตัวเลขก่อนทำให้เขียนด้วย")),
    "process": (_("ทำอะไร ใครทำ บ่อยเพียงใด"), _("ถ้ารู้ ให้บอกงบที่ใช้ (บาท) และเวลาที่ใช้ (ชั่วโมง)")),
    "quantitative": (_("ผลเป็นตัวเลข"), _("เช่น จากร้อยละ 12 เหลือร้อยละ 7 ใน 20 โรงเรียน")),
    "success_factors": (_("ได้ผลเพราะอะไร"), _("อะไรทำให้สำเร็จ และต้องมีอะไรก่อนจึงทำได้")),
    "problem": (_("อุปสรรคที่พบ"), _("อะไรยาก และแก้อย่างไร")),
    "suggestion": (_("ถ้าเขตอื่นจะทำตาม"), _("ต้องมีอะไร ต้องระวังอะไร")),
}
"""Boxes of the form that make up a story, with what to write in each."""


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StoryForm(forms.Form):
    """A story in the boxes of the form, each of which may stay empty."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for key, (label, hint) in STORY.items():
            self.fields[key] = forms.CharField(
                label=label,
                help_text=hint,
                required=False,
                widget=_lines(),
                max_length=LONGEST,
                error_messages=PLEASE,
            )

    def texts(self) -> dict[str, str]:
        """What was written, by box."""
        return {key: str(self.cleaned_data.get(key) or "") for key in STORY}


class NominationForm(StoryForm):
    """A case that an area puts forward."""

    organisation = forms.ChoiceField(label=_("เขต"), error_messages=PICK)
    title = forms.CharField(
        label=_("ชื่อเรื่อง"),
        help_text=_("บอกสิ่งที่ทำและผลในหนึ่งบรรทัด"),
        max_length=300,
        error_messages=PLEASE,
    )
    school_name = forms.CharField(
        label=_("โรงเรียน"), help_text=_("เว้นว่างไว้ ถ้าเป็นงานของทั้งเขต"), max_length=200, required=False
    )
    matter = forms.ChoiceField(
        label=_("เรื่องใด"), help_text=_("เลือกตัวชี้วัดที่ดีขึ้น เพื่อให้เห็นค่าก่อนและหลัง หรือเลือกด้าน"), error_messages=PICK
    )
    why = forms.CharField(label=_("เหตุที่เสนอเป็นแบบอย่าง"), widget=_lines(2), max_length=2_000, error_messages=PLEASE)

    def __init__(
        self, *args: object, areas: Sequence[tuple[str, str]], framework: Framework, month: int, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["organisation", "title", "matter", "school_name", "why", *STORY])
        area, matter = self.fields["organisation"], self.fields["matter"]
        assert isinstance(area, forms.ChoiceField)
        assert isinstance(matter, forms.ChoiceField)
        area.choices = list(areas)
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        for policy in framework.policy_areas:
            asked = [
                (f"{policy.code}:{item.code}", f"{item.code} {named(item)}")
                for item in framework.asked(month=month)
                if item.policy_area == policy.code and item.kind is not Kind.NARRATIVE
            ]
            groups.append((named(policy), [(f"{policy.code}:", str(_("ทั้งด้าน ไม่ระบุตัวชี้วัด"))), *asked]))
        matter.choices = groups


class FieldForm(forms.Form):
    """One part of a card."""

    field = forms.CharField(widget=forms.HiddenInput)
    standing = forms.ChoiceField(
        label=_("สถานะ"),
        choices=[(code, word.text) for code, word in words.STANDING.items()],
        widget=forms.RadioSelect,
        error_messages=PICK,
    )
    value = forms.CharField(label=_("ข้อความ"), required=False, widget=_lines(), max_length=LONGEST)


class TitleForm(forms.Form):
    """The title of a case."""

    title = forms.CharField(
        label=_("ชื่อเรื่อง"),
        help_text=_("บอกสิ่งที่ทำและผลในหนึ่งบรรทัด"),
        max_length=300,
        error_messages=PLEASE,
    )


class OpenSelectionForm(forms.Form):
    """A round of selection to be opened."""

    name = forms.CharField(label=_("ชื่อการคัดเลือก"), max_length=200, error_messages=PLEASE)
    where = forms.ChoiceField(label=_("ระดับและพื้นที่"), error_messages=PICK)
    seats = forms.IntegerField(label=_("เลือกกี่เรื่อง"), min_value=1, max_value=100, error_messages=PLEASE)
    group = forms.ChoiceField(
        label=_("เฉพาะกลุ่มเป้าหมาย"),
        help_text=_("เว้นว่างไว้ ถ้าเลือกจากทุกเขต"),
        required=False,
        error_messages=PICK,
    )

    def __init__(
        self,
        *args: object,
        places: Sequence[tuple[str, str]],
        groups: Sequence[tuple[str, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        where, group = self.fields["where"], self.fields["group"]
        assert isinstance(where, forms.ChoiceField)
        assert isinstance(group, forms.ChoiceField)
        where.choices = list(places)
        group.choices = [("", _("ทุกเขต")), *groups]


class ScoreForm(forms.Form):
    """Scores on the criteria that people judge."""

    def __init__(self, *args: object, rule: SelectionRule, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        thai = formats.in_thai()
        for item in rule.criteria:
            if not item.worked_out:
                self.fields[item.code] = forms.ChoiceField(
                    label=item.name.th if thai else item.name.en,
                    help_text=item.asks.th if thai else item.asks.en,
                    choices=[(str(points), formats.count(points)) for points in range(MOST + 1)],
                    widget=forms.RadioSelect,
                    error_messages=PICK,
                )

    def scores(self) -> dict[str, float]:
        """The scores by criterion."""
        return {code: float(points) for code, points in self.cleaned_data.items()}


class DecisionForm(forms.Form):
    """Chosen or not, and why."""

    decision = forms.ChoiceField(
        label=_("ตัดสิน"),
        choices=[(code, word.text) for code, word in words.DECISION.items() if code],
        widget=forms.RadioSelect,
        error_messages=PICK,
    )
    reason = forms.CharField(
        label=_("เหตุผล"),
        help_text=_("ผู้อ่านต้องเข้าใจว่าเพราะเหตุใดจึงเลือกหรือไม่เลือก"),
        widget=_lines(),
        max_length=2_000,
        error_messages=PLEASE,
    )

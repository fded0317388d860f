"""How text of a Word file looks: hidden, of the colour of the page, tiny, an item of a list."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from sanyan.engines.documents.reading.values import Hiding

TINY_HALF_POINTS = 4
_WHITE = frozenset(("FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC"))
_OFF = frozenset(("0", "false", "off"))
_PLAIN_SHADES = _WHITE | {"auto", None}
_PLAIN_TABLES = frozenset(("TableNormal", "TableGrid", "a3", ""))
_DEEPEST = 20
_VALUE = qn("w:val")


class Looks:
    """Answers for runs and paragraphs of one document, its styles considered."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}

    def why_hidden(self, run: Any, paragraph: Any, *, shaded: bool) -> Hiding | None:
        """Why nobody sees the run, None where it is seen. White on a shade (`shaded`, or its own) is seen."""
        if self._is_on(run, paragraph, "w:vanish"):
            return Hiding.MARKED
        size = self._property(run, paragraph, "w:sz")
        if size is not None and (value := size.get(_VALUE, "")).isdecimal() and int(value) <= TINY_HALF_POINTS:
            return Hiding.TINY
        colour = self._property(run, paragraph, "w:color")
        if colour is None or str(colour.get(_VALUE, "")).upper() not in _WHITE:
            return None
        lit = self._property(run, paragraph, "w:highlight") is not None
        own = (run.find(qn("w:rPr")), paragraph.find(qn("w:pPr")))
        seen = shaded or lit or any(each is not None and _shade(each) not in _PLAIN_SHADES for each in own)
        return None if seen or _is_in_box(run) else Hiding.COLOUR

    def is_item(self, paragraph: Any) -> bool:
        """Whether the paragraph is an item of a list, by its own numbering or by its style."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return False
        for each in (properties, *self._chain(properties.find(qn("w:pStyle")), "w:pPr")):
            numbering = each.find(qn("w:numPr"))
            if numbering is not None:
                number = numbering.find(qn("w:numId"))
                return number is None or number.get(_VALUE) != "0"
        return False

    def table_is_shaded(self, table: Any) -> bool:
        """Whether the table's style may shade its cells, so that white text in it is ordinary."""
        style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        return style is not None and style.get(_VALUE, "") not in _PLAIN_TABLES

    def is_shaded(self, cell: Any) -> bool:
        """Whether the cell of a table has a colour behind it."""
        properties = cell.find(qn("w:tcPr"))
        return properties is not None and _shade(properties) not in _PLAIN_SHADES

    def continues(self, cell: Any) -> bool:
        """Whether the cell belongs to the one above it."""
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        return merge is not None and merge.get(_VALUE, "continue") == "continue"

    def _is_on(self, run: Any, paragraph: Any, name: str) -> bool:
        found = self._property(run, paragraph, name)
        return found is not None and found.get(_VALUE, "1") not in _OFF

    def _property(self, run: Any, paragraph: Any, name: str) -> Any:
        """The nearest such property: of the run, of its style, of the paragraph's style."""
        own = run.find(qn("w:rPr"))
        style = own.find(qn("w:rStyle")) if own is not None else None
        of_paragraph = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        places = (own, *self._chain(style, "w:rPr"), *self._chain(of_paragraph, "w:rPr"))
        return next((found for each in places if each is not None and (found := each.find(qn(name))) is not None), None)

    def _chain(self, reference: Any, properties: str) -> list[Any]:
        chain: list[Any] = []
        name = reference.get(_VALUE) if reference is not None else None
        while name in self._styles and len(chain) < _DEEPEST:
            style = self._styles[name]
            chain.append(style.find(qn(properties)))
            based = style.find(qn("w:basedOn"))
            name = based.get(_VALUE) if based is not None else None
        return [each for each in chain if each is not None]


def _shade(properties: Any) -> str | None:
    shade = properties.find(qn("w:shd"))
    fill = shade.get(qn("w:fill")) if shade is not None else None
    return fill if fill in (None, "auto") else str(fill).upper()


def _is_in_box(run: Any) -> bool:
    """A box of text may have any colour behind it."""
    return any(each.tag == qn("w:txbxContent") for each in run.iterancestors())

"""The charts of a briefing on one sheet of its workbook: native, each beside its data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from dashboard.briefing.content import Bars, Picture
from dashboard.briefing.xlsx_sheets import Sheets
from dashboard.colours import LIGHT, NEAR_BLACK, WHITE, contrast
from dashboard.download.table import number_format, row_height
from dashboard.words import word

_ROW: Final = 20  # px of a row of Excel
_WIDTH: Final = 860  # px of a chart
_CATEGORY: Final = 34.0  # characters
_SERIES: Final = 20.0
_BOLD: Final = 0.8  # characters of a bold head per character of width
_FONT: Final = {"name": "Arial", "size": 10, "color": LIGHT.text}


def add_charts(sheets: Sheets, name: str, title: str, pictures: Sequence[Picture]) -> None:
    """A sheet with the data of each chart and under it the chart itself."""
    sheet, row = sheets.begin(name, title)
    sheet.set_column(0, 0, _CATEGORY)
    sheet.set_column(1, 12, _SERIES)
    for picture in pictures:
        if picture.bars is not None:
            row = _add_chart(sheets, sheet, row, picture, picture.bars)


def _add_chart(sheets: Sheets, sheet: Worksheet, row: int, picture: Picture, bars: Bars) -> int:
    lang = sheets.briefing.lang
    sheets.text(sheet, row, 0, picture.title, "section")
    top = row + 2 if picture.note else row + 1
    if picture.note:
        sheets.text(sheet, row + 1, 0, picture.note, "line")
    sheets.text(sheet, top, 0, word("briefing.xlsx.category", lang), "header")
    for place, category in enumerate(bars.categories, start=top + 1):
        sheets.text(sheet, place, 0, category)
    for column, (label, _, values) in enumerate(bars.series, start=1):
        sheets.text(sheet, top, column, label, "header")
        look = sheets.formats[number_format(values)]
        for place, value in enumerate(values, start=top + 1):
            if value is None:
                sheet.write_blank(place, column, None, sheets.formats["text"])
            else:
                sheet.write_number(place, column, value, look)
    labels = [label for label, _, _ in bars.series]
    sheet.set_row(top, row_height(labels, [_SERIES * _BOLD] * len(labels)) + 4)
    bottom = top + len(bars.categories)
    height = _height(bars)
    chart = _chart(sheets, sheet.get_name(), bars, top, bottom)
    chart.set_size({"width": _WIDTH, "height": height})
    sheet.insert_chart(bottom + 2, 0, chart, {"description": picture.alt, "x_offset": 4})
    return int(bottom + 2 + -(-height // _ROW) + 2)


def _height(bars: Bars) -> int:
    """px: bars of one thickness, a legend below where there are several series."""
    rows = max(len(bars.categories), 2)
    legend = 24 * -(-len(bars.series) // 2) + 20 if len(bars.series) > 1 else 0
    return 70 + rows * (56 if bars.is_stacked else 34) + legend


def _chart(sheets: Sheets, name: str, bars: Bars, top: int, bottom: int) -> Any:
    kind = {"type": "bar", "subtype": "stacked"} if bars.is_stacked else {"type": "bar"}
    chart = sheets.book.add_chart(kind)
    for column, (_, colour, values) in enumerate(bars.series, start=1):
        label: dict[str, Any] = {"value": True, "font": _FONT | {"bold": True}}
        label["num_format"] = "#,##0.00" if number_format(values) == "decimal" else "#,##0"
        if bars.is_stacked:
            ink = max((NEAR_BLACK, WHITE), key=lambda one: contrast(one, colour))
            label |= {"position": "center", "font": _FONT | {"bold": True, "color": ink}}
        series: dict[str, Any] = {
            "name": [name, top, column],
            "categories": [name, top + 1, 0, bottom, 0],
            "values": [name, top + 1, column, bottom, column],
            "fill": {"color": colour},
            "border": {"color": LIGHT.border, "width": 0.5},
            "gap": 45,
            "data_labels": label,
        }
        if len(bars.series) == 1 and bars.colours:
            series["points"] = [{"fill": {"color": own}} for own in bars.colours]
        if bars.is_stacked:
            series["overlap"] = 100
        chart.add_series(series)
    chart.set_title({"none": True})
    chart.set_x_axis(
        {"name": bars.unit, "name_font": _FONT | {"bold": False}, "num_font": _FONT, "min": 0,
         "major_gridlines": {"visible": False}, "num_format": "#,##0"}
    )  # fmt: skip
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "crossing": "max"})
    legend = {"position": "bottom", "font": _FONT} if len(bars.series) > 1 else {"none": True}
    chart.set_legend(legend)
    return chart

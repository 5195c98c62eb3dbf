"""The bars of a briefing as a native chart of a slide, with its data inside, to be edited."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any, Final

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.slide import Slide
from pptx.util import Emu, Pt

from dashboard.briefing.content import Bars, Briefing, Picture
from dashboard.briefing.pptx_xml import EMU, Frame
from dashboard.colours import LIGHT, NEAR_BLACK, WHITE, contrast

_TYPE: Final = 14  # pt of labels and categories
_LEGEND_TYPE: Final = 12
_BAR: Final = 42  # pt of a category
_AROUND: Final = 50  # pt of the axis and the margins
_LEGEND_LINE: Final = 22  # pt of a series in the legend


def chart_height(bars: Bars) -> int:
    """EMU that a chart needs to be read; more only makes thick bars."""
    rows = max(len(bars.categories), 2)
    bar = _BAR * 1.6 if bars.is_stacked else _BAR
    legend = _LEGEND_LINE * len(bars.series) if len(bars.series) > 1 else 0
    return round((_AROUND + rows * bar + legend) * EMU)


def add_chart(slide: Slide, picture: Picture, frame: Frame, briefing: Briefing) -> None:
    """The bars of a picture with labels and colours; its alternative text with it."""
    bars = picture.bars
    assert bars is not None, picture.key
    data = CategoryChartData(number_format=_number_format(bars))
    data.categories = bars.categories
    for label, _, values in bars.series:
        data.add_series(label, values)
    kind = XL_CHART_TYPE.BAR_STACKED if bars.is_stacked else XL_CHART_TYPE.BAR_CLUSTERED
    shapes: Any = slide.shapes
    shown = shapes.add_chart(kind, *map(Emu, frame), data)
    named = shown._element.nvGraphicFramePr.cNvPr
    named.set("name", picture.title)
    named.set("descr", picture.alt)
    chart = shown.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(bars, briefing))
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(_TYPE), _rgb(LIGHT.text)
    _set_axes(chart)
    _set_series(chart.plots[0], bars)
    chart.has_legend = len(bars.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(_LEGEND_TYPE)


def _set_axes(chart: Any) -> None:
    """Categories from above, as the table reads; the labels tell the values, not an axis."""
    category, value = chart.category_axis, chart.value_axis
    category.reverse_order = True
    category.format.line.color.rgb = _rgb(LIGHT.frame)
    category.tick_labels.font.size = Pt(_TYPE)
    value.has_major_gridlines = False
    value.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    value.format.line.fill.background()
    value.minimum_scale = 0
    value.has_title = False


def _set_series(plot: Any, bars: Bars) -> None:
    plot.gap_width = 45
    plot.vary_by_categories = False
    if bars.is_stacked:
        plot.overlap = 100
    for series, (_, colour, values) in zip(plot.series, bars.series, strict=True):
        _paint(series.format, colour)
        if len(bars.series) == 1 and bars.colours:
            for place, own in enumerate(bars.colours):
                _paint(series.points[place].format, own)
        labels = series.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = _number_format(bars), False
        labels.font.size, labels.font.bold = Pt(_TYPE), True
        ink = LIGHT.text
        if bars.is_stacked:
            labels.position = XL_LABEL_POSITION.CENTER
            ink = max((NEAR_BLACK, WHITE), key=lambda one: contrast(one, colour))
        else:
            labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.color.rgb = _rgb(ink)
        assert len(values) == len(bars.categories), series.name


def _paint(format: Any, colour: str) -> None:
    format.fill.solid()
    format.fill.fore_color.rgb = _rgb(colour)
    format.line.color.rgb = _rgb(LIGHT.border)
    format.line.width = Pt(0.5)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())


def _number_format(bars: Bars) -> str:
    values = [value for _, _, values in bars.series for value in values if value is not None]
    return "#,##0" if all(value == int(value) for value in values) else "#,##0.0"


def _workbook(bars: Bars, briefing: Briefing) -> bytes:
    """The data behind the chart where PowerPoint looks for it; text stays text, bytes the same."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
              "strings_to_numbers": False},
    )  # fmt: skip
    book.set_properties({"created": datetime.combine(briefing.as_of, datetime.min.time())})
    sheet = book.add_worksheet("Sheet1")
    for row, category in enumerate(bars.categories, start=1):
        sheet.write_string(row, 0, category)
    for column, (label, _, values) in enumerate(bars.series, start=1):
        sheet.write_string(0, column, label)
        for row, value in enumerate(values, start=1):
            if value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return out.getvalue()

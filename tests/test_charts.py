"""Charts: numbers, order, labels, size on the wire; nothing rests on a default template."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise, product
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest

from dashboard.charts import (
    Mark,
    describe_adoption_timeline,
    describe_class_counts,
    describe_month_counts,
    describe_reconciliation,
    human_rights_parts,
    plot_adoption_timeline,
    plot_class_counts,
    plot_month_counts,
    plot_reconciliation,
    regulation_parts,
)
from dashboard.charts.timeline import _levels
from dashboard.colours import CLASS_ORDER, INDICATORS, contrast, surface
from dashboard.download import FigureContext
from dashboard.download.page import compose

LETTER = date(2023, 7, 31)
LANGUAGES = ("vi", "en")


def counts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "class": ["unverified", "general_only", "outdated", "current"],
            "province_count": [0, 5, 5, 53],
        }
    )


def months() -> pd.DataFrame:
    rows = []
    for month in pd.date_range("2008-08-31", "2025-06-30", freq="ME"):
        current = 0 if month.year < 2016 else 17 if month.date() < LETTER else 53
        implied = 30 if current == 53 else 0
        rows.append((month.date(), "current", current, implied))
        rows.append((month.date(), "unverified", 63 - current, 0))
    return pd.DataFrame(rows, columns=["month_end", "class", "province_count", "implied_count"])


def documents(number: int = 60) -> pd.DataFrame:
    classes = ["outdated", "current", "general_only", "unverified"]
    return pd.DataFrame(
        {
            "province_name": [f"Tỉnh {place % 44}" for place in range(number)],
            "document_number": [f"{place}/2013/QĐ-UBND" for place in range(number)],
            "date": [
                pd.Timestamp("2011-10-24") + pd.Timedelta(days=67 * place)
                for place in range(number)
            ],
            "class": [classes[place % 4] for place in range(number)],
            "is_deciding": [place % 3 > 0 for place in range(number)],
        }
    )


MARKS = (
    Mark(date(2010, 11, 30), "QĐ 79/2010"),
    Mark(date(2015, 9, 7), "NĐ 72/2015"),
    Mark(date(2016, 10, 19), "TT 22/2016"),
    Mark(LETTER, "CV 3089"),
)


def all_figures(lang: str = "vi", dark: bool = False) -> dict[str, go.Figure]:
    human_rights = human_rights_parts(39, 63, 15, lang)
    regulation = regulation_parts(5, 5, 63, 17, 6, lang)
    announced = [(LETTER, 24, "3089/BTTTT-TTĐN")]
    return {
        "counts": plot_class_counts(counts(), "regulation", lang, dark),
        "months": plot_month_counts(
            months(), "current", LETTER, "regulation", lang, dark, announced
        ),
        "timeline": plot_adoption_timeline(documents(), "regulation", lang, dark, MARKS),
        "human_rights": plot_reconciliation(human_rights, "human_rights_plan", lang, dark),
        "regulation": plot_reconciliation(regulation, "regulation", lang, dark),
    }


def words_of(figure: go.Figure) -> str:
    notes = " ".join(str(note.text) for note in figure.layout.annotations)
    return " ".join(re.sub(r"<[^>]*>", " ", notes).split())


# Characters on the wire; of 60 documents the texts, dates and stairs alone are 4,000.
MOST_CHARACTERS = {
    "counts": 2_048, "months": 2_700, "timeline": 8_100, "human_rights": 2_500, "regulation": 3_100,
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_every_figure_is_explicit_small_and_has_a_height(lang: str, dark: bool) -> None:
    plotly.io.templates.default = "plotly"
    for name, figure in all_figures(lang, dark).items():
        shared = set(figure.layout.template.to_plotly_json().get("layout", {}))
        assert shared <= {"annotationdefaults", "shapedefaults"}, name
        assert figure.layout.paper_bgcolor == (surface(dark).page)
        assert figure.layout.height and figure.layout.width is None
        assert not figure.layout.title.text
        assert figure.layout.separators == (".," if lang == "en" else ",.")
        assert len(figure.to_json()) <= MOST_CHARACTERS[name], name


def variants(lang: str, dark: bool) -> dict[str, go.Figure]:
    """Every kind of chart with every kind of element: many, few, none."""
    found = all_figures(lang, dark)
    for name in INDICATORS:
        classes = list(CLASS_ORDER[name])
        rows = pd.DataFrame({"class": classes, "province_count": range(len(classes))})
        found[f"counts {name}"] = plot_class_counts(rows, name, lang, dark)
    found["counts of nothing"] = plot_class_counts(counts().iloc[:0], "regulation", lang, dark)
    plain_months = months().drop(columns="implied_count")
    points = [(LETTER, 24, "3089/BTTTT-TTĐN"), (date(2012, 1, 5), 3, "1 < 2")]
    for day in (date(2007, 1, 1), date(2010, 3, 1), LETTER, date(2026, 1, 1)):
        for rows, marked in product((months(), plain_months), ((), points)):
            found[f"months {day} {len(rows.columns)} {len(marked)}"] = plot_month_counts(
                rows, "current", day, "regulation", lang, dark, marked
            )
    for number, marks in product((0, 1, 4, 5, 200), ((), MARKS)):
        found[f"timeline {number} {len(marks)}"] = plot_adoption_timeline(
            documents(number), "regulation", lang, dark, marks
        )
    headings = ("Công văn 3089/BTTTT-TTĐN ngày 31/07/2023", "Các văn bản đã thấy & đối chiếu")
    tiny = regulation_parts(1, 1, 63, 17, 1, lang)
    found["tiny parts"] = plot_reconciliation(tiny, "regulation", lang, dark, headings)
    surplus = human_rights_parts(39, 63, 30, lang)
    found["surplus"] = plot_reconciliation(surplus, "human_rights_plan", lang, dark, headings)
    return found


def nulls(content: Any) -> int:
    """How many values say nothing; plotly objects leave them out, plain dictionaries would not."""
    if isinstance(content, dict):
        return sum(value is None or nulls(value) for value in content.values())
    return sum(map(nulls, content)) if isinstance(content, list) else 0


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_every_figure_is_valid(lang: str, dark: bool) -> None:
    """Figures are made without plotly's validation, which costs more than all the rest."""
    for name, figure in variants(lang, dark).items():
        content = json.loads(figure.to_json())
        checked = json.loads(go.Figure(content).to_json())
        for looks in checked["layout"]["template"].get("data", {}).values():
            for look in looks:
                del look["type"]  # which plotly adds
        assert checked == content, name
        assert not nulls(content), name


def test_validation_would_find_a_wrong_property() -> None:
    content = json.loads(all_figures()["timeline"].to_json())
    content["layout"]["template"]["layout"]["annotationdefaults"]["showarow"] = False
    with pytest.raises(ValueError, match="showarow"):
        go.Figure(content)


def test_the_printed_page_takes_nothing_from_what_the_notes_of_a_chart_share() -> None:
    context = FigureContext(
        title="Biểu đồ", as_of=LETTER, vintage_label="63 tỉnh", snapshot_id="s", sources=("Nguồn",),
        stem="Biểu đồ", lang="vi",
    )  # fmt: skip
    for name, figure in all_figures().items():
        own = figure.to_dict()["layout"]
        page = compose(figure.to_dict(), context, "png").figure["layout"]
        shared = own["template"]["layout"]
        added = page["annotations"][len(own["annotations"]) :]
        assert added, name
        assert all(shared["annotationdefaults"].keys() <= note.keys() for note in added), name
        for shape in page["shapes"][len(own.get("shapes") or ()) :]:
            assert shared.get("shapedefaults", {}).keys() <= shape.keys(), name


def test_figures_do_not_depend_on_the_default_template() -> None:
    before = {name: figure.to_json() for name, figure in all_figures().items()}
    kept = plotly.io.templates.default
    try:
        plotly.io.templates.default = "plotly_dark"
        assert {name: figure.to_json() for name, figure in all_figures().items()} == before
    finally:
        plotly.io.templates.default = kept


def test_class_counts_are_in_legend_order_and_complete() -> None:
    figure = plot_class_counts(counts(), "regulation", "vi")
    assert list(figure.data[1].x) == [53, 5, 5, None]
    assert list(figure.data[1].y) == [3, 2, 1, 0]
    assert set(figure.data[0].x) == {63}
    words = words_of(figure)
    for text in ("● Theo quy định hiện hành", "53 / 63", "0 / 63", "⊙ Chưa xác minh"):
        assert text in words
    with pytest.raises(ValueError, match="nonsense"):
        plot_class_counts(counts().replace("current", "nonsense"), "regulation", "vi")


def test_class_counts_of_all_indicators_have_labels() -> None:
    for indicator, names in CLASS_ORDER.items():
        rows = pd.DataFrame({"class": list(names), "province_count": range(len(names))})
        for lang in LANGUAGES:
            assert describe_class_counts(rows, indicator, LETTER, lang)
            assert len(plot_class_counts(rows, indicator, lang).layout.annotations) == 2 * len(
                names
            )


def test_class_counts_in_words() -> None:
    text = describe_class_counts(counts(), "regulation", LETTER, "vi")
    assert "31/07/2023" in text and "63 tỉnh, thành phố" in text
    assert text.index("Theo quy định hiện hành: 53") < text.index("đã hết hiệu lực: 5")


def test_months_are_thinned_to_their_changes_and_marked() -> None:
    figure = plot_month_counts(
        months(), "current", LETTER, "regulation", "vi", announced=[(LETTER, 24, "CV 3089")]
    )
    past = next(t for t in figure.data if t.line.width == 2.5)
    assert list(past.y) == [0, 17, 53] and list(past.x)[-1] == "2023-07-31"
    assert sum(len(trace.x) for trace in figure.data) < 20
    dotted = next(trace for trace in figure.data if trace.line.dash == "dot")
    assert dotted.x[0] == "2023-07-31" and dotted.x[-1] == "2025-06-30"
    assert any(trace.fill == "tonexty" for trace in figure.data)
    words = words_of(figure)
    assert "Tính đến 31/07/2023: 53" in words
    assert "Theo công bố: 24 (CV 3089)" in words and "suy ra từ công văn" in words


def test_months_on_an_as_of_date_between_month_ends_and_before_all_data() -> None:
    for day, expected in ((date(2023, 8, 15), 53), (date(2023, 7, 30), 17), (date(2007, 1, 1), 0)):
        text = words_of(plot_month_counts(months(), "current", day, "regulation", "vi"))
        assert text.endswith(f": {expected}"), day


def test_months_without_the_class_count_zero() -> None:
    figure = plot_month_counts(
        months().drop(columns="implied_count"), "general_only", LETTER, "regulation", "vi"
    )
    assert "Tính đến 31/07/2023: 0" in words_of(figure)


def test_months_in_words() -> None:
    text = describe_month_counts(months(), "current", LETTER, "regulation", "vi")
    assert "53 tính đến ngày 31/07/2023; 17 vào ngày 31/07/2022" in text
    assert describe_month_counts(months(), "current", date(2024, 2, 29), "regulation", "vi")


def test_dots_on_one_storey_never_touch() -> None:
    days = list(pd.to_datetime(documents()["date"]).dt.date)
    levels = _levels(days, 100)
    for level in set(levels):
        on_it = [day for day, one in zip(days, levels, strict=True) if one == level]
        assert all((b - a).days >= 100 for a, b in pairwise(on_it))


def test_timeline_draws_every_dated_document_once() -> None:
    rows = documents()
    rows.loc[0, "date"] = pd.NaT
    figure = plot_adoption_timeline(rows, "regulation", "vi", marks=MARKS)
    dots = [trace for trace in figure.data if trace.mode != "lines"]
    assert sum(len(trace.x) for trace in dots) == 59
    stairs = next(trace for trace in figure.data if trace.mode == "lines")
    assert list(stairs.y)[-1] == 44 and list(stairs.y) == sorted(stairs.y)
    words = words_of(figure)
    assert "44 tỉnh, thành phố" in words and "Ký hiệu rỗng" in words
    assert all(mark.label in words for mark in MARKS)
    symbols = {trace.marker.symbol for trace in dots}
    assert {"circle", "circle-open", "triangle-down", "triangle-down-open"} <= symbols


def test_timeline_of_nothing_and_of_one_document() -> None:
    empty = documents().iloc[:0]
    assert plot_adoption_timeline(empty, "regulation", "vi").layout.height
    assert plot_adoption_timeline(empty, "regulation", "vi", marks=MARKS).layout.height
    assert plot_adoption_timeline(documents(1), "regulation", "vi").layout.height
    assert "chưa thấy văn bản" in describe_adoption_timeline(empty, "regulation", "vi")


def test_timeline_counts_few_provinces_one_by_one() -> None:
    for number, step in ((4, 1), (5, None)):
        figure = plot_adoption_timeline(documents(number), "regulation", "vi")
        assert figure.layout.yaxis.dtick == step
        assert figure.layout.yaxis.nticks == (None if step else 4)


def test_a_document_without_number_is_called_by_its_province() -> None:
    rows = documents(3).assign(document_number=["1/QĐ-UBND", None, float("nan")])
    figure = plot_adoption_timeline(rows, "regulation", "vi")
    hovers = {text for trace in figure.data[1:] for text in trace.hovertext}
    assert hovers == {"Tỉnh 0: 1/QĐ-UBND", "Tỉnh 1", "Tỉnh 2"}


def test_cells_of_dates_may_be_of_any_kind() -> None:
    days = documents(5)
    plain_days = days.assign(date=[day.date() for day in days["date"]])
    drawn = [plot_adoption_timeline(rows, "regulation", "vi") for rows in (days, plain_days)]
    assert drawn[0].to_json() == drawn[1].to_json()
    stamps = months().assign(month_end=pd.to_datetime(months()["month_end"]))
    drawn = [
        plot_month_counts(rows, "current", LETTER, "regulation", "vi")
        for rows in (months(), stamps)
    ]
    assert drawn[0].to_json() == drawn[1].to_json()


def test_timeline_in_words() -> None:
    text = describe_adoption_timeline(documents(), "regulation", "vi")
    assert "60 văn bản của 44 tỉnh, thành phố" in text
    assert "từ 24/10/2011" in text


def test_reconciliation_of_the_default_data() -> None:
    """39/63 announced without names; 15 adopters known by name: 9 of the other 24 are not."""
    parts = human_rights_parts(39, 63, 15, "vi")
    evidenced = parts[parts["column"] == "evidenced"]
    assert evidenced["count"].tolist() == [15, 9, 39]
    assert parts.loc[parts["column"] == "announced", "count"].tolist() == [24, 39]
    parts = regulation_parts(5, 5, 63, 17, 6, "vi")
    assert parts.loc[parts["column"] == "evidenced", "count"].tolist() == [17, 30, 6, 5, 5]
    assert parts.loc[parts["column"] == "announced", "count"].tolist() == [53, 5, 5]


def test_more_adopters_than_announced_is_a_part_of_its_own() -> None:
    parts = human_rights_parts(39, 63, 30, "vi")
    evidenced = parts[parts["column"] == "evidenced"]
    assert evidenced["count"].tolist() == [24, 6, 33]
    assert "contradicted" in set(evidenced["kind"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_reconciliation_labels_every_part_and_joins_equal_cuts(lang: str) -> None:
    parts = regulation_parts(5, 5, 63, 17, 6, lang)
    figure = plot_reconciliation(parts, "regulation", lang)
    words = words_of(figure).replace("\u00a0", " ")
    for row in parts.itertuples():
        assert f"{row.count} " in words or row.count
        assert " ".join(str(row.label).replace("\u00a0", " ").split()) in words
    joined = sorted(shape.y0 for shape in figure.layout.shapes)
    assert joined == [0, 53, 58, 63]


def test_tiny_parts_are_named_below() -> None:
    parts = regulation_parts(1, 1, 63, 17, 1, "vi")
    figure = plot_reconciliation(parts, "regulation", "vi")
    words = words_of(figure).replace("\u00a0", " ")
    assert words.count("công văn nêu tên") == 2 and "chỉ thấy quy chế QĐ 79/2010" in words


def test_reconciliation_text_can_be_read_on_its_part() -> None:
    for dark in (False, True):
        for figure in (
            all_figures(dark=dark)["human_rights"],
            all_figures(dark=dark)["regulation"],
        ):
            colours: dict[tuple[int, float], str] = {}
            for trace in figure.data:
                several = trace.marker.color
                given = [several] if isinstance(several, str) else several
                rows = zip(trace.x, trace.base, trace.y, given, strict=True)
                colours |= {(x, base + y / 2): colour for x, base, y, colour in rows}
            notes = figure.layout.annotations[: len(colours)]
            inks = {(note.x, note.y): note.font.color for note in notes}
            assert colours.keys() == inks.keys()
            assert all(contrast(colours[place], inks[place]) >= 4.5 for place in colours)


def test_reconciliation_refuses_unequal_columns() -> None:
    parts = human_rights_parts(39, 63, 15, "vi")
    parts.loc[0, "count"] += 1
    with pytest.raises(ValueError, match="equal totals"):
        plot_reconciliation(parts, "human_rights_plan", "vi")
    with pytest.raises(ValueError, match="negative"):
        regulation_parts(5, 5, 63, 60, 6, "vi")


def test_reconciliation_in_words() -> None:
    text = describe_reconciliation(human_rights_parts(39, 63, 15, "vi"), "vi")
    assert "Đối chiếu 63" in text and "39 chưa ban hành" in text and "15 đã thấy" in text


def test_markup_in_names_stays_text() -> None:
    rows = documents(4).assign(province_name="<b>x</b> & <a href='http://x'>y</a>")
    figure = plot_adoption_timeline(rows, "regulation", "vi")
    hovers = [text for t in figure.data if t.mode != "lines" for text in t.hovertext]
    assert hovers and all("<" not in text for text in hovers)

"""Documents page: against the CSV files, the golden files, its search, its graph and its words."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.document_graph import (
    RELATIONS,
    GraphDocument,
    GraphRelation,
    describe_document_graph,
    plot_document_graph,
)
from dashboard.charts.document_layers import assign_layers, place_documents
from dashboard.documents.card import contradiction_lines, document_facts, facts_table
from dashboard.documents.citations import (
    citations_of,
    cited_by_counts,
    relations_of,
    relations_of_province,
)
from dashboard.documents.found import (
    SORTS,
    address_of,
    chosen_document,
    find_documents,
    later_count,
    load_documents,
    sort_documents,
)
from dashboard.documents.listing import document_table, short_table
from dashboard.documents.relations import drawn_citations, graph_documents, graph_relations
from dashboard.documents.search import DATES, FILES, KINDS, LEVELS, DocumentSearch, parse_search
from dashboard.documents.uses import document_uses, use_lines, use_table
from dashboard.warehouse import close_all, current_snapshot, query_once
from dashboard.words import LANGUAGES, has_word, sort_key
from tests.conftest import read_facts
from tests.golden.documents import COLUMNS, DAYS, golden_path, golden_rows, run_of

LETTER = date(2023, 7, 31)
DECREE_72, CIRCULAR_22, DECISION_79 = "72/2015/NĐ-CP", "22/2016/TT-BTTTT", "79/2010/QĐ-TTg"


@pytest.fixture(scope="module")
def own_warehouse(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A copy: other tests hold the session's file open in another way."""
    folder = tmp_path_factory.mktemp("copy") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    yield folder
    close_all()


@pytest.fixture(autouse=True)
def warehouse(own_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTDN_WAREHOUSE", str(own_warehouse))


def id_of(number: str, **params: str) -> str:
    """The document of a number, as the address chooses it."""
    chosen = chosen_document(run_of(q=number, **params))
    assert chosen is not None, number
    return str(chosen.document_id)


def query(sql: str) -> list[tuple[object, ...]]:
    """Rows of a SELECT on the default warehouse."""
    return list(query_once(sql, current_snapshot()).itertuples(index=False, name=None))


# --- against the files


def test_golden_documents() -> None:
    for day in DAYS:
        with golden_path(day).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == list(COLUMNS)
        assert golden_rows(day) == rows[1:], day


def test_every_number_of_the_files_is_listed() -> None:
    rows = load_documents(run_of())
    known = Counter(rows["document_number"].dropna())
    for name in ("regulations", "human_rights_plans", "annual_plans", "related_plans",
                 "ministry_guidance", "map_rules"):  # fmt: skip
        for fact in read_facts(name):
            number = fact["document_number"].replace(" ", "")
            assert not number or known[number], (name, number)
    for fact in read_facts("budgets"):
        assert not fact["document_number"] or known[fact["document_number"]]
    cited = [c.split(" (")[0].strip() for r in read_facts("regulations")
             for c in r["replaces"].split(";") if c.strip()]  # fmt: skip
    assert len(cited) == 15 and all(known[number] for number in cited)


def test_bases_are_cited_by_the_regulations_of_the_file() -> None:
    bases = Counter(r["legal_base"] for r in read_facts("regulations"))
    run = run_of(as_of="2026-11-01")
    counts = cited_by_counts(run)
    amended_by_148 = 1
    found = {number: counts[id_of(number)] for number in (DECREE_72, CIRCULAR_22, DECISION_79)}
    assert found == {
        DECREE_72: bases["decree72_circular22"] + bases["decree72"] + amended_by_148,
        CIRCULAR_22: bases["decree72_circular22"],
        DECISION_79: bases["decision79_2010"],
    }
    plans = {(r["gso_code"], r["document_number"], r["issued_on"], r["kind"])
             for r in read_facts("human_rights_plans")}  # fmt: skip
    by_letter_5768 = 1  # which itself guides the decision
    assert counts[id_of("1079/QĐ-TTg")] == len(plans) + by_letter_5768


def test_only_decision_79_has_expired() -> None:
    rows = load_documents(run_of())
    assert rows.loc[rows["is_expired"], "document_number"].tolist() == [DECISION_79]
    replaced = set(rows.loc[rows["is_replaced"], "document_number"])
    stated = {c.split(" (")[0].strip() for r in read_facts("regulations")
              for c in r["replaces"].split(";") if c.strip()}  # fmt: skip
    assert replaced == stated


def test_as_of_leaves_out_later_documents_but_keeps_undated_ones() -> None:
    run = run_of()
    found, everything = find_documents(run), load_documents(run)
    days = found["counts_from_date"].dropna()
    assert (days <= pd.Timestamp(LETTER)).all()
    assert found["counts_from_date"].isna().sum() == everything["counts_from_date"].isna().sum()
    assert len(found) + later_count(run) == len(everything)


def test_citations_of_the_notes_are_found() -> None:
    """`cites 5768/BTTTT-TTĐN` and the like, counted here in the notes themselves."""
    noted = sum("cites 5768/BTTTT-TTĐN" in r["note"] for r in read_facts("human_rights_plans"))
    [(found,)] = query(
        "SELECT count(*) FROM core.citation "
        "WHERE relation = 'guided_by' AND cited_number = '5768/BTTTT-TTĐN'"
    )
    assert found == noted == 4
    conclusions = [r for r in read_facts("related_plans") if "plan for Conclusion 57" in r["note"]]
    [(carried_out,)] = query(
        "SELECT count(*) FROM core.citation "
        "WHERE relation = 'carries_out' AND cited_number = '57-KL/TW'"
    )
    assert carried_out == len(conclusions) == 4
    citing = query(
        "SELECT citing.document_number FROM core.citation JOIN core.document AS citing "
        "USING (document_id) WHERE relation = 'mentions' AND cited_number = '09/2017/QĐ-UBND' "
        "ORDER BY citing.issued_date"
    )
    assert citing == [("88/KH-UBND",), ("34/KH-UBND",)]  # as the note on 09/2017/QĐ-UBND says


def test_each_citation_stands_once() -> None:
    assert not query(
        "SELECT document_id, cited_id, relation, cited_date FROM mart.citation "
        "GROUP BY ALL HAVING count(*) > 1"
    )
    assert not query(
        "FROM mart.citation ANTI JOIN mart.document ON cited_id = mart.document.document_id"
    )


def test_documents_are_unique() -> None:
    [(rows, ids)] = query("SELECT count(*), count(DISTINCT document_id) FROM mart.document")
    assert rows == ids


# --- search


@given(
    st.lists(st.text(st.characters(exclude_characters=":"), min_size=1), max_size=4),
    st.sampled_from(["", *KINDS]),
    st.sampled_from(["", *LEVELS]),
    st.sampled_from(["", *DATES]),
    st.sampled_from(["", *FILES]),
)
def test_an_address_keeps_the_search(
    words: list[str], kind: str, level: str, day: str, file: str
) -> None:
    text = " ".join(" ".join(words).split())
    search = DocumentSearch(text, kind, level, day, file)
    assert parse_search(search.text()) == search


@given(st.text())
def test_no_text_breaks_the_search(q: str) -> None:
    found = parse_search(q)
    assert parse_search(found.text()) == found


def test_unknown_filters_are_words() -> None:
    assert parse_search("kind:letter x").words == "kind:letter x"
    assert parse_search("").is_empty


def test_words_are_found_without_marks() -> None:
    names = set(find_documents(run_of(q="duong"))["province_name"])
    assert {"Bình Dương", "Hải Dương"} <= names
    assert (
        find_documents(run_of(q="DƯƠNG"))["document_id"].tolist()
        == find_documents(run_of(q="duong"))["document_id"].tolist()
    )
    assert find_documents(run_of(q="hà nội")).equals(find_documents(run_of(q="ha noi")))


def test_filters_narrow() -> None:
    run = run_of(q="kind:plan level:party")
    found = find_documents(run)
    assert set(found["kind"]) == {"plan"} and set(found["issuer_level"]) == {"party"}
    undated = find_documents(run_of(q="date:none"))
    assert undated["counts_from_date"].isna().all() and not undated.empty
    assert find_documents(run_of(q="file:yes"))["is_on_file"].all()
    assert find_documents(run_of(q="no such words at all")).empty


def test_province_and_route_of_the_bar_narrow() -> None:
    assert set(find_documents(run_of(province="25"))["province_name"]) == {"Phú Thọ"}
    on_china = {r["gso_code"] for r in read_facts("border_provinces") if r["route"] == "china"}
    found = set(find_documents(run_of(route="china"))["province_code_gso"])
    assert found and found <= on_china


def test_units_of_2025_have_the_documents_of_their_parts() -> None:
    units = {r["old_gso_code"]: r["new_gso_code"] for r in read_facts("units_2025")}
    run = run_of(as_of="2025-12-31", province=units["25"])
    parts = {r["old_name"] for r in read_facts("units_2025") if r["new_gso_code"] == units["25"]}
    names = set(find_documents(run)["province_name"])
    assert "Phú Thọ" in names and names <= parts


@pytest.mark.parametrize("order", SORTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_sorting_keeps_every_document(order: str, lang: str) -> None:
    found = find_documents(run_of())
    ordered = sort_documents(found, order, lang)
    assert sorted(ordered["document_id"]) == sorted(found["document_id"])


def test_names_are_sorted_as_in_vietnamese() -> None:
    ordered = sort_documents(find_documents(run_of()), "province", "vi")["province_name"].tolist()
    names = [n for n in ordered if isinstance(n, str)]
    assert names == sorted(names, key=sort_key)
    assert names.index("Cao Bằng") < names.index("Đà Nẵng") < names.index("Gia Lai")
    assert not any(isinstance(n, str) for n in ordered[len(names) :])
    numbers = sort_documents(find_documents(run_of()), "number", "vi")["document_number"]
    figures = [int("".join(c for c in n.split("/")[0].split("-")[0] if c.isdigit()) or 0)
               for n in numbers.dropna()]  # fmt: skip
    assert figures == sorted(figures)


# --- the chosen document


def test_a_number_chooses_its_document() -> None:
    assert id_of("16/2020/QĐ-UBND") == id_of("16/2020/qd-ubnd") == id_of(" 16/2020/QĐ–UBND ")
    assert chosen_document(run_of()) is None
    assert chosen_document(run_of(q="16/2020")) is None


def test_a_number_of_two_provinces_needs_the_province() -> None:
    assert chosen_document(run_of(q="14/2013/QĐ-UBND")) is None
    chosen = chosen_document(run_of(q="14/2013/QĐ-UBND", province="34"))
    assert chosen is not None and chosen.province_name == "Thái Bình"


def test_every_document_has_an_address() -> None:
    run = run_of()
    for document_id in load_documents(run)["document_id"]:
        chosen = chosen_document(run_of(q=address_of(run, document_id)))
        assert chosen is not None and chosen.document_id == document_id


def test_the_way_back_keeps_the_filters() -> None:
    run = run_of(q="quy chế kind:decision")
    address = address_of(run, id_of("16/2020/QĐ-UBND"))
    assert address == "16/2020/QĐ-UBND kind:decision"
    assert parse_search(address).without_choice().text() == "kind:decision"


def test_the_card_tells_what_is_known() -> None:
    run = run_of(q="16/2020/QĐ-UBND")
    document = chosen_document(run)
    facts = dict(document_facts(run, document))
    assert facts["Ngày ban hành"] == "17/08/2020"
    assert facts["Ngày có hiệu lực"] == "27/08/2020"
    assert facts["Mức độ"] == "Văn bản gốc"
    assert facts["Tỉnh, thành phố"] == "Hà Nội"
    assert any("hethongphapluat" in text for text in facts_table(run, document)["Giá trị"])


def test_the_letter_is_used_for_all_63_and_contradicted_for_six() -> None:
    run = run_of(q="3089/BTTTT-TTĐN")
    document = chosen_document(run)
    assert document is not None
    uses = document_uses(run, document.document_id)
    statuses = uses[uses["place"] == "status"]
    assert Counter(statuses["class_name"]) == {"current": 53, "outdated": 5, "general_only": 5}
    assert (uses["place"] == "announced_total").sum() == len(read_facts("announced_totals"))
    assert len(contradiction_lines(run, document)) == 6
    lines = use_lines(run, uses)
    assert any("53 tỉnh, thành phố" in line and "/regulations" in line for line in lines)
    assert len(use_table(uses, "vi")) == len(uses)


def test_an_amount_leads_to_its_document() -> None:
    run = run_of(q="2097/QĐ-UBND")
    chosen = chosen_document(run)
    assert chosen is not None and chosen.known_by == "budget"
    uses = document_uses(run, chosen.document_id)
    printed = [r for r in read_facts("budgets") if r["document_number"] == "2097/QĐ-UBND"]
    assert len(uses) == len(printed) and set(uses["place"]) == {"budget"}


# --- the graph


def test_the_graph_of_a_regulation() -> None:
    """Hà Nội's regulation rests on two documents and replaces one (data/facts/regulations.csv)."""
    run = run_of(q="16/2020/QĐ-UBND")
    found = relations_of(run, id_of("16/2020/QĐ-UBND"))
    documents = load_documents(run).set_index("document_id")["document_number"]
    arrows = {(documents[c.cited_id], c.relation) for c in found.itertuples()}
    assert arrows == {
        (DECREE_72, "basis"), (CIRCULAR_22, "basis"), ("04/2013/QĐ-UBND", "replaces"),
    }  # fmt: skip


def test_a_changed_base_shows_what_changed_it() -> None:
    """From May 2026 the decree is amended, as far as one copy shows."""
    document_id = id_of("16/2020/QĐ-UBND")
    later = relations_of(run_of(as_of="2026-11-01"), document_id)
    assert len(later) == len(relations_of(run_of(), document_id)) + 1
    assert "amends" in set(later["relation"])


def test_later_citations_are_not_shown() -> None:
    letter = id_of("3089/BTTTT-TTĐN")
    assert citations_of(run_of(), letter).empty
    assert len(citations_of(run_of(as_of="2024-12-31"), letter)) == 1  # Trà Vinh 1466/QĐ-UBND


def test_the_graph_of_a_province_has_only_what_its_documents_touch() -> None:
    run = run_of(province="01")
    found = relations_of_province(run)
    documents = load_documents(run).set_index("document_id")
    assert set(documents.loc[found["document_id"], "province_name"].dropna()) == {"Hà Nội"}
    assert relations_of_province(run_of(province="35")).empty


def test_a_graph_has_room_for_the_newest_only(monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(q=DECREE_72)
    found = relations_of(run, id_of(DECREE_72))
    assert len(drawn_citations(run, found, id_of(DECREE_72))) == len(found)
    monkeypatch.setattr("dashboard.documents.relations.MOST_DRAWN", 3)
    drawn = drawn_citations(run, found, id_of(DECREE_72))
    documents = load_documents(run)
    days = documents.loc[found["document_id"], "counts_from_date"].sort_values(ascending=False)
    kept = documents.loc[drawn["document_id"], "counts_from_date"]
    assert len(kept) == 3 and sorted(kept, reverse=True) == days.tolist()[:3]


def graph_of(number: str, **params: str) -> tuple[list[GraphDocument], list[GraphRelation]]:
    run = run_of(q=number, **params)
    document_id = id_of(number, **params)
    found = relations_of(run, document_id)
    documents = load_documents(run)
    wanted = {document_id, *found["document_id"], *found["cited_id"]}
    rows = documents[documents["document_id"].isin(wanted)]
    return list(graph_documents(rows, document_id, "vi")), list(graph_relations(found))


@pytest.mark.parametrize("number", [DECREE_72, DECISION_79, "16/2020/QĐ-UBND", "1079/QĐ-TTg"])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("narrow", [False, True, None])
def test_the_figure_has_every_box_and_arrow(number: str, dark: bool, narrow: bool | None) -> None:
    boxes, arrows = graph_of(number)
    figure = go.Figure(plot_document_graph(boxes, arrows, "vi", dark, narrow).to_dict())
    *lines, bars = figure.data
    assert list(bars.customdata) == [b.document_id for b in boxes]
    assert sum(list(line.x).count(None) for line in lines) == len(arrows)
    dashes = {(line.line.dash, line.line.width) for line in lines}
    assert len(dashes) == len(lines) == len({a.relation for a in arrows})
    texts = " ".join(bars.text)
    assert all(b.number.split("/")[0] in texts for b in boxes)
    assert figure.layout.showlegend and all(line.name for line in lines)


def test_arrows_lead_from_the_right_to_the_left() -> None:
    boxes, arrows = graph_of("16/2020/QĐ-UBND")
    for line in plot_document_graph(boxes, arrows, "vi").to_dict()["data"][:-1]:
        xs = [x for x in line["x"] if x is not None]
        assert xs[0] > xs[1]
        assert line["marker"]["size"][:2] == [0, 11]


def test_what_has_expired_is_said_in_words() -> None:
    boxes, arrows = graph_of("06/2014/QĐ-UBND", province="25")
    [expired] = [b for b in boxes if b.is_expired]
    assert expired.number == DECISION_79 and expired.state == "hết hiệu lực"
    text = describe_document_graph(boxes, arrows, "vi")
    assert DECISION_79 in text and f"{len(boxes)} văn bản" in text


EDGES = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=20)


@given(EDGES)
def test_cited_documents_stand_left_of_citing_ones(edges: list[tuple[str, str]]) -> None:
    downhill = [(max(e), min(e)) for e in edges if e[0] != e[1]]
    layer = assign_layers("abcdefgh", downhill)
    assert all(layer[target] < layer[source] for source, target in downhill)
    assert set(layer) == set("abcdefgh") and min(layer.values()) == 0


@given(EDGES)
def test_no_two_boxes_share_a_place_even_in_circles(edges: list[tuple[str, str]]) -> None:
    layers = place_documents("abcdefgh", edges)
    places = [(layers.layer[n], layers.row[n]) for n in "abcdefgh"]
    for i, (layer, row) in enumerate(places):
        for other_layer, other_row in places[:i]:
            assert layer != other_layer or abs(row - other_row) >= 0.999
    assert all(0.5 <= row <= layers.row_count - 0.49 for _, row in places)
    assert place_documents("abcdefgh", edges) == layers


# --- words and tables


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_word(lang: str) -> None:
    rows = load_documents(run_of(as_of="2026-11-01"))
    wanted = {f"document.kind.{k}" for k in (*KINDS, *rows["kind"])}
    wanted |= {f"document.level.{level}" for level in (*LEVELS, *rows["issuer_level"].dropna())}
    wanted |= {f"document.used_in.{p}" for places in rows["used_in"] for p in places}
    wanted |= {f"document.relation.{r}" for r in RELATIONS}
    wanted |= {f"document.cited_as.{r}" for r in RELATIONS}
    wanted |= {f"flag.{f}" for flags in rows["flags"] for f in flags}
    kinds = query("SELECT DISTINCT plan_kind FROM core.related_plan")
    wanted |= {f"document.related_plan.{kind}" for (kind,) in kinds}
    assert not {key for key in wanted if not has_word(key, lang)}
    assert set(rows["kind"]) <= set(KINDS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_have_no_missing_words(lang: str) -> None:
    found = find_documents(run_of(lang=lang))
    short = short_table(found, lang)
    assert len(short) == len(found)
    assert not short.isin(["nan", "None", "NaT"]).any(axis=None)
    assert (short.iloc[:, 0] != "").all()
    full = document_table(found, lang, has_source=True)
    assert full.index.tolist() == found["document_id"].tolist()

"""What was read in documents, on the screens: search, passages, evidence, coverage, doubts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.documents.found import chosen_document, load_documents
from dashboard.documents.full_text import passage_rows, shown_part, word_marks
from dashboard.documents.search import DocumentSearch, parse_search, passage_search
from dashboard.documents.text_hits import excerpt, found_in_texts
from dashboard.documents.text_results import count_line, result_line
from dashboard.evidence import passage_lines
from dashboard.plans.deadline_rows import deadline_table, year_deadlines
from dashboard.plans.rows import plans_of
from dashboard.plans.tasks import cell_lines, matrix_cells, matrix_table, with_compared
from dashboard.quality.submitted import doubt_lines, doubt_table, doubts, submitted_table
from dashboard.quality.tables import rejected_table
from dashboard.queries import query_evidence
from dashboard.queries.documents import query_document_texts
from dashboard.queries.plans import query_guidance_tasks, query_plan_coverage
from dashboard.warehouse import close_all
from domain.searching import search_terms, search_text
from tests.golden.documents import run_of
from tests.read_documents import LETTER, PLAN, REASON, read_warehouse

NEWEST = "2025-01-22"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return read_warehouse(tmp_path_factory.mktemp("read") / "warehouse")


@pytest.fixture(autouse=True)
def chosen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    close_all()
    monkeypatch.setenv("TTDN_WAREHOUSE", str(folder))
    yield
    close_all()


def found(q: str, **params: str) -> list[str]:
    run = run_of(**({"as_of": NEWEST} | params), q=q)
    return [str(n) for n in found_in_texts(run)["document_number"]]


@pytest.mark.parametrize(
    ("q", "numbers"),
    [
        ("duong bien gioi", ["9921/BTTTT-TTĐN"]),
        ('"đường biên giới"', ["9921/BTTTT-TTĐN"]),  # a line ends within the phrase
        ('"biên giới đường"', []),
        ("tập huấn", ["9914/KH-UBND", "9921/BTTTT-TTĐN"]),  # newest first
        ("tap huan kind:plan", ["9914/KH-UBND"]),
        ("tap huan year:2023", []),
        ("tap huan level:ministry year:2024", ["9921/BTTTT-TTĐN"]),
        ("huan luyen", []),
        ("kind:plan", []),  # no words: the list shows those
    ],
)
def test_full_texts_are_searched(q: str, numbers: list[str]) -> None:
    assert found(q) == numbers


def test_province_and_date_limit_what_is_found() -> None:
    assert found("tap huan", province="30") == ["9914/KH-UBND"]
    assert found("tap huan", route="laos") == []
    run = run_of(as_of="2024-09-01", q="tap huan")
    hits = found_in_texts(run)
    assert hits["document_number"].tolist() == ["9921/BTTTT-TTĐN"]
    assert hits.attrs["later"] == 1
    assert "Còn 1 văn bản" in count_line(run, hits)
    assert count_line(run, hits.iloc[:0]).startswith("Không có toàn văn")


def test_words_one_after_the_other_come_first() -> None:
    # Both have "nhiệm" and "vụ" and "sau"; only the letter has "nhiệm vụ sau" (the plan is newer).
    assert found("nhiem vu sau") == ["9921/BTTTT-TTĐN", "9914/KH-UBND"]


def test_a_result_leads_to_its_passage_and_keeps_the_words() -> None:
    run = run_of(as_of=NEWEST, q="duong bien gioi")
    document = next(found_in_texts(run).itertuples())
    part = excerpt(LETTER, search_terms("duong bien gioi"))
    assert part is not None
    line = result_line(run, document, part)
    link = re.search(r"\]\((/documents\?[^)]+)\)", line)
    assert link is not None and "Công văn" in line and "12/08/2024" in line
    search = parse_search(parse_qs(urlsplit(link[1]).query)["q"][0])
    assert search.at is not None
    assert LETTER[slice(*search.at)] == "đường\nbiên giới"
    assert (search.words, search.document_id) == ("duong bien gioi", document.document_id)
    assert search.without_choice() == DocumentSearch(words="duong bien gioi")
    marks = word_marks(LETTER, search, 0, "vi")
    assert (search.at[0], search.at[0] + 5) in {(m.start, m.end) for m in marks}
    assert {search_text(LETTER[m.start : m.end]) for m in marks} == {"duong", "bien", "gioi"}
    again = run_of(as_of=NEWEST, q=search.text())
    chosen = chosen_document(again)
    assert chosen is not None and chosen.document_number == "9921/BTTTT-TTĐN"


def test_an_address_of_a_passage_is_read_back() -> None:
    assert parse_search(passage_search("D-1", (5, 9))) == DocumentSearch(
        document_id="D-1", at=(5, 9)
    )
    assert parse_search("at:9 at:x-1 3089/BTTTT-TTĐN").words == "at:9 at:x-1 3089/BTTTT-TTĐN"
    assert DocumentSearch(words="a", at=(1, 2)).with_filter("kind", "plan").at is None


def letter_id() -> str:
    rows = load_documents(run_of())
    return str(rows.index[rows["document_number"] == "9921/BTTTT-TTĐN"][0])


def test_every_passage_is_a_slice_and_says_what_was_read_in_it() -> None:
    run = run_of()
    rows = passage_rows(run, letter_id())
    assert len(rows) > 5
    assert all(LETTER[r.start : r.end] == r.quote for r in rows.itertuples())
    labels = "; ".join(rows["label"])
    assert "Tình trạng quy chế của địa phương: Hải Dương, Long An" in labels
    assert "Nhiệm vụ: 2" in labels and "Thời hạn báo cáo" in labels
    assert "Văn bản viện dẫn: 79/2010/QĐ-TTg" in labels
    texts = query_document_texts(run.snapshot, [letter_id()])
    assert texts["stored_text"].tolist() == [LETTER]
    assert query_document_texts(run.snapshot, ["D-none"]).empty


def test_a_very_long_text_is_shown_around_its_passage() -> None:
    assert shown_part(1000, (5, 9)) == (0, 1000)
    assert shown_part(1_000_000, None) == (0, 300_000)
    assert shown_part(1_000_000, (500_000, 500_010)) == (350_000, 650_000)
    assert shown_part(1_000_000, (999_000, 999_900)) == (700_000, 1_000_000)


def test_evidence_quotes_its_sentence_and_leads_to_it() -> None:
    run = run_of(as_of=NEWEST, province="30")
    rows = query_evidence(run.snapshot, 2008, "regulation", "", run.view.as_of)
    [record] = [
        r for r in rows[rows["province_code_gso"] == "30"].to_dict("records")
        if r["document_number"] == "9921/BTTTT-TTĐN"
    ]  # fmt: skip
    line = passage_lines(run, record)
    link = re.search(r"\]\((/documents\?[^)]+)\)", line)
    assert link is not None and "còn 02 tỉnh" in line.replace("\\", "")
    query = parse_qs(urlsplit(link[1]).query)
    search = parse_search(query["q"][0])
    assert search.document_id == letter_id() and search.at is not None
    assert "Hải Dương, Long An" in LETTER[slice(*search.at)]
    assert (query["as_of"], query["province"]) == ([NEWEST], ["30"])
    assert passage_lines(run, {"quote": None}) == ""


def test_each_cell_of_the_matrix_opens_its_passage_or_says_that_there_is_none() -> None:
    run = run_of(as_of=NEWEST, year="2025")
    tasks = query_guidance_tasks(run.snapshot, 2025, run.view.as_of)
    assert tasks["ordinal"].tolist() == ["1", "2", "3"]
    compared = query_plan_coverage(run.snapshot, 2008, 2025, run.view.as_of)
    said = {(r["document_id"], r["guidance_task_id"]): r for r in compared.to_dict("records")}
    plans = with_compared(plans_of(run, 2025), compared)
    cells = matrix_cells(plans, tasks, said, "vi")
    table = matrix_table(cells, "vi")
    assert table.iloc[0].tolist() == ["Hải Dương", "9914/KH-UBND", "○", "◐", "●"]
    own = cells[cells["number"] == "9914/KH-UBND"].to_dict("records")
    none, partly, covered = ("\n".join(cell_lines(run, cell)) for cell in own)
    assert "phần mềm, theo quy tắc" in none.replace("\\", "") and "Xem trong kế hoạch" not in none
    assert "Lê An xác nhận ngày" in partly and REASON in partly
    assert "tên chưa xác minh" in partly
    link = re.search(r"Xem trong kế hoạch\]\((/documents\?[^)]+)\)", covered)
    assert link is not None and "Xem nhiệm vụ trong công văn" in covered
    at = parse_search(parse_qs(urlsplit(link[1]).query)["q"][0]).at
    assert at is not None and "ập huấn" in PLAN[slice(*at)]
    early = query_plan_coverage(run.snapshot, 2008, 2025, run_of(as_of="2024-12-01").view.as_of)
    assert early.empty  # the plan is of 20/12/2024


def test_deadlines_of_a_letter_stand_in_the_calendar() -> None:
    run = run_of(as_of=NEWEST)
    table = deadline_table(year_deadlines(run, 2025), 2025, "vi").set_index("Ngày đến hạn năm 2025")
    row = table.loc["20/11/2025"]
    assert row["Văn bản"] == "9921/BTTTT-TTĐN, 12/08/2024"
    assert row["Nơi nhận"] == "Bộ Thông tin và Truyền thông"
    assert "20 tháng 11 năm 2025" in row["Đoạn văn"]


def test_doubts_are_worded_and_lead_to_their_passage() -> None:
    run = run_of(as_of=NEWEST)
    [row] = doubt_table(doubts(run), "vi").to_dict("records")
    assert row["Văn bản"] == "9914/KH-UBND" and row["Tỉnh, thành phố"] == "Hải Dương"
    assert row["Điểm nghi vấn"] == "Văn bản in một ngày không có trong lịch."
    assert "31/02/2025" in row["Đoạn văn"]
    assert "/documents?" in doubt_lines(run, doubts(run).iloc[0])[-1]
    assert len(doubts(run_of(as_of=NEWEST, province="30"))) == 1
    assert doubts(run_of(as_of=NEWEST, province="01")).empty
    assert doubts(run_of(as_of=NEWEST, route="laos")).empty


def test_the_queue_shows_what_waits_first() -> None:
    table = submitted_table(run_of()).set_index("Tệp")
    assert list(table.index[:2]) == ["kế hoạch đang chờ.txt", "hỏng.docx"]
    assert table["Tình trạng"].tolist()[:2] == ["Chờ xác nhận", "Không đọc được"]
    assert table.loc["hỏng.docx", "Lý do"] == "Tệp hỏng hoặc không đầy đủ"
    assert table.loc["công văn.txt", "Văn bản"] == "9921/BTTTT-TTĐN"
    assert str(table.loc["công văn.txt", "Người quyết định"]).startswith("Lê An, ")


def test_a_refused_document_is_explained_in_the_readers_language() -> None:
    for lang, reason, wanted in (
        ("vi", "Tệp hỏng hoặc không đầy đủ", "Tệp mở được: lưu lại hoặc xin bản khác"),
        ("en", "The file is damaged or incomplete",
         "A file that opens: save it again or ask for another copy"),
    ):  # fmt: skip
        [row] = rejected_table(run_of(lang=lang)).to_dict("records")
        assert list(row.values())[3:] == ["", reason, wanted]

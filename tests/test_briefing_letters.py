"""Letters that remind provinces: against the CSV files and the ministry's letter, by hand."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest

from dashboard import warehouse
from dashboard.briefing.letter_words import official_date
from dashboard.briefing.letters import Letter, load_lagging, make_joint_letter, make_letters
from dashboard.briefing.letters_docx import write_letter
from dashboard.briefing.scope import parse_scope
from tests.conftest import read_facts
from tests.golden.province import run_of

DUE = date(2026, 12, 15)
LETTER = "Công văn số 3089/BTTTT-TTĐN ngày 31/7/2023 của Bộ Thông tin và Truyền thông, mục 1"


@pytest.fixture(scope="module", autouse=True)
def own_warehouse(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    # A copy: DuckDB opens a file once per process with one configuration.
    folder = tmp_path_factory.mktemp("letters") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("TTDN_WAREHOUSE", str(folder))
    yield
    warehouse.close_all()
    patch.undo()


def letters_of(scope: str, due: date | None = DUE, **params: str) -> tuple[Letter, ...]:
    run = run_of(**params)
    return make_letters(run, parse_scope(scope, run.facts.provinces[run.view.vintage]), due)


def letter_of(code: str, due: date | None = DUE, **params: str) -> Letter:
    (letter,) = letters_of(f"province:{code}", due, **params)
    return letter


def items(letter: Letter) -> dict[str, tuple[str, ...]]:
    return {part.need: part.items for part in letter.parts}


def everything(letter: Letter) -> str:
    parts = [text for part in letter.parts for text in (part.heading, *part.items)]
    return "\n".join((*letter.addressees, letter.opening, *parts, *letter.closing))


# --- three provinces worked out by hand from data/facts


def test_nghe_an_is_told_what_letter_3089_says_and_asked_to_settle_its_amounts() -> None:
    letter = letter_of("40")
    assert letter.addressees == ("Ủy ban nhân dân tỉnh Nghệ An",)
    assert letter.subject == "V/v đôn đốc thực hiện công tác thông tin đối ngoại"
    said = items(letter)
    assert said["lagging"] == (
        f"Theo {LETTER}, quy chế quản lý hoạt động thông tin đối ngoại của tỉnh Nghệ An căn cứ "
        "Quyết định số 79/2010/QĐ-TTg ngày 30/11/2010 của Thủ tướng Chính phủ đã hết hiệu lực, "
        "chưa được sửa đổi, bổ sung theo Nghị định số 72/2015/NĐ-CP; tình trạng này được ghi nhận "
        "từ ngày 31/7/2023. Văn bản của địa phương đã biết: Quyết định số 13 ngày 05/02/2013 (số "
        "ghi chưa đầy đủ; theo báo chí).",
    )
    rights, plan = said["asked"]
    assert "39/63" in rights and "không nêu tên" in rights
    assert "chưa nhận được thông tin về kế hoạch của tỉnh Nghệ An" in rights
    assert "năm 2023" in plan and "không có nghĩa là địa phương chưa ban hành" in plan
    # The guidance for the plans of 2023 is of 2022-11-25 (ministry_guidance.csv).
    assert "Công văn số 5740/BTTTT-TTĐN ngày 25/11/2022" in plan
    (disputed,) = said["disputed"]
    assert "404.000 triệu đồng" in disputed and "305.531 triệu đồng" in disputed
    assert "nhandan.vn" in disputed and "baonghean.vn" in disputed
    assert said["requests"][-1].endswith("trước ngày 15/12/2026 để tổng hợp, báo cáo.")
    assert [part.heading[:2] for part in letter.parts] == ["1.", "2.", "3.", "4."]


def test_kien_giang_has_only_a_general_regulation() -> None:
    said = items(letter_of("91"))
    assert said["lagging"] == (
        f"Theo {LETTER}, tỉnh Kiên Giang mới có quy chế chung về hoạt động đối ngoại, chưa ban "
        "hành quy chế quản lý hoạt động thông tin đối ngoại theo Nghị định số 72/2015/NĐ-CP; tình "
        "trạng này được ghi nhận từ ngày 31/7/2023.",
    )
    assert "disputed" not in said
    later = items(letter_of("91", as_of="2024-12-31"))["lagging"][0]
    assert later.endswith("Từ đó đến ngày 31/12/2024 chưa ghi nhận văn bản thay thế.")


def test_a_province_of_which_nothing_is_known_is_asked_and_not_reminded() -> None:
    # Hà Nam (35) stands in none of these files.
    for name in ("regulations", "human_rights_plans", "annual_plans", "letter_findings"):
        assert "35" not in {row["gso_code"] for row in read_facts(name)}
    letter = letter_of("35", due=None)
    assert letter.subject.startswith("V/v đề nghị cung cấp thông tin")
    said = items(letter)
    assert set(said) == {"asked", "requests"} and len(said["asked"]) == 2
    assert "trước ngày ...../...../20....." in said["requests"][-1]
    text = everything(letter).lower()
    assert "chậm" not in text and "đôn đốc" not in text and "hết hiệu lực" not in text
    assert "35" not in load_lagging(run_of(), parse_scope("province:35", {"35"}))
    assert "35" not in {sent.key for sent in letters_of("country")}


# --- who gets one


def test_the_letters_of_a_day_go_to_those_whom_evidence_names() -> None:
    named = {row["gso_code"] for row in read_facts("letter_findings")}
    assert {letter.key for letter in letters_of("country")} == named and len(named) == 10
    # Hải Dương (30), Đà Nẵng (48) and Thái Nguyên (19) have issued new ones since.
    replaced = {
        row["gso_code"]
        for row in read_facts("regulations")
        if row["legal_base"] == "decree72_circular22"
        and "2023-07-31" < row["issued_on"] <= "2024-12-31"
    }
    assert {sent.key for sent in letters_of("country", as_of="2024-12-31")} == named - replaced


def test_before_the_decree_nobody_is_behind_it() -> None:
    assert letters_of("country", as_of="2014-12-31") == ()


def test_an_expired_plan_is_behind_unless_another_one_may_be_in_force() -> None:
    said = items(letter_of("94", as_of="2025-03-31"))["lagging"]
    assert said == (
        "Kế hoạch số 81/KH-UBND ngày 06/5/2024 của Ủy ban nhân dân tỉnh Sóc Trăng (theo báo chí) "
        "về truyền thông về quyền con người có thời hạn đến hết ngày 31/12/2024; từ ngày "
        "01/01/2025 đến ngày 31/3/2025 chưa ghi nhận kế hoạch tiếp theo thực hiện Quyết định số "
        "1079/QĐ-TTg.",
    )
    # Quảng Nam: a scheme of 2023-2028 is known, its day is not.
    asked = items(letter_of("49", as_of="2025-03-31"))
    assert "lagging" not in asked
    assert "giai đoạn 2023–2028" in asked["asked"][0] and "chưa rõ ngày" in asked["asked"][0]


def test_a_contradiction_asks_for_confirmation_only() -> None:
    letter = letter_of("34")  # Thái Bình: implied by the letter, its own regulation is of 2013
    said = items(letter)
    assert "lagging" not in said
    (text,) = said["disputed"]
    assert "3089/BTTTT-TTĐN" in text and "14/2013/QĐ-UBND" in text
    assert any(request.startswith("Xác nhận") for request in said["requests"])


def test_a_unit_of_2025_is_told_about_its_part_by_its_old_name() -> None:
    letter = letter_of("91", as_of="2025-09-30")
    assert letter.addressees == ("Ủy ban nhân dân tỉnh An Giang",)
    (said,) = items(letter)["lagging"]
    assert "địa bàn tỉnh Kiên Giang trước ngày 01/7/2025" in said
    assert letter.office.name == "CỤC THÔNG TIN CƠ SỞ VÀ THÔNG TIN ĐỐI NGOẠI"


def test_cities_are_called_cities() -> None:
    assert letter_of("48").addressees == ("Ủy ban nhân dân thành phố Đà Nẵng",)
    # Huế is a city among the 34 and was part of a province's name before.
    assert letter_of("46").addressees == ("Ủy ban nhân dân tỉnh Thừa Thiên Huế",)
    assert letter_of("46", as_of="2025-09-30").addressees == ("Ủy ban nhân dân thành phố Huế",)


def test_the_letter_to_all_lists_each_province_once_with_its_document() -> None:
    run = run_of()
    letter = make_joint_letter(run, parse_scope("country", run.facts.provinces[2008]))
    assert letter is not None and letter.table is not None
    assert list(letter.table["TT"]) == list(range(1, 11))
    assert set(letter.table["Căn cứ"]) == {LETTER}
    assert set(letter.table["Ghi nhận từ ngày"]) == {"31/7/2023"}
    assert "Tỉnh Nghệ An" in set(letter.table["Tỉnh, thành phố"])
    behind = items(letter)["lagging"]
    assert any("Đồng Tháp, Hải Dương, Long An, Nghệ An, Thanh Hóa" in text for text in behind)
    alone = parse_scope("province:40", run.facts.provinces[2008])
    assert make_joint_letter(run, alone) is None


@pytest.mark.parametrize(
    ("day", "vi", "en"),
    [
        (date(2023, 7, 31), "31/7/2023", "31 July 2023"),
        (date(2024, 2, 5), "05/02/2024", "5 February 2024"),
        (date(2025, 10, 9), "09/10/2025", "9 October 2025"),
        (date(2025, 3, 1), "01/3/2025", "1 March 2025"),
    ],
)
def test_days_are_written_as_the_decree_asks(day: date, vi: str, en: str) -> None:
    assert (official_date(day, "vi"), official_date(day, "en")) == (vi, en)


# --- the file


def test_the_word_file_holds_all_of_the_letter_and_says_that_it_is_a_draft() -> None:
    letter = letter_of("40")
    content = write_letter(letter)
    assert content == write_letter(letter)
    document = docx.Document(io.BytesIO(content))
    body = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for text in (letter.opening, *letter.closing):
        assert text in body
    for part in letter.parts:
        assert part.heading in body
        assert all(any(text.endswith(item) for text in body) for item in part.items)
    joined = "\n".join(cells)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in joined
    assert "Số:          /TTĐN-" in joined and letter.subject in joined
    assert "CỤC TRƯỞNG" in joined and "Nơi nhận:" in joined
    section = document.sections[0]
    assert section.different_first_page_header_footer
    for header in (section.first_page_header, section.header):
        assert "DỰ THẢO" in [paragraph.text for paragraph in header.paragraphs]
    assert round(section.page_width.mm), round(section.page_height.mm) == (210, 297)
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size.pt == 14


def test_the_letter_in_english_has_no_vietnamese_sentence() -> None:
    letter = letter_of("40", lang="en")
    text = everything(letter)
    assert "rests on Decision No. 79/2010/QĐ-TTg of 30 November 2010" in text
    assert "before 15 December 2026" in text
    assert not {"Theo", "chưa", "của", "ngày"} & set(text.split())
    assert write_letter(letter).startswith(b"PK")

"""What a briefing says, for three scopes and two dates: worked out by hand from data/facts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.briefing.build import build_briefing
from dashboard.briefing.content import Briefing, Picture, Table, edited
from dashboard.briefing.office import BrokenSettings, load_office
from dashboard.briefing.scope import Scope, UnknownScope, parse_scope
from dashboard.facts import load_view_facts
from dashboard.filters import Run
from dashboard.view import read_view
from dashboard.warehouse import close_all, current_snapshot

Build = Callable[..., Briefing]
LETTER = "3089/BTTTT-TTĐN ngày 31/07/2023"

# Key of a finding -> its sentence. Sources: letter_findings.csv (five and five named, 53 left),
# announced_totals.csv (39/63), human_rights_plans.csv (15 until 2023-07-31, then Vĩnh Long,
# Sóc Trăng, Quảng Nam), regulations.csv (42/2023 Hải Dương, 49/2023 Đà Nẵng, 07 Thái Nguyên;
# Nghệ An's 13 of 2013 and Hải Dương's 18/2014 rest on Decision 79), annual_plans.csv,
# programme_5115.csv (Lạng Sơn 2022, Lào Cai 2024), information_clusters.csv (Lào Cai 2023,
# Tây Trang 2018, Nậm Cắn 2016), border_gates.csv (international gates).
COUNTRY_2023 = {
    "regulation_counts": "Tính đến 31/07/2023, trong 63 tỉnh, thành phố được xem xét về quy chế "
    "quản lý hoạt động thông tin đối ngoại: 53 theo quy định hiện hành; 5 căn cứ QĐ 79/2010 đã "
    "hết hiệu lực; 5 chỉ có quy chế đối ngoại chung.",
    "regulation_outdated": "Căn cứ QĐ 79/2010 đã hết hiệu lực (5): Đồng Tháp, Hải Dương (từ "
    f"11/08/2014), Long An, Nghệ An (từ 05/02/2013), Thanh Hóa (theo {LETTER}).",
    "regulation_general_only": "Chỉ có quy chế đối ngoại chung (5): Bà Rịa - Vũng Tàu, Bến Tre, "
    f"Đà Nẵng, Kiên Giang, Thái Nguyên (theo {LETTER}).",
    "regulation_disputed": "6 tỉnh, thành phố có nguồn mâu thuẫn về quy chế: Hà Tĩnh, Khánh Hòa, "
    "Quảng Ngãi, Tây Ninh, Thái Bình, Tiền Giang.",
    "human_rights_announced": "Cả nước: 39/63 tỉnh, thành phố chưa ban hành kế hoạch truyền thông "
    f"về quyền con người theo công văn {LETTER}; xác định được tên 15/24 tỉnh đã có kế hoạch.",
    "human_rights_plan_counts": "Tính đến 31/07/2023, trong 63 tỉnh, thành phố được xem xét về kế "
    "hoạch truyền thông về quyền con người: 15 đã có kế hoạch; 48 chưa rõ (công văn không nêu "
    "tên).",
    "annual_plan_counts": "Về kế hoạch năm 2023, tính đến 31/07/2023, trong 63 tỉnh, thành phố: "
    "3 ban hành trong năm kế hoạch; 2 có kế hoạch, chưa rõ ngày; 58 chưa thấy kế hoạch. Chưa thấy "
    "kế hoạch không có nghĩa là chưa ban hành.",
    "border_route_china": "Việt Nam – Trung Quốc, 7 tỉnh, thành phố: 1 một phần; 6 chưa có căn cứ. "
    "Theo từng nội dung: Kế hoạch đề cập tuyến 0/7; Phối hợp với Biên phòng 1/7; Cụm tại cửa khẩu "
    "quốc tế 0/5.",
}
COUNTRY_2024 = {
    "regulation_counts": "Tính đến 31/12/2024, trong 63 tỉnh, thành phố được xem xét về quy chế "
    "quản lý hoạt động thông tin đối ngoại: 56 theo quy định hiện hành; 4 căn cứ QĐ 79/2010 đã "
    "hết hiệu lực; 3 chỉ có quy chế đối ngoại chung.",
    "regulation_outdated": "Căn cứ QĐ 79/2010 đã hết hiệu lực (4): Đồng Tháp, Long An, Nghệ An "
    f"(từ 05/02/2013), Thanh Hóa (theo {LETTER}).",
    "regulation_general_only": "Chỉ có quy chế đối ngoại chung (3): Bà Rịa - Vũng Tàu, Bến Tre, "
    f"Kiên Giang (theo {LETTER}).",
    "human_rights_plan_counts": "Tính đến 31/12/2024, trong 63 tỉnh, thành phố được xem xét về kế "
    "hoạch truyền thông về quyền con người: 18 đã có kế hoạch; 45 chưa rõ (công văn không nêu "
    "tên).",
    "border_route_china": "Việt Nam – Trung Quốc, 7 tỉnh, thành phố: 2 một phần; 5 chưa có căn cứ. "
    "Theo từng nội dung: Kế hoạch đề cập tuyến 0/7; Phối hợp với Biên phòng 2/7; Cụm tại cửa khẩu "
    "quốc tế 1/5.",
    "changes_regulation__general_only_current": "Quy chế quản lý hoạt động thông tin đối ngoại: 2 "
    "tỉnh, thành phố chuyển từ “chỉ có quy chế đối ngoại chung” sang “theo quy định hiện hành”: "
    "Thái Nguyên (theo 07/QĐ-UBND); Đà Nẵng (theo 49/2023/QĐ-UBND).",
    "changes_regulation__outdated_current": "Quy chế quản lý hoạt động thông tin đối ngoại: 1 "
    "tỉnh, thành phố chuyển từ “căn cứ QĐ 79/2010 đã hết hiệu lực” sang “theo quy định hiện "
    "hành”: Hải Dương (theo 42/2023/QĐ-UBND).",
    "changes_human_rights_plan__not_named_adopted": "Kế hoạch truyền thông về quyền con người: 3 "
    "tỉnh, thành phố chuyển từ “chưa rõ (công văn không nêu tên)” sang “đã có kế hoạch”: Vĩnh Long "
    "(theo 60/KH-UBND); Sóc Trăng (theo 81/KH-UBND); Quảng Nam.",
}
LAOS = {
    "regulation_counts": "Tính đến {day}, trong 10 tỉnh, thành phố được xem xét về quy chế quản lý "
    "hoạt động thông tin đối ngoại: 8 theo quy định hiện hành; 2 căn cứ QĐ 79/2010 đã hết hiệu "
    "lực.",
    "regulation_disputed": "1 tỉnh, thành phố có nguồn mâu thuẫn về quy chế: Hà Tĩnh.",
    "border_route_laos": "Việt Nam – Lào, 10 tỉnh, thành phố: 2 một phần; 8 chưa có căn cứ. Theo "
    "từng nội dung: Kế hoạch đề cập tuyến 0/10; Phối hợp với Biên phòng 0/10; Cụm tại cửa khẩu "
    "quốc tế 2/9.",
}
NGHE_AN = {
    "province_regulation_": "Quy chế quản lý hoạt động thông tin đối ngoại: ▼ Căn cứ QĐ 79/2010 đã "
    "hết hiệu lực (3089/BTTTT-TTĐN · 31/07/2023 · Bộ Thông tin và Truyền thông · mục 1 · Nêu tên "
    "trong công văn).",
    "province_human_rights_plan_": "Kế hoạch truyền thông về quyền con người: ⊙ Chưa rõ (công văn "
    "không nêu tên).",
    "budget_of_province": "Số khoản kinh phí có số liệu in trong văn bản: 12.",
    "contradictions_budget": "Kinh phí: 1 trường hợp các nguồn không thống nhất: Nghệ An.",
}


@pytest.fixture(scope="module")
def brief(default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """A briefing of the default data: brief("route:laos", as_of="2024-12-31")."""
    # A copy: DuckDB opens a file once per process with one configuration.
    folder = shutil.copytree(default_warehouse, tmp_path_factory.mktemp("findings") / "warehouse")
    patch = pytest.MonkeyPatch()
    patch.setenv("TTDN_WAREHOUSE", str(folder))
    close_all()
    snapshot = current_snapshot()
    facts = load_view_facts(snapshot)

    def make(scope: str, sections: tuple[str, ...] | None = None, **params: str) -> Briefing:
        view = read_view(params, facts)
        assert view.notices == ()
        run = Run(view, facts, snapshot)
        return build_briefing(run, parse_scope(scope, facts.provinces[view.vintage]), sections)

    yield make
    close_all()
    patch.undo()


def said(briefing: Briefing) -> dict[str, str]:
    return {finding.key: finding.text for finding in briefing.findings()}


@pytest.mark.parametrize(
    ("scope", "params", "expected"),
    [
        ("country", {"as_of": "2023-07-31"}, COUNTRY_2023),
        ("country", {"as_of": "2024-12-31", "since": "2023-07-31"}, COUNTRY_2024),
        ("route:laos", {"as_of": "2023-07-31"}, LAOS),
        ("route:laos", {"as_of": "2024-12-31"}, LAOS),
        ("province:40", {"as_of": "2023-07-31"}, NGHE_AN),
        ("province:40", {"as_of": "2024-12-31"}, NGHE_AN),
    ],
)
def test_the_sentences_say_what_the_facts_say(
    brief: Build, scope: str, params: dict[str, str], expected: dict[str, str]
) -> None:
    found = said(brief(scope, **params))
    day = ".".join(reversed(params["as_of"].split("-"))).replace(".", "/")
    assert {key: found.get(key) for key in expected} == {
        key: text.replace("{day}", day) for key, text in expected.items()
    }


def test_every_section_is_there_once_and_the_summary_repeats_findings(brief: Build) -> None:
    briefing = brief("country", as_of="2024-12-31", since="2023-07-31")
    keys = [section.key for section in briefing.sections]
    assert keys == [
        "summary", "regulation", "human_rights_plan", "annual_plan", "border_route", "budget",
        "changes", "contradictions", "unknowns", "sources",
    ]  # fmt: skip
    rest = {f.key: f.text for s in briefing.sections[1:] for f in s.findings}
    assert all(rest[f.key] == f.text for f in briefing.sections[0].findings)
    maps = [p for p in briefing.pictures() if p.is_map]
    assert len(maps) == 9  # three indicators, four routes, two of changes
    assert all(len(p.subject.units) == 63 for p in maps if p.subject)
    assert len({item.key for s in briefing.sections for item in s.items}) == sum(
        len(s.items) for s in briefing.sections
    )


def test_an_edit_is_marked_wherever_the_finding_stands(brief: Build) -> None:
    briefing = brief("country", as_of="2024-12-31")
    key = "regulation_counts"
    changed = edited(briefing, {key: "  Câu   viết lại. ", "unknown_key": "x"})
    found = [f for f in changed.findings() if f.key == key]
    assert [(f.text, f.is_edited) for f in found] == [("Câu viết lại.", True)] * 2
    assert not any(f.is_edited for f in changed.findings() if f.key != key)
    assert edited(briefing, {key: said(briefing)[key]}) == briefing
    assert key not in said(edited(briefing, {key: " "}))


def test_a_unit_of_2025_has_codes_and_words_of_its_vintage(brief: Build) -> None:
    briefing = brief("provinces:01,40", as_of="2026-01-01", lang="en")
    assert briefing.vintage == 2025
    assert all(len(p.subject.units) == 34 for p in briefing.pictures() if p.subject)
    assert not any("tỉnh, thành phố" in text for text in said(briefing).values())


def test_only_chosen_sections_are_written(brief: Build) -> None:
    briefing = brief("country", ("budget", "changes"), as_of="2024-12-31")
    assert [section.key for section in briefing.sections] == ["budget", "sources"]


def test_tables_hold_values_and_no_addresses(brief: Build) -> None:
    briefing = brief("country", as_of="2024-12-31", since="2023-07-31")
    for table in briefing.tables():
        texts = table.rows.select_dtypes(include=["object", "str"]).to_numpy().ravel()
        if table.key != "sources":
            assert not any(isinstance(t, str) and "http" in t for t in texts), table.key
    behind = next(t for t in briefing.tables() if t.key == "regulation_behind")
    assert len(behind.rows) == 7
    assert isinstance(behind.rows.iloc[0]["Từ ngày"], (date, pd.Timestamp))


def test_a_scope_is_read_or_refused() -> None:
    known = {"01", "04", "40"}
    assert parse_scope("country", known) == Scope("country")
    assert parse_scope("provinces:04,01", known) == Scope("provinces", codes=("04", "01"))
    assert parse_scope("provinces:04", known) == Scope("province", codes=("04",))
    assert str(parse_scope("route:sea", known)) == "route:sea"
    for wrong in ("", "country:01", "route:", "route:thailand", "province:99", "province:01,04"):
        with pytest.raises(UnknownScope):
            parse_scope(wrong, known)


@pytest.mark.parametrize(
    ("day", "superior"),
    [
        (date(2025, 2, 28), "BỘ THÔNG TIN VÀ TRUYỀN THÔNG"),
        (date(2025, 3, 1), "BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH"),  # Decree 43/2025/NĐ-CP
    ],
)
def test_a_document_keeps_the_name_of_its_time(day: date, superior: str) -> None:
    assert load_office(day).superior == superior


@pytest.mark.parametrize("content", ["", "[[office]]\nfrom = 2030-01-01\n", "[[office", "a = 1"])
def test_broken_settings_are_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / "office.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(BrokenSettings):
        load_office(date(2024, 1, 1), path)


def test_sections_follow_scope_and_view(brief: Build) -> None:
    briefing = brief("province:40", as_of="2024-12-31")
    assert "regulation" not in [section.key for section in briefing.sections]
    table = next(t for t in briefing.tables() if t.key == "province_statuses")
    assert isinstance(table, Table) and len(table.rows) >= 5
    assert all(isinstance(p, Picture) for p in briefing.pictures())

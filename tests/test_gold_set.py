"""The gold set of the extraction is well formed, and its scorer counts what it says."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks import extraction
from benchmarks.gold import make_files, score
from benchmarks.gold.compare import (
    agrees,
    plain,
    plain_body,
    same_body,
    same_leads,
    same_number,
    same_title,
)
from benchmarks.gold.naive import extract_naively
from domain.provinces import Province
from domain.vintages import vintage_at
from etl.reference import PROJECT_DATA, load_records, load_register

GOLD = score.load_gold()
DOCUMENTS = {file.stem: file for file in sorted((score.GOLD / "documents").iterdir())}
REAL = {
    "3089_btttt_ttdn_2023", "4110_btttt_ttdn_2018", "binh_thuan_417_kh_skhcn_2024",
    "cao_bang_kh_2023",
}  # fmt: skip
OWN = sorted(set(GOLD) - REAL)
REGISTER = load_register(PROJECT_DATA)

KINDS = {
    "official_letter", "plan", "department_plan", "decision", "guideline", "directive", "circular",
    "decree", "conclusion", "resolution", "programme", "report", "other",
}  # fmt: skip
CHOICES = {
    "kind": KINDS,
    "issuer_level": {"party", "government", "ministry", "province", "department", "district"},
    "relation": {"basis", "carries_out", "guided_by", "replaces", "amends", "mentions"},
    "class": {"outdated", "general_only", "current"},
    "indicator": {
        "human_rights_plan_not_made", "regulation_on_decision79_not_amended",
        "only_general_foreign_affairs_regulation", "cambodia_border_demarcated_percent",
    },
    "legal_base": {
        "decree72_circular22", "decree72", "decision79_2010", "foreign_affairs_general", "unknown",
    },
    "state": {"proposed", "planned", "operating", "needs_repair", "closed"},
    "period": {"once", "yearly", "quarterly", "monthly"},
    "border_route": {"china", "laos", "cambodia", "sea"},
}  # fmt: skip
FIELDS = {
    **{name: set(fields) for name, fields in score.LISTS.items()},
    "citations": {"number", "issued_date", "relation"},
    "tasks": {"title", "lead_bodies"},
    "topics": {"topic", "border_route"},
    "warnings": {"about"},
}
DATES = ("issued_date", "effective_date", "date")
YEARS = ("plan_year", "period_start", "period_end")


def text_of(name: str) -> str:
    """What the document says; of a file that is made, its source."""
    file = DOCUMENTS[name]
    source = score.GOLD / "sources" / f"{file.name}.txt"
    return extraction.stored_text(file) or source.read_text(encoding="utf-8")


def accepted(value: Any) -> list[Any]:
    """All values that the gold accepts; none where the field is not scored."""
    if isinstance(value, Mapping):
        return [] if value.get("any") else list(value["any_of"])
    return [value]


def scored_items(gold: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "document", gold["document"]
    for name in FIELDS:
        for item in gold[name]:
            yield name, item


def strokes(text: str) -> str:
    """Letters, digits and strokes without marks, for finding a number in a text with OCR slips."""
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    bare = "".join(c for c in bare if not unicodedata.combining(c) and not c.isspace())
    return re.sub(r"[\u2010-\u2015\u2212*]", lambda m: "" if m[0] == "*" else "-", bare).lower()


def test_the_set_is_large_and_whole() -> None:
    assert len(DOCUMENTS) >= 60
    assert sorted(DOCUMENTS) == OWN
    assert set(GOLD) >= REAL


@pytest.mark.parametrize("name", sorted(GOLD))
def test_gold_has_the_fields_of_the_issue(name: str) -> None:
    gold = GOLD[name]
    assert set(gold) == {"document", *FIELDS}
    assert set(gold["document"]) == set(score.HEADER)
    for key, item in scored_items(gold):
        if key != "document":
            assert set(item) - {"optional"} == FIELDS[key], (key, item)
        for field, value in item.items():
            for one in accepted(value):
                if field in CHOICES and one is not None:
                    assert one in CHOICES[field], (key, field, one)
                if field in DATES and one is not None:
                    assert dt.date.fromisoformat(one).isoformat() == one
                if field in YEARS and one is not None:
                    assert 1990 <= one <= 2040, (key, field, one)
                if field == "month_day" and one is not None:
                    assert dt.date.fromisoformat(f"2024-{one}"), one
                if isinstance(one, str):
                    assert unicodedata.is_normalized("NFC", one), one
                    assert " ".join(one.split()) == one, one


@pytest.mark.parametrize("name", sorted(GOLD))
def test_province_codes_are_of_the_vintage_of_the_document(name: str) -> None:
    for _, item in scored_items(GOLD[name]):
        for code in accepted(item.get("province_code_gso")):
            if code is not None:
                assert any(_province(code, v) for v in _vintages(name)), (name, code)


def _vintages(name: str) -> list[int]:
    document = GOLD[name]["document"]
    days = [d for d in accepted(document["issued_date"]) if d]
    years = [y for y in accepted(document["plan_year"]) if y]
    days = days or [f"{year}-01-01" for year in years[:1]]
    if not days:
        return [2008]
    vintage = vintage_at(dt.date.fromisoformat(days[0])).key
    # A document of a merged unit may name what one of its parts issued before.
    return [vintage] if vintage == 2008 else [2025, 2008]


def _province(code: str, vintage: int) -> Province | None:
    return next((p for p in REGISTER.of_vintage(vintage) if p.code_gso == code), None)


@pytest.mark.parametrize("name", OWN)
def test_each_number_is_in_the_text(name: str) -> None:
    text = strokes(text_of(name))
    for key, item in scored_items(GOLD[name]):
        for field in ("number", "replaces"):
            for number in accepted(item.get(field)):
                assert number is None or strokes(number) in text, (key, number)


@pytest.mark.parametrize("name", OWN)
def test_each_date_is_in_the_text(name: str) -> None:
    text = " ".join(re.findall(r"\d+|[a-z]+", plain(text_of(name))))
    for key, item in scored_items(GOLD[name]):
        for field in DATES:
            for day in accepted(item.get(field)):
                if day is None or (field == "effective_date" and None in accepted(item[field])):
                    continue
                y, m, d = map(int, day.split("-"))
                forms = rf"\b0?{d} (?:thang )?0?{m}(?: (?:nam )?{y}\b|\b)"
                assert re.search(forms, text), (key, field, day)


@pytest.mark.parametrize("name", OWN)
def test_names_and_titles_are_in_the_text(name: str) -> None:
    text = f" {plain_body(text_of(name))} "
    gold = GOLD[name]
    document = gold["document"]
    for signer in accepted(document["signer"]):
        assert signer is None or plain_body(signer) in text, signer
    titles = accepted(document["title"])
    assert not titles or any(plain_body(t) in text for t in titles if t), titles
    for task in gold["tasks"]:
        for lead in [] if isinstance(task["lead_bodies"], dict) else task["lead_bodies"]:
            assert plain_body(lead) in text, lead
        words = [set(plain_body(t).split()) for t in accepted(task["title"])]
        assert any(w <= set(text.split()) for w in words), task["title"]
    for cluster in gold["information_clusters"]:
        assert plain(cluster["place"]) in plain(text_of(name)), cluster


@pytest.mark.parametrize("name", [n for n in OWN if GOLD[n]["regulation_statuses"]])
def test_provinces_with_a_status_are_named(name: str) -> None:
    # A page may end within a name: "Đồng", the number of the page, "Tháp".
    text = f" {plain(re.sub(r'(?m)^ *[0-9]{1,2}$', '', text_of(name)))} "
    aliases = load_records(PROJECT_DATA / "reference" / "province_aliases.csv", "spelling")
    for item in GOLD[name]["regulation_statuses"]:
        province = _province(item["province_code_gso"], _vintages(name)[0])
        assert province is not None, item
        spellings = [province.name]
        spellings += [a["spelling"] for a in aliases if a["official_name"] == province.name]
        assert any(f" {plain(spelling)} " in text for spelling in spellings), province


@pytest.mark.parametrize("name", [n for n in OWN if GOLD[n]["announced_totals"]])
def test_announced_counts_are_printed(name: str) -> None:
    digits = [int(number) for number in re.findall(r"\d+", text_of(name))]
    for total in GOLD[name]["announced_totals"]:
        assert total["count"] in digits, total


def test_kinds_levels_and_both_vintages_are_there() -> None:
    headers = [gold["document"] for gold in GOLD.values()]
    assert {kind for h in headers for kind in accepted(h["kind"])} == KINDS
    levels = {level for h in headers for level in accepted(h["issuer_level"])}
    assert levels == CHOICES["issuer_level"]
    assert sum(_vintages(name)[0] == 2025 for name in GOLD) >= 5
    assert {p.suffix for p in DOCUMENTS.values()} == {".txt", ".docx", ".html", ".xlsx"}


def test_noise_is_there() -> None:
    raw = [p.read_bytes().decode() for p in DOCUMENTS.values() if p.suffix == ".txt"]
    assert any("\r\n" in text for text in raw)
    assert any("\u00a0" in text for text in raw)
    assert any(text.startswith("\ufeff") for text in raw)
    assert any(not unicodedata.is_normalized("NFC", text) for text in raw)
    assert all(any(dash in text for text in raw) for dash in "\u2011\u2013\u2014\u2212")
    assert any("**" in text for text in raw)


def test_topics_are_in_the_register() -> None:
    file = PROJECT_DATA / "reference" / "topics.csv"
    rows = load_records(file, "topic", "border_route")
    register = {(row["topic"], row["border_route"] or None) for row in rows}
    for name, gold in GOLD.items():
        used = {(item["topic"], item["border_route"]) for item in gold["topics"]}
        assert used <= register, name
    treated = {item["topic"] for gold in GOLD.values() for item in gold["topics"]}
    # The twelve contents of "sea" are not annotated (benchmarks/gold/README.md).
    assert treated == {topic for topic, _ in register if not topic.startswith("sea_")}


def test_made_files_are_those_of_their_sources(tmp_path: Path) -> None:
    made = make_files.make_files(tmp_path)
    assert len(made) >= 5
    for file in made:
        assert file.read_bytes() == DOCUMENTS[file.stem].read_bytes(), file.name


def test_no_sentence_is_taken_from_the_shared_documents() -> None:
    shared = extraction.SHARED_DOCUMENTS
    if not shared.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{shared} is missing")
        pytest.skip(f"{shared} is missing")
    theirs: set[tuple[str, ...]] = set()
    for file in shared.glob("*.txt"):
        theirs |= set(_runs(file.read_text(encoding="utf-8")))
    for name in OWN:
        assert not theirs & set(_runs(text_of(name))), name


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Runs of 40 words: longer than the title of any law."""
    words = plain(text).split()
    return (tuple(words[n : n + 40]) for n in range(len(words) - 39))


# The scorer ---------------------------------------------------------------------------------


def resolved(value: Any) -> Any:
    """One value that the gold accepts."""
    if isinstance(value, Mapping):
        return None if value.get("any") else value["any_of"][0]
    return value


def perfect(gold: Mapping[str, Any]) -> dict[str, Any]:
    """A result that says just what the gold says, with evidence of the text "abc"."""
    proof = {"section": None, "start": 0, "end": 3, "quote": "abc"}
    result: dict[str, Any] = {"document": {k: resolved(v) for k, v in gold["document"].items()}}
    for name in FIELDS:
        result[name] = [
            {**{k: resolved(v) for k, v in item.items() if k != "optional"}, "evidence": proof}
            for item in gold[name] if not item.get("optional")
        ]  # fmt: skip
    for item in result["warnings"]:
        item |= {"code": "slip", "message": f"about {item['about']}"}
    return result


EXAMPLE = "btttt_2019_lech_so_luong"


@pytest.mark.parametrize("name", sorted(GOLD))
def test_a_perfect_result_scores_everything(name: str) -> None:
    tally = score.score_document(GOLD[name], perfect(GOLD[name]), "abc")
    assert not tally.misses
    assert not tally.invented
    assert all(tally.hits[key] == tally.out_of[key] for key in tally.out_of)
    assert extraction.missed_goals(tally) == []


def test_an_empty_result_misses_everything_and_invents_nothing() -> None:
    tally = score.score_document(GOLD[EXAMPLE], {}, "abc")
    assert not tally.invented
    assert tally.share("citation_recall") == 0
    assert tally.share("citation_precision") is None
    assert tally.share("regulation_statuses") == 0
    assert tally.out_of["regulation_statuses"] == 8
    assert "header fields" in extraction.missed_goals(tally)


def scored(**changes: Any) -> score.Tally:
    result = perfect(GOLD[EXAMPLE])
    for key, change in changes.items():
        result[key] = change(result[key])
    return score.score_document(GOLD[EXAMPLE], result, "abc")


def test_a_wrong_header_field_is_a_miss_and_a_wrong_number_is_invented() -> None:
    tally = scored(document=lambda d: {**d, "kind": "plan", "number": "1/KH-UBND"})
    assert tally.hits["header"] == 7
    assert tally.invented == ["document.number 1/KH-UBND"]


def test_a_value_where_the_gold_has_none_is_invented() -> None:
    tally = scored(document=lambda d: {**d, "province_code_gso": "01"})
    assert tally.invented == ["document.province_code_gso 01"]


@pytest.mark.parametrize(
    ("key", "item"),
    [
        ("regulation_statuses", {"province_code_gso": "01", "class": "outdated"}),
        ("announced_totals", {"indicator": "human_rights_plan_not_made", "count": 3, "out_of": 63}),
        ("report_deadlines", {"date": "2020-10-30", "month_day": None, "period": "once",
                              "every_year": False}),
        ("regulations", {"province_code_gso": "01", "number": "1/QĐ-UBND"}),
        ("annual_plans", {"province_code_gso": "01", "number": None, "plan_year": 2020}),
    ],
)  # fmt: skip
def test_an_invented_item_is_counted(key: str, item: dict[str, Any]) -> None:
    tally = scored(**{key: lambda items: [*items, item]})
    assert len(tally.invented) == 1
    share = tally.share(key)
    assert share is not None and share < 1
    assert "invented values" in extraction.missed_goals(tally)


def test_precision_and_recall_of_citations() -> None:
    more = {"number": "9/QĐ-TTg", "issued_date": None, "relation": "mentions"}
    without_number = {"number": None, "issued_date": "2015-06-19", "relation": "basis"}
    tally = scored(citations=lambda items: [*items[1:], more, without_number])
    assert (tally.hits["citation_recall"], tally.out_of["citation_recall"]) == (4, 5)
    assert (tally.hits["citation_precision"], tally.out_of["citation_precision"]) == (4, 5)


def test_the_same_citation_twice_counts_against_precision() -> None:
    tally = scored(citations=lambda items: [*items, items[0]])
    assert (tally.hits["citation_precision"], tally.out_of["citation_precision"]) == (5, 6)


def test_optional_items_may_be_there_or_not() -> None:
    gold = {"optional": True, "number": "5115/CTr", "issued_date": None}
    found = {"number": "5115/CTr", "issued_date": None}
    pairs, missing, extra = score.match([gold], [found], score.CITATION)
    assert (len(pairs), missing, extra) == (1, [], [])
    assert score.match([gold], [], score.CITATION) == ([], [], [])


def test_topics_are_scored_by_f1() -> None:
    topics = len([t for t in GOLD[EXAMPLE]["topics"] if not t.get("optional")])
    tally = scored(topics=lambda items: [*items[1:], {"topic": "no such", "border_route": None}])
    assert tally.share("topics") == pytest.approx((topics - 1) / topics)


def test_leads_in_any_order_and_spelling() -> None:
    assert same_leads(
        ["Sở TT&TT", "UBND tỉnh"], ["Ủy ban nhân dân tỉnh", "Sở Thông tin và Truyền thông"]
    )
    assert not same_leads(["Công an tỉnh"], ["Công an tỉnh", "Sở Nội vụ"])
    assert not same_leads(["Công an tỉnh"], None)
    assert same_leads({"any_of": [["A"], ["B", "C"]]}, ["C", "B"])


def test_a_task_is_found_by_the_words_of_its_title() -> None:
    gold = {"title": "Bồi dưỡng nghiệp vụ", "lead_bodies": ["Sở Nội vụ"]}
    result = [
        {"title": "Tuyên truyền biển, đảo", "lead_bodies": ["Công an tỉnh"]},
        {"title": "4. Bồi dưỡng nghiệp vụ cho cán bộ", "lead_bodies": ["Sở Nội vụ"]},
    ]
    tally = score.Tally()
    score._score_tasks(tally, [gold], result)
    assert tally.share("leads") == 1
    tally = score.Tally()
    score._score_tasks(tally, [gold], result[:1])
    assert tally.share("leads") == 0


@pytest.mark.parametrize(
    "proof",
    [
        {"start": 0, "end": 3, "quote": "abd"},
        {"start": 0, "end": 2, "quote": "abc"},
        {"start": 2, "end": 2, "quote": ""},
        {"start": None, "end": 3, "quote": "abc"},
    ],
)
def test_a_quote_that_is_not_its_slice_is_a_miss(proof: dict[str, Any]) -> None:
    tally = scored(citations=lambda items: [{**items[0], "evidence": proof}, *items[1:]])
    assert tally.out_of["evidence"] - tally.hits["evidence"] == 1


def test_an_item_without_evidence_is_a_miss() -> None:
    tally = scored(tasks=lambda _: [{"title": "x", "lead_bodies": []}])
    assert tally.out_of["evidence"] - tally.hits["evidence"] == 1


def test_what_counts_as_the_same() -> None:
    assert same_number("57-KL/TW", "57– KL/TW")
    assert same_number("30/QĐ-TTg", "30/QD-TTg")
    assert not same_number("30/QĐ-TTg", "30/2018/QĐ-TTg")
    assert same_title("Công tác năm 2024", "KẾ HOẠCH Công tác năm 2024")
    assert not same_title("Công tác năm 2024", "Công tác năm 2023")
    assert same_body("Ủy ban nhân dân tỉnh Hà Nam", "UBND TỈNH HÀ NAM")
    assert agrees({"any_of": ["03-20", None]}, None)
    assert not agrees({"any_of": ["03-20", None]}, "12-20")
    assert agrees({"any": True}, "anything")
    assert not agrees(False, 0)
    assert not agrees(None, "x")


def test_the_keyword_version_gives_the_same_keys() -> None:
    result = extract_naively(text_of("quang_tri_kh_2022"))
    assert result["document"]["number"] == "38/KH-UBND"
    assert set(result) <= {"document", *FIELDS}


def test_without_an_extractor_the_benchmark_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    def run(files: object) -> list[dict[str, Any]]:
        raise extraction.NotMeasured("expected 75 results, got 0")

    assert extraction.main([], run) == 2
    assert "not measured: expected 75 results, got 0" in capsys.readouterr().out


def test_the_benchmark_explains_misses(capsys: pytest.CaptureFixture[str]) -> None:
    assert extraction.main(["--explain"], lambda files: [{} for _ in files]) == 1
    out = capsys.readouterr().out
    assert "goals missed: header fields" in out
    assert re.search(r"regulation_statuses\s+btttt_2019_lech_so_luong: not found: .*34", out)


def test_results_of_the_wrong_count_are_not_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    class Done:
        stdout = json.dumps({"file": "a.txt"}).encode()
        stderr = b"stopped"
        returncode = 1

    monkeypatch.setattr(extraction.subprocess, "run", lambda *_, **__: Done())
    with pytest.raises(extraction.NotMeasured, match="expected 2 results, got 1"):
        extraction.run_extractor([Path("a.txt"), Path("b.txt")])

"""The frame without a browser: address, texts, warehouse, web server."""

from __future__ import annotations

import ast
import asyncio
import json
import re
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import plotly
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_warehouse import write_pointer, write_snapshot

from dashboard import view as view_module
from dashboard import warehouse, web, words
from dashboard.facts import load_view_facts
from dashboard.navigation import PAGES
from dashboard.static_files import all_assets
from dashboard.view import NAMES, ViewFacts, read_view, view_params, with_changes
from dashboard.view import view_link as link
from dashboard.warehouse import NoSnapshot

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 22)
OLD, NEW = "20260101T000000-aaaa", "20260102T000000-bbbb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("warehouse")
    write_snapshot(made, OLD, is_current=False)
    write_snapshot(made, NEW)
    return made


@pytest.fixture
def published(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TTDN_WAREHOUSE", str(folder))
    return folder


@pytest.fixture
def facts(published: Path) -> ViewFacts:
    return load_view_facts(warehouse.open_snapshot())


# --- the address


def test_without_parameters_the_newest_letter_opens(facts: ViewFacts) -> None:
    view = read_view({}, facts, TODAY)
    assert (view.as_of, view.as_of_is_default, view.vintage) == (date(2023, 7, 31), True, 2008)
    assert (view.indicator, view.lang, view.notices) == ("regulation", "vi", ())
    assert facts.default_document == "3089/BTTTT-TTĐN"
    assert facts.years == (2024, 2023)


@pytest.mark.parametrize(
    ("params", "field", "default", "said"),
    [
        ({"as_of": "2024-02-30"}, "as_of", date(2023, 7, 31), "2024-02-30 không có thật"),
        ({"as_of": "31/07/2023"}, "as_of", date(2023, 7, 31), "không phải ngày"),
        ({"as_of": "1999-01-01"}, "as_of", date(2023, 7, 31), "01/01/1999"),
        ({"as_of": "2999-01-01"}, "as_of", date(2023, 7, 31), "tương lai"),
        ({"as_of": "2023-07-31", "vintage": "2025"}, "vintage", 2008, "không thuộc thời kỳ"),
        ({"vintage": "1997"}, "vintage", 2008, "1997"),
        ({"since": "2023-08-01"}, "since", None, "phải trước ngày 31/07/2023"),
        ({"as_of": "2025-08-01", "since": "2024-01-01"}, "since", None, "đơn vị hành chính"),
        ({"province": "99"}, "province", None, "Không có tỉnh"),
        ({"province": "02", "as_of": "2025-08-01"}, "province", None, "Hà Giang"),
        ({"route": "moon"}, "route", None, "moon"),
        ({"year": "1066"}, "year", None, "1066"),
        ({"indicator": "joy"}, "indicator", "regulation", "joy"),
        ({"snapshot": "../../etc/passwd"}, "snapshot", None, "../../etc/passwd"),
        ({"present": "maybe"}, "present", False, "maybe"),
        ({"lang": "fr"}, "lang", "vi", "fr"),
        ({"provice": "01"}, "province", None, "provice"),
        ({"programme": "a b"}, "programme", None, "a b"),
    ],
)
def test_a_wrong_parameter_gives_a_notice_and_its_default(
    facts: ViewFacts, params: dict[str, str], field: str, default: object, said: str
) -> None:
    view = read_view(params, facts, TODAY)
    assert getattr(view, field) == default
    assert len(view.notices) == 1
    assert said in view.notices[0]


def test_a_vintage_alone_opens_the_nearest_day_of_its_life(facts: ViewFacts) -> None:
    view = read_view({"vintage": "2025"}, facts, TODAY)
    assert (view.as_of, view.vintage, view.notices) == (date(2025, 7, 1), 2025, ())
    assert not view.as_of_is_default


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_address_can_break_the_reader(data: st.DataObject) -> None:
    province = view_module.ProvinceFact("01", "Hà Nội", ("01",), ())
    facts = ViewFacts(
        NEW, date(2023, 7, 31), None, date(2024, 1, 1), {2008: {"01": province}, 2025: {}}, (2023,)
    )
    value = st.one_of(
        st.text(max_size=30),
        st.sampled_from(["2023-07-31", "2025-07-01", "0001-01-01", "9999-12-31", "2008", "01"]),
    )
    names = st.one_of(st.sampled_from(NAMES), st.text(max_size=5))
    params = data.draw(st.dictionaries(names, value, max_size=8))
    view = read_view(params, facts, TODAY)
    again = read_view(view_params(view, facts), facts, TODAY)
    assert again == view
    assert again.notices == ()


def test_the_address_leaves_out_what_is_default(facts: ViewFacts) -> None:
    view = read_view({}, facts, TODAY)
    assert view_params(view, facts) == {}
    assert link("regulations", view, facts) == "/regulations"
    assert link("/", view, facts, province="01") == "/?province=01"
    assert link("", view, facts, as_of=date(2023, 7, 31)) == "/"
    assert (
        link("human-rights", view, facts, as_of=date(2024, 1, 5), lang="en")
        == "/human-rights?as_of=2024-01-05&lang=en"
    )


def test_a_choice_in_another_vintage_moves_date_and_province(facts: ViewFacts) -> None:
    view = read_view({"province": "02", "since": "2022-12-31"}, facts, TODAY)
    moved = with_changes(view, facts, vintage=2025)
    assert (moved.as_of, moved.vintage, moved.since) == (date(2025, 7, 1), 2025, None)
    assert facts.provinces[2025][moved.province or ""].name == "Tuyên Quang"
    back = with_changes(moved, facts, vintage=2008)
    assert (back.as_of, back.vintage) == (date(2023, 7, 31), 2008)
    assert facts.provinces[2008][back.province or ""].name == "Tuyên Quang"
    assert with_changes(view, facts, as_of=date(2025, 12, 31)).vintage == 2025
    with pytest.raises(TypeError, match="provinse"):
        with_changes(view, facts, provinse="01")


def test_the_snapshot_of_the_address_is_checked(published: Path, facts: ViewFacts) -> None:
    assert read_view({"snapshot": OLD}, facts, TODAY).snapshot == OLD
    assert warehouse.open_snapshot(OLD).as_of_date == date(2024, 12, 20)


def test_months_between_counts_whole_months() -> None:
    assert view_module.months_between(date(2023, 7, 31), date(2026, 11, 22)) == 39
    assert view_module.months_between(date(2024, 1, 31), date(2024, 2, 29)) == 0
    assert view_module.months_between(date(2024, 1, 15), date(2024, 2, 15)) == 1
    assert view_module.months_between(date(2024, 2, 1), date(2024, 1, 1)) == 0


# --- the texts


def test_both_catalogues_have_the_same_keys_and_placeholders() -> None:
    vi, en = words.catalogue("vi"), words.catalogue("en")
    assert set(vi) == set(en)
    places = re.compile(r"{(\w*)")
    differ = [k for k in vi if set(places.findall(vi[k])) != set(places.findall(en[k]))]
    assert differ == []


def test_every_key_in_the_code_of_the_frame_is_in_the_catalogues() -> None:
    keys = {entry.title_key for entry in PAGES}
    keys |= {f"notice.no_snapshot.{code}" for code in re.findall(r"\w+(?=[,.])", _codes())}
    for name in ("filters", "shell", "view", "web"):
        tree = ast.parse((ROOT / "dashboard" / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "word":
                keys |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant)}
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "complain":
                first = node.args[0]
                keys |= {f"notice.{first.value}"} if isinstance(first, ast.Constant) else set()
    missing = [(k, la) for k in keys for la in words.LANGUAGES if not words.has_word(k, la)]
    assert missing == []


def _codes() -> str:
    return (NoSnapshot.__doc__ or "").split("Codes:")[1]


def test_a_missing_text_says_where_to_add_it() -> None:
    with pytest.raises(words.UnknownWord, match=r"no text 'map\.nothing' in .*vi\.toml"):
        words.word("map.nothing", "vi")


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (0, 0, "0", "0"),
        (-1234.5, 1, "-1.234,5", "-1,234.5"),
        (None, 0, "–", "–"),
        (float("nan"), 0, "–", "–"),
    ],
)
def test_numbers(value: float | None, decimals: int, vi: str, en: str) -> None:
    assert words.format_number(value, "vi", decimals) == vi
    assert words.format_number(value, "en", decimals) == en


def test_dates_and_order() -> None:
    assert words.format_date(date(2023, 7, 5), "vi") == "05/07/2023"
    assert words.format_date(None, "vi") == "–"
    names = ["Đồng Nai", "Hà Nội", "Điện Biên", "Bạc Liêu", "Bắc Giang", "Bà Rịa", "An Giang"]
    assert sorted(names, key=words.sort_key) == [
        "An Giang", "Bà Rịa", "Bạc Liêu", "Bắc Giang", "Điện Biên", "Đồng Nai", "Hà Nội",
    ]  # fmt: skip


def test_text_of_the_reader_is_never_markdown() -> None:
    assert words.escape_markdown("![x](http://a) :red[b] $c$") == (
        r"\!\[x\]\(http\://a\) \:red\[b\] \$c\$"
    )


# --- the warehouse


def test_query_reads_the_snapshot_it_is_given(published: Path) -> None:
    snapshot = warehouse.current_snapshot()
    assert (snapshot.id, snapshot.as_of_date) == (NEW, date(2024, 12, 20))
    sql = "SELECT count(*) AS n FROM mart.province WHERE vintage = $vintage"
    assert warehouse.query(sql, {"vintage": 2008}, snapshot)["n"].iloc[0] == 63
    assert warehouse.query(sql, {"vintage": 2025}, snapshot)["n"].iloc[0] == 34
    assert warehouse.kept_snapshots() == (NEW, OLD)


def test_a_result_can_be_changed_without_changing_the_kept_one(published: Path) -> None:
    snapshot = warehouse.current_snapshot()
    sql = "SELECT province_name FROM mart.province ORDER BY 1 LIMIT 3"
    first = warehouse.query(sql, {}, snapshot)
    first.loc[:, "province_name"] = "x"
    assert (warehouse.query(sql, {}, snapshot)["province_name"] != "x").all()


def test_the_warehouse_cannot_be_written_and_reaches_nothing_outside(published: Path) -> None:
    snapshot = warehouse.current_snapshot()
    for sql in ("CREATE TABLE t (a INT)", "SELECT * FROM read_csv('/etc/passwd')"):
        with pytest.raises(Exception, match=r"read-only|disabled|Permission"):
            warehouse.query(sql, {}, snapshot)


def test_many_threads_query_at_once(published: Path) -> None:
    snapshot = warehouse.current_snapshot()
    wrong: list[object] = []

    def work(number: int) -> None:
        for turn in range(20):
            sql = f"SELECT {number} * 1000 + {turn} AS n, count(*) AS c FROM mart.province"
            row = warehouse.query(sql, {}, snapshot).iloc[0]
            if (row["n"], row["c"]) != (number * 1000 + turn, 97):
                wrong.append(row)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_new_snapshot_is_read_at_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TTDN_WAREHOUSE", str(tmp_path))
    write_snapshot(tmp_path, "a1")
    assert warehouse.open_snapshot().id == "a1"
    write_snapshot(tmp_path, "a2")
    assert warehouse.open_snapshot().id == "a2"
    for number in range(3, 8):
        write_snapshot(tmp_path, f"a{number}")
        warehouse.open_snapshot()
    assert len(warehouse._connections) <= warehouse.KEPT_CONNECTIONS


@pytest.mark.parametrize("asked", ["../x", "nope", "", "a/b", "a" * 99, "current", "x.duckdb"])
def test_only_kept_snapshots_can_be_named(published: Path, asked: str) -> None:
    with pytest.raises(NoSnapshot) as caught:
        warehouse.open_snapshot(asked)
    assert caught.value.code == "unknown_snapshot"


def _remove(folder: Path) -> None:
    (folder / "current.json").unlink()


def _break(text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "current.json").write_text(text, encoding="utf-8") and None


def _truncate(folder: Path) -> None:
    path = folder / "snapshot-x1.duckdb"
    path.write_bytes(path.read_bytes()[:5000])


def _truncate_and_vouch(folder: Path) -> None:
    _truncate(folder)
    write_pointer(folder, "x1")


_OTHER_SCHEMA = '{"snapshot": "x1", "sha256": "", "as_of_date": "2024-01-01", "schema_version": 9}'
_ESCAPE = '{"snapshot": "../x1", "sha256": "", "as_of_date": "2024-01-01", "schema_version": 1}'


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (_remove, "no_pointer"),
        (_break(""), "broken_pointer"),
        (_break("[]"), "broken_pointer"),
        (_break('{"snapshot": "x1"}'), "broken_pointer"),
        (_break(_ESCAPE), "broken_pointer"),
        (_break(_OTHER_SCHEMA), "wrong_schema"),
        (lambda folder: (folder / "snapshot-x1.duckdb").unlink(), "missing_file"),
        (_truncate, "damaged_file"),
        (_truncate_and_vouch, "damaged_file"),
    ],
)
def test_every_broken_warehouse_has_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], Any], code: str
) -> None:
    monkeypatch.setenv("TTDN_WAREHOUSE", str(tmp_path))
    write_snapshot(tmp_path, "x1")
    damage(tmp_path)
    with pytest.raises(NoSnapshot) as caught:
        warehouse.open_snapshot()
    assert caught.value.code == code
    assert "python -m etl build" in str(caught.value)
    answer = get("/healthz")
    assert (answer.status, answer.json()["reason"]) == (503, code)


# --- the web server


class Answer:
    """What an ASGI app answered."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def json(self) -> Any:
        return json.loads(self.body)


def get(path: str, **headers: str) -> Answer:
    """Ask our routes and middleware, with nothing of the framework behind them."""
    from starlette.applications import Starlette

    app = Starlette(routes=web.routes(), middleware=web.middleware())
    path, _, query = path.partition("?")
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
        "server": ("127.0.0.1", 80),
        "scheme": "http",
        "http_version": "1.1",
    }
    asyncio.run(app(scope, receive, send))
    head = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return Answer(sent[0]["status"], head, b"".join(m.get("body", b"") for m in sent[1:]))


def test_health_names_the_snapshot(published: Path) -> None:
    answer = get("/healthz")
    assert answer.status == 200
    assert answer.json()["snapshot"] == NEW


def test_every_answer_carries_the_security_headers(published: Path) -> None:
    for path in ("/", "/healthz", "/assets/nothing", "/regulations", "/_stcore/metrics"):
        headers = get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"].split("style-src")[0]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert {"referrer-policy", "permissions-policy"} <= set(headers)


def test_the_document_is_ours() -> None:
    vietnamese = get("/regulations?province=01").body.decode()
    assert '<html lang="vi">' in vietnamese
    assert vietnamese.index("frame.js") < vietnamese.index("index.")
    assert "<title>Theo dõi công tác thông tin đối ngoại</title>" in vietnamese
    assert '<html lang="en">' in get("/?lang=en").body.decode()
    assert not re.search(r"https?://", vietnamese)
    first = get("/")
    again = get("/", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_what_is_no_page_leads_to_the_overview() -> None:
    answer = get("/no-such-page/deep")
    assert (answer.status, answer.headers["location"]) == (307, "/?no_page=no-such-page/deep")
    answer = get("/regulations/?province=01")
    assert (answer.status, answer.headers["location"]) == (307, "/regulations?province=01")


def test_hidden_routes_do_not_answer() -> None:
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact"):
        assert get(path).status == 404


def test_assets_are_kept_for_good_and_compressed() -> None:
    for url, asset in all_assets().items():
        plain = get(url)
        assert (plain.status, plain.body) == (200, asset.content)
        assert "immutable" in plain.headers["cache-control"]
        packed = get(url, accept_encoding="gzip")
        if asset.compressed:
            assert packed.headers["content-encoding"] == "gzip"
            assert len(packed.body) < len(plain.body)


def test_the_map_stub_has_all_that_plotly_asks_for() -> None:
    stub = get("/assets/topojson/world_110m.json").json()
    assert set(stub["objects"]) == {
        "coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits",
    }  # fmt: skip
    assert get("/assets/topojson/world_50m.json").status == 200


def test_the_parts_of_plotly_have_the_version_of_the_python_package() -> None:
    def version(content: bytes) -> str:
        found = re.search(rb"plotly\.js (?:\([^)]*\) )?v(\d+\.\d+\.\d+)", content[:600])
        assert found is not None, content[:200]
        return found[1].decode()

    whole = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    parts = sorted((ROOT / "static" / "plotly").glob("*.min.js"))
    assert len(parts) == 2
    assert {version(part.read_bytes()) for part in parts} == {version(whole.read_bytes())}

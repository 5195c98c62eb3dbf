"""Spellings of provinces: all the ways Vietnamese offices write them, and no guess beyond."""

from __future__ import annotations

import unicodedata

import pytest

from domain.errors import UnknownProvince
from domain.provinces import Province, ProvinceRegister, fold, spelling_key
from etl.reference import load_crosswalk, load_register
from tests.conftest import DATA, read_facts


@pytest.fixture(scope="module")
def register() -> ProvinceRegister:
    return load_register(DATA)


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Hà Nội", "01"),
        ("HÀ NỘI", "01"),
        ("  hà   nội ", "01"),
        ("thành phố Hà Nội", "01"),
        ("TP. Hà Nội", "01"),
        ("TP.Hà Nội", "01"),
        ("Tp Đà Nẵng", "48"),
        ("TP.ĐÀ NẴNG", "48"),
        ("\u00d0à Nẵng", "48"),  # the look-alike eth
        ("TP. Hồ Chí Minh", "79"),
        ("TPHCM", "79"),
        ("TP.HCM", "79"),
        ("Thành phố Hồ Chí Minh", "79"),
        ("Thừa Thiên - Huế", "46"),
        ("Thừa Thiên–Huế", "46"),
        ("Thừa Thiên Huế", "46"),
        ("tỉnh Thừa Thiên\u00a0Huế", "46"),
        ("Đắk Lắk", "66"),
        ("Đăk Lăk", "66"),
        ("Đắc Lắc", "66"),
        ("Bà Rịa - Vũng Tàu", "77"),
        ("Bà Rịa–Vũng Tàu", "77"),
        ("Bà Rịa — Vũng Tàu", "77"),
        ("Bà Rịa Vũng Tàu", "77"),
        ("Bà Rịa-Vũng Tàu", "77"),
        ("Hòa Bình", "17"),
        ("Hoà Bình", "17"),
        ("Khánh Hòa", "56"),
        ("Khánh Hoà", "56"),
        ("Thanh Hóa", "38"),
        ("Thanh Hoá", "38"),
        (unicodedata.normalize("NFD", "Thanh Hoá"), "38"),
        (unicodedata.normalize("NFD", "Quảng Ngãi"), "51"),
        ("tỉnh Bắc Kạn", "06"),
        ("Tỉnh Cao Bằng", "04"),
    ],
)
def test_accepted_spellings(register: ProvinceRegister, spelling: str, code: str) -> None:
    assert register.by_spelling(spelling, 2008).code_gso == code


@pytest.mark.parametrize(
    "spelling",
    ["", " ", "tỉnh", "TP.", "Hà Nôi", "Hà Nam Ninh", "Hà Tây", "Quảng", "Hà Nội 2", "Sai Gon",
     "Hà Nội, Hải Phòng", "01", "?à N?i", "Hµ Néi", "Hà Nộì"],
)  # fmt: skip
def test_unknown_spellings_are_never_guessed(register: ProvinceRegister, spelling: str) -> None:
    with pytest.raises(UnknownProvince) as caught:
        register.by_spelling(spelling, 2008)
    assert repr(spelling) in str(caught.value)
    assert "province_aliases.csv" in caught.value.fix


def test_official_names_and_codes_of_both_vintages(register: ProvinceRegister) -> None:
    old = {r["gso_code"]: r["name"] for r in read_facts("provinces63")}
    new = {r["new_gso_code"]: r["new_name"] for r in read_facts("units_2025")}
    assert (len(old), len(new)) == (63, 34)
    for vintage, expected in ((2008, old), (2025, new)):
        found = {p.code_gso: p.name for p in register.of_vintage(vintage)}
        assert found == expected
        for code, name in expected.items():
            assert register.by_code(code, vintage).name == name
            for text in (name, name.upper(), unicodedata.normalize("NFD", name), f"tỉnh {name}"):
                assert register.by_spelling(text, vintage).code_gso == code
    for spelling in ("Hà Giang", "Bắc Giang"):
        with pytest.raises(UnknownProvince):
            register.by_spelling(spelling, 2025)
    with pytest.raises(UnknownProvince):
        register.by_code("99", 2008)


def test_names_keep_their_marks() -> None:
    """Only the place of a tone mark is unified: other marks tell words apart."""
    assert spelling_key("hòa") == spelling_key("hoà") == spelling_key("HOÀ")
    for one, other in [("Hà Nam", "Hà Năm"), ("tinh", "tỉnh"), ("đa", "da"), ("hòa", "hóa")]:
        assert spelling_key(one) != spelling_key(other)


def test_fold_is_for_comparing() -> None:
    assert fold("Đường  LỐI–đối\u00a0ngoại") == "duong loi doi ngoai"
    assert fold(unicodedata.normalize("NFD", "Thừa Thiên - Huế")) == "thua thien hue"
    assert fold("hoà") == fold("hòa") == "hoa"


def test_spelling_of_two_provinces_is_refused() -> None:
    provinces = [Province(2008, "01", "Hà Nội"), Province(2008, "02", "Hà Giang")]
    with pytest.raises(ValueError, match="Hà Giang"):
        ProvinceRegister(provinces, [(2008, "01", "Hà Giang")])


def test_crosswalk_covers_both_vintages() -> None:
    crosswalk = load_crosswalk(DATA)
    pairs = {(r["old_gso_code"], r["new_gso_code"]) for r in read_facts("units_2025")}
    assert set(crosswalk.successor_by_code.items()) == pairs
    assert len(crosswalk.codes_2025()) == 34
    assert sorted(p for unit in crosswalk.codes_2025() for p in crosswalk.parts(unit)) == sorted(
        old for old, _ in pairs
    )

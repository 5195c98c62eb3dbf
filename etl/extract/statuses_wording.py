"""What a sentence says of the regulations of the provinces that it names or counts.

Decree 72/2015/NĐ-CP and Circular 22/2016/TT-BTTTT ask for a regulation on foreign information; the
Decision 79/2010/QĐ-TTg that older ones rest on has expired. A general regulation on foreign
affairs (quản lý thống nhất các hoạt động đối ngoại) does not take its place.
"""

from __future__ import annotations

import re

_ON_79 = re.compile(
    r"\b79 ?/ ?2010\b|\b(?:quyet dinh|qd) (?:so )?79\b|\b79 ?/ ?(?:qd ?- ?)?ttg\b|\bqd ?79\b"
)
_ON_72 = re.compile(
    r"\b72 ?/ ?2015\b|\b(?:nghi dinh|nd) (?:so )?72\b|\b22 ?/ ?2016\b"
    r"|\b(?:thong tu|tt) (?:so )?22\b|\bnd ?72\b"
    # In what is written after Decree 72 these are the rules in force.
    r"|\b(?:thong tin doi ngoai|ttdn)\b[^.;]{0,60}\btheo (?:dung )?quy dinh hien hanh\b"
)
_NO_INFORMATION = r"(?:(?!thong tin|ttdn)[^;.()])"
_GENERAL = re.compile(
    r"\bquy che (?:chung|doi ngoai|quan ly chung)\b"
    r"|\bquy che (?:ve )?(?:quan ly )?(?:nha nuoc )?(?:thong nhat )?(?:quan ly )?(?:ve )?(?:cac )?"
    r"(?:hoat dong |cong tac )?doi ngoai\b"
    rf"|\bquy che {_NO_INFORMATION}{{0,40}}thong nhat {_NO_INFORMATION}{{0,40}}doi ngoai\b"
)
_SOME_WORDS = r"(?:\w+,? ){0,6}?"
_NOT_ISSUED = re.compile(rf"\bchua {_SOME_WORDS}(?:ban hanh|xay dung|co|trinh|hoan thanh)\b")
_ONLY = re.compile(rf"\b(?:chi|moi|duy nhat) {_SOME_WORDS}(?:co|ban hanh|ap dung|thuc hien|dung)\b")
_WITHIN_GENERAL = re.compile(r"\blong ghep\b|\bquy dinh (?:chung )?(?:trong|tai)\b")
_NOT_AMENDED = re.compile(
    rf"\bchua {_SOME_WORDS}(?:sua|thay the|thay|bo sung|dieu chinh|cap nhat|ra soat|xay dung lai"
    r"|ban hanh|can cu|theo)\b"
    r"|\bvan (?:\w+ ){0,3}?(?:ap dung|thuc hien|su dung|can cu|dua|theo|giu|duy tri)\b"
)
_AMENDED = re.compile(
    rf"\bda {_SOME_WORDS}(?:sua doi|sua|thay the|bai bo|dieu chinh)\b|\bthay the (?:cho )?quy che\b"
    r"|\bkhong (?:con |phai )?(?:ap dung|thuc hien|su dung|can cu|dua)\b|\bthay the\b"
)
_ISSUED = re.compile(rf"\bda {_SOME_WORDS}(?:ban hanh|xay dung|sua doi|thay the|hoan thanh|co)\b")
_NOBODY = re.compile(
    r"\bkhong (?:con |co )?(?:(?:tinh|thanh pho|dia phuong|don vi)[ ,]*)+nao\b[^,;.]*"
)
# "…, trừ các tỉnh sau: ", "không kể 02 tỉnh ", "đề nghị bổ sung ": those named next are left out of
# what the sentence says, which says nothing else of them. "Ngoài ra" (besides) leaves nobody out.
_EXCEPTS = re.compile(
    r"\b(?:tru(?: ra)?|(?:khong|chua) (?:phai|ke|tinh|gom|bao gom|co|thuoc|nam trong|rieng)"
    r"|(?<!doi )ngoai|loai(?: ra)?|(?:de nghi|xem xet|can|dang) (?:\w+ ){0,3}?bo sung)"
    r"(?:[ :,(]+(?:la|ve|tai|o|ten|rieng|doi voi|truong hop|mot so|mot vai|nhu|den|cac|nhung|cua"
    r"|\d{1,2}|\d{1,2}/\d\d|tinh|thanh pho|tp|dia phuong|don vi|sau|sau day|gom|gom co|cu the))*"
    r"[ :,.(*_+-]*$"
)
# "X, Y không thuộc các tỉnh …", "nếu X, Y đã ban hành …": nothing is said to be so.
_DENIED = re.compile(
    r"\W*(?:(?:deu|hien|nay|cung|hien nay|tinh|la) )*(?:khong (?:phai|thuoc|nam|co ten|duoc tinh)"
    r"|(?:de nghi|xin|dang ky|kien nghi)(?: duoc)?(?: bo sung| dua| xac nhan"
    r"| cong nhan)? (?:vao|la))\b"
)
_SUPPOSED = re.compile(r"(?:^|[.;,:] ?)(?:neu|gia su|trong truong hop|truong hop)\b")
_DRAFT = re.compile(r"\bdu thao\b")
_NOT_YET = re.compile(r"\b(?:chua|dang|can|khong)\b")
_ON_INFORMATION = re.compile(r"\bthong tin doi ngoai\b|\bttdn\b|\bquan ly hoat dong\b")

OUTDATED, GENERAL_ONLY, CURRENT = "outdated", "general_only", "current"


def regulation_class(statement: str, is_cell: bool = False) -> str | None:
    """Class that a folded statement with single blanks gives to the provinces it is about.

    None where it gives none, or where it can be read in two ways. In the cell of a table the bare
    number of the base is enough.
    """
    text = _NOBODY.sub(" ", statement)
    if _EXCEPTS.search(text):
        return None
    on_79, on_72 = bool(_ON_79.search(text)), bool(_ON_72.search(text))
    general = bool(_GENERAL.search(text))
    if on_79 and general:
        return None
    if on_79:
        if _NOT_AMENDED.search(text):
            return OUTDATED
        if on_72:
            return CURRENT if _ISSUED.search(text) else None
        return None if _AMENDED.search(text) else OUTDATED
    if general:
        said = _NOT_ISSUED.search(text) or _ONLY.search(text) or _WITHIN_GENERAL.search(text)
        return GENERAL_ONLY if said else None
    if on_72 and not _DRAFT.search(text) and not _NOT_YET.search(text):
        return CURRENT if is_cell or _ISSUED.search(text) else None
    return None


def is_left_out(before: str, behind: str = "") -> bool:
    """Whether the names between two folded pieces of a sentence are excepted from what it says."""
    supposed = _SUPPOSED.search(before)
    return bool(supposed or _EXCEPTS.search(before) or _DENIED.match(behind))


def is_about_regulation(statement: str) -> bool:
    """Whether a folded statement speaks of regulations on foreign information."""
    return "quy che" in statement and bool(_ON_INFORMATION.search(statement))

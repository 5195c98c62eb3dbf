"""Words by which each topic of data/reference/topics.csv is known to be treated.

Rules are written for folded text with line breaks as blanks; a blank of a rule is any run of them.
A rule is tried only around its anchor, a word that is rare enough to be looked for in all texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Rule:
    """`pattern` is searched from `before` code points in front of the anchor's place on."""

    topic: str
    anchor: str
    pattern: re.Pattern[str]
    before: int
    unless: re.Pattern[str] | None = None  # said in the same clause before it
    behind: int = 220


# A blank of a pattern, but for those of a look-behind, whose width is fixed.
_BLANK: Final = re.compile(r"\(\?<[!=][^)]*\)| \??")


def _any_blanks(match: re.Match[str]) -> str:
    return {" ": " +", " ?": " *"}.get(match[0], match[0])


def _rules(
    topic: str, anchors: str, pattern: str, before: int = 0, unless: str | None = None
) -> Iterator[Rule]:
    compiled = re.compile(_BLANK.sub(_any_blanks, pattern))
    excluded = re.compile(_BLANK.sub(_any_blanks, unless)) if unless else None
    for anchor in anchors.split("|"):
        yield Rule(topic, anchor, compiled, before, excluded)


_SAME = r"[^.;]"  # up to the end of a clause
_ETHNIC = r"(?:dong bao (?:cac )?dan toc|dan toc thieu so|vung dan toc|mien nui|dtts)"
_INFORM = r"(?:tuyen truyen|thong tin|truyen thong|pho bien|gioi thieu)"
_BORDER = (
    r"(?:bien gioi|cua khau|phan gioi|cam moc|quoc gioi|van kien|hiep dinh|hiep uoc|thoa thuan"
    r"|quan he|ket nghia|huu nghi|giao luu|giap)"
)


def _country(names: str, short: str) -> str:
    """Relations or the border with a country: "Việt Nam - Lào", "biên giới với Campuchia"."""
    return (
        rf"\bviet nam ?(?:-|va|voi) ?(?:nuoc )?(?:chnd |chdcnd |ban )?(?:{names})\b"
        rf"|\bviet ?- ?{short}\b"
        rf"|\b{_BORDER}\b{_SAME}{{0,100}}?(?:\bvoi|\bgiua|\bcua|\bnuoc|\bban|[(,]"
        rf"|\btinh\b[^.;,]{{0,30}})"
        rf" ?(?:nuoc )?(?:ban )?(?:{names})\b"
        rf"|\bgiap (?:voi )?(?:nuoc )?(?:ban )?(?:{names})\b"
    )


RULES: Final[tuple[Rule, ...]] = (
    *_rules(
        "regulation", "quy che",
        r"\bquy che (?!phoi hop|phat ngon|dan chu|lam viec|chi tieu|bao ve|khu vuc|bien gioi"
        rf"|(?:ve )?quan ly (?:cua khau|bien gioi))(?:(?!\bcum\b|bien gioi"
        rf"|cua khau){_SAME}){{0,90}}?"
        r"\b(?:thong tin doi ngoai|ttdn|79/2010|72/2015|22/2016)"
        r"|\b(?:xay dung|ban hanh|sua doi|bo sung|thay the|hoan thien|ra soat|tham muu)"
        r"(?: \w+,?){0,5} quy che(?: quan ly| thong nhat| nay| moi)* ?(?:[.;:)]|tren dia ban"
        r"|can cu|theo|phu hop|$)",
        60, r"\b(?:can cu|theo) (?:quyet dinh|nghi dinh)[^.;]*$",
    ),
    *_rules("kl57", "57", r"\b(?:so )?57 ?-? ?kl ?[/-] ?tw|\bket luan (?:so )?57\b", 16),
    *_rules("d1191", "1191", r"\b1191 ?/ ?qd|\bquyet dinh (?:so )?1191|\bqd ?1191", 20),
    *_rules(
        "poverty", "ngheo|06/2022/tt-btttt",
        r"\bgiam ngheo (?:ben vung|ve thong tin|da chieu|nhanh)"
        rf"|\b(?:chuong trinh|ctmtqg|mtqg|du an){_SAME}{{0,60}}\bgiam ngheo\b|06/2022/tt-btttt",
        90,
    ),
    *_rules(
        "ethnic", "thieu so|mien nui|dtts|03/2023/tt-btttt|1719/qd-ttg",
        rf"\b(?:chuong trinh|ctmtqg|mtqg|tieu du an|du an 10){_SAME}{{0,110}}{_ETHNIC}"
        rf"|\bthong tin doi ngoai (?:o |tai )?(?:cho |phuc vu )?vung {_ETHNIC}"
        r"|03/2023/tt-btttt|1719/qd-ttg",
        170,
    ),
    *_rules(
        "ethnic_products", "san pham",
        rf"\bsan pham (?:thong tin|truyen thong|bao chi){_SAME}{{0,80}}\b{_ETHNIC}"
        rf"|\b{_ETHNIC}{_SAME}{{0,60}}\bsan pham (?:thong tin|truyen thong)",
        120,
    ),
    *_rules(
        "ethnic_training", "boi duong|tap huan",
        rf"\b(?:boi duong|tap huan)\b{_SAME}{{0,120}}\b(?:can bo|nguoi|chien si"
        rf"|doi ngu){_SAME}{{0,60}}"
        rf"(?:(?:khu vuc|vung|xa|tuyen) (?:bien gioi|mien nui)|{_ETHNIC})"
        rf"|\b(?:boi duong|tap huan){_SAME}{{0,110}}chuong trinh{_SAME}{{0,60}}\b{_ETHNIC}",
    ),
    *_rules(
        "ethnic_promotion", "long ghep",
        rf"\blong ghep{_SAME}{{0,200}}\b(?:giao luu|xuc tien|quang ba)",
    ),
    *_rules(
        "human_rights", "quyen con nguoi|nhan quyen|1079/",
        r"\bquyen con nguoi|\bnhan quyen|\b1079/qd",
    ),
    *_rules("vietnam_vn", "vietnam|nam.vn", r"\bviet ?nam ?\. ?vn\b", 8),
    *_rules(
        "p5115", "5115|613|chuong trinh phoi hop|ke hoach phoi hop",
        r"\b5115/|\bphoi hop (?:so )?(?:5115|613)\b|\b613/ctr|\b613\b[^.;]{0,60}bien phong"
        rf"|\b(?:chuong trinh|ke hoach) phoi hop\b{_SAME}{{0,160}}\b(?:bien phong|bdbp"
        rf"|khu vuc bien gioi)",
        24,
    ),
    *_rules(
        "sea", "dao",
        # "các huyện biên giới, biển, hải đảo" is an area; what is said of it may be a topic.
        r"(?<!bien gioi, )(?<!bien gioi va )(?<!bien gioi )(?<!bien gioi - )"
        r"\bbien,? ?(?:va |- )?(?:hai )?dao\b"
        r"|\b(?:tuyen truyen|thong tin|chu quyen)(?: \w+){0,3} bien gioi,? (?:va )?bien,?"
        r" (?:hai )?dao\b",
        60,
    ),
    *_rules(
        "sea", "hoang sa|truong sa",
        r"\b(?:quan dao|chu quyen|dao)(?: doi voi| tren| cua| viet nam| hai quan dao|,){0,4}"
        r" (?:hoang sa|truong sa)|\bhoang sa\b[^.;]{0,12}\btruong sa\b"
        r"|\btruong sa\b[^.;]{0,12}\bhoang sa\b",
        40,
    ),
    *_rules("sea", "iuu|tuyen bien|luat bien", r"\biuu\b|\btuyen bien\b(?! gioi)|\bluat bien\b"),
    *_rules(
        "sea", "hai san|thuy san",
        r"\b(?:khai thac|danh bat) (?:hai|thuy) san[^.;]{0,30}(?:bat hop|trai) p", 12,
    ),
    *_rules(
        "sea", "chu quyen",
        r"\bchu quyen[^.;]{0,40}\bbien\b(?!,? (?:gioi|dao))|\bchu quyen[^.;]{0,40}\bbien,? dao",
    ),
    *_rules("sea", "vung bien|ngu dan", r"\bvung bien (?:nuoc ngoai|viet nam|to quoc)|\bngu dan\b"),
    *_rules(
        "china", "trung quoc|viet - trung|viet-trung",
        _country("trung quoc|trung hoa", "trung"), 150,
    ),
    *_rules("laos", "lao", _country("lao", "lao"), 150),
    *_rules(
        "cambodia", "chia|viet - cam|viet-cam",
        _country(r"cam-?pu-?chia|cam pu chia", "cam"), 150,
    ),
    *_rules(
        "scheme_laos", "252|voi lao",
        rf"\b252 ?/ ?qd|\bde an{_SAME}{{0,60}}thong tin doi ngoai voi lao\b", 90
    ),
    *_rules(
        "scheme_cambodia", "30/qd|30 /qd|voi cam",
        rf"(?<![\d/])30 ?/ ?qd-ttg|\bde an{_SAME}{{0,60}}thong tin doi ngoai voi cam-?pu-?chia", 90,
    ),
    *_rules(
        "press", "du luan|phan bac|bac bo|sai trai|xuyen tac|thu dich|sai lech|du bao|diem bao"
        "|sai su that",
        r"\bdu luan (?:bao chi|trong|quoc te|xa hoi ve)|\bphan bac|\bbac bo\b"
        r"|\bdau tranh[^.;]{0,80}\b(?:sai trai|xuyen tac|thu dich|sai lech|sai su that)"
        r"|\b(?:ngan chan|xu ly|nhan dien|vach tran)[^.;]{0,60}(?:xuyen tac|sai su that"
        r"|sai lech|tin gia)"
        r"|\bnang luc du bao|\b(?:cong tac|theo doi,?|nghien cuu,?|phan tich,?) du bao"
        r"|\bdu bao[^.;]{0,60}(?:du luan"
        r"|tinh hinh|van de|thong tin)|\bdiem bao\b",
        90,
    ),
    *_rules(
        "images", "du lieu|ngan hang|kho |thu vien|so hoa",
        r"\b(?:co so|he thong|kho|bo|nguon) du lieu[^.;]{0,60}\b(?:quang ba|hinh anh|anh|video"
        r"|phim|thong tin doi ngoai)"
        r"|\bkho (?:tu lieu|hinh anh|anh)|\b(?:ngan hang"
        r"|thu vien) (?:du lieu )?(?:hinh )?(?:anh|video|tu lieu)"
        r"|\bso hoa[^.;]{0,40}\b(?:anh|hinh anh|video|tu lieu)",
        12,
    ),
    *_rules(
        "staff", "can bo|cong chuc|nhan su|dau moi|chuyen trach|bien che|nguoi lam",
        r"\b(?:bo tri|phan cong|cu|chi dinh|kien toan|cung co|bo sung|cat cu|giao)\b(?! giang vien)"
        r"[^.;:]{0,50}?\b(?:can bo|cong chuc|vien chuc|nhan su|dau moi|chuyen trach|bien che"
        r"|nguoi (?:lam|phu trach))"
        r"|\bdau moi (?:ve )?(?:thong tin doi ngoai|ttdn)"
        r"|\b(?:can bo|cong chuc|nhan su) (?:dau moi|lam dau moi)"
        r"|(?<!cho )(?<!doi ngu )\b(?:can bo|cong chuc) (?:chuyen trach"
        r"|phu trach) (?:cong tac )?(?:thong tin doi|ttdn)",
        60,
    ),
    *_rules(
        "training", "tap huan|boi duong|dao tao",
        r"\btap huan|(?<!truong dao tao, )\bboi duong\b(?! thuong xuyen ve chinh)"
        r"|(?<!giao duc va )(?<!giao duc - )"
        r"(?<!giao duc, )(?<!giao duc & )(?<!truong )\bdao tao\b(?= \w)(?!, boi duong can bo"
        r" quan ly)",
        18,
    ),
    *_rules(
        "internet", "mang xa hoi|internet|moi truong mang|khong gian mang|nen tang|facebook|youtube"
        "|fanpage|zalo|tiktok",
        r"\bmang xa hoi|\binternet\b|\bmoi truong (?:mang|so)|\bkhong gian mang"
        r"|\bnen tang (?:so|xuyen|mang|truc tuyen)"
        r"|\bfacebook|\byoutube|\bfanpage|\bzalo\b|\btiktok",
    ),
    *_rules(
        "clusters", "cum |273|he thong thong tin doi ngoai|cang hang khong",
        r"\bcum (?:cac )?(?:thong tin|ttdn|ttdt|pano)\b|\b273 ?/ ?qd"
        r"|\bhe thong thong tin doi ngoai (?:tai|khu vuc|o)\b"
        r"|\bkhao sat[^.;]{0,80}(?:cua khau|cang)",
        90, r"\b(?:de xuat|kien nghi|nhu cau)[^.;]*$",
    ),
    *_rules(
        "cluster_proposals", "cum ",
        r"\b(?:de xuat|kien nghi|nhu cau|de nghi)\b(?:(?!duy tri|van hanh|sua chua"
        r"|khac phuc)[^.;]){0,90}\bcum (?:thong tin|ttdn|ttdt|pano)"
        r"|\bcum (?:thong tin|ttdn|ttdt)[^.]{0,160}\b(?:lap|gui|co) de xuat",
        100,
    ),
    *_rules(
        "integration", "hoi nhap|26/ct-ttg|1117/|thuong mai tu do|evfta|cptpp|rcep",
        rf"\b(?:{_INFORM}|su kien|kien thuc|cam ket|day manh"
        rf"|chu dong)(?: \w+){{0,5}} hoi nhap (?:kinh te )?quoc te"
        r"|\b26/ct-ttg|\b1117/qd|\bhiep dinh thuong mai tu do|\b(?:evfta|cptpp|rcep)\b",
        60,
    ),
    *_rules(
        "languages", "tieng |ngon ngu|song ngu",
        r"\btieng (?:cua )?(?:cac )?(?:dong bao )?(?:dan toc|khmer|kho-?me|h?'?mong|thai|cham"
        r"|tay|nung|dao|ede|e ?-?de"
        r"|gia rai|j'?rai|bru|ta ?oi|kho ?mu|ha nhi|lo lo|la chi|chut|giay|pa then|co lao"
        r"|churu|cho ro|brau|ba ?na|bahnar|hre|co(?= ?[.,;)]|-| tu)|van kieu|pa co|m'?nong"
        r"|xo dang|xe dang|raglai"
        r"|co ?ho|ma|stieng|xtieng|san diu|muong)\b"
        r"|\bngon ngu (?:cac |cua )?(?:dong bao )?dan toc|\bsong ngu viet(?! ?-? ?(?:anh|trung"
        r"|lao|phap|nhat|han)\b)",
    ),
    *_rules(
        "exhibitions",
        "trien lam|trung bay|san xuat|phim|phong su|chuyen muc|lam cac chuong|vtv|vov",
        r"\btrien lam|\btrung bay|\b(?:hop tac|phoi hop)[^.;]{0,90}\b(?:san xuat|lam|xay dung"
        r"|thuc hien) (?:cac |\d+ )?"
        r"(?:chuong trinh|phim|phong su|chuyen muc|chuyen de|tin bai)(?! phoi hop| muc tieu"
        r"| hanh dong)"
        r"|\bsan xuat(?: \w+,?){0,4} (?:phim|phong su|video|chuong trinh truyen hinh)"
        r"|\bhop tac san xuat",
        110,
    ),
    *_rules(
        "promotion", "xuc tien|quang ba|gioi thieu|thu hut|di san|dau tu",
        r"\bxuc tien|\bquang ba(?! (?:va )?(?:ve )?(?:hinh anh|dat nuoc|viet nam)\b)(?! tren)"
        r"|\bquang ba (?:ve )?hinh anh[^.;]{0,40}(?:du lich|dau tu|thuong mai|quoc te|the gioi"
        r"|nuoc ngoai)"
        r"|\bgioi thieu(?! (?:chu truong|duong loi|nguon|noi dung|van ban|thanh tuu|cua khau"
        r"|tai lieu|\d+ (?:can|cong|nguoi|dai)|can bo|cong chuc|nhan su|quy che|cac quy|bo)\b"
        r"|[^.;]{0,20}\b(?:van kien|phap ly|van ban|dia phuong bang))"
        r"|\bthu hut[^.;]{0,30}(?:dau tu|du lich|du khach|khach)|\bdi san (?:van hoa|the gioi"
        r"|thien nhien)"
        r"|\b(?:du lich|moi truong|kinh te),? (?:va )?dau tu\b",
        14,
    ),
    *_rules(
        "emulation", "thi dua",
        r"(?:\bphong trao |\bphat dong |\bdot |\btrien khai )thi dua"
        r"|\bthi dua[^.;]{0,60}(?:thong tin doi ngoai"
        r"|ttdn|chuyen de|khen thuong)",
        14,
    ),
    *_rules("sea_01", "vai tro", r"\b(?:vi tri,? )?vai tro[^.;]{0,30}\bbien\b", 8),
    *_rules(
        "sea_02", "unclos|luat bien|loi ich",
        r"\bunclos|\bluat bien 1982|\bquyen (?:va|,) loi ich[^.;]{0,70}\bbien\b", 14,
    ),
    *_rules(
        "sea_03", "lich su|phap ly",
        r"\b(?:bang|chung) chung lich su|\bchung cu lich su"
        r"|\bco so phap ly[^.;]{0,60}(?:hoang sa|truong sa)"
        r"|\blich su[^.;]{0,50}(?:quan dao|hoang sa|truong sa)|\bphap ly[^.;]{0,60}(?:hoang sa"
        r"|truong sa)",
        12,
    ),
    *_rules(
        "sea_04", "phan dinh|phap luat ve bien",
        r"\bhiep dinh[^.;]{0,20}phan dinh|\bvan ban phap luat ve bien"
        r"|\bphan dinh[^.;]{0,30}bien\b", 30,
    ),
    *_rules("sea_05", "van hoa bien|van hoa vung bien", r"\bvan hoa (?:vung )?bien\b"),
    *_rules(
        "sea_06", "iuu|bat hop phap",
        r"\biuu\b|\b(?:danh bat|khai thac)[^.;]{0,20}bat hop phap", 36,
    ),
    *_rules("sea_07", "khoa hoc", r"\bkhoa hoc[^.;]{0,60}\bbien\b"),
    *_rules(
        "sea_08", "hoa binh",
        r"\bvung bien[^.;]{0,20}hoa binh|\bhoa binh[^.;]{0,20}(?:tren|vung) bien\b", 32,
    ),
    *_rules("sea_09", "kinh nghiem quoc te", r"\bkinh nghiem quoc te[^.;]{0,60}(?:\bbien\b|[.;])"),
    *_rules("sea_10", "mo hinh", r"\bmo hinh[^.;]{0,120}(?:vung bien|kinh te bien|bien,? dao)"),
    *_rules("sea_11", "ket qua", r"\bket qua[^.;]{0,20}\bbao ve[^.;]{0,40}chu quyen"),
    *_rules(
        "sea_12", "chien dau|luc luong",
        r"\bsan sang chien dau[^.;]{0,120}\bbien\b|\bluc luong[^.;]{0,30}tren bien\b",
    ),
)  # fmt: skip

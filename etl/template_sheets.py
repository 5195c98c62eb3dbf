"""The XLSX templates: which sheets and columns each has, in the words of those who fill them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from etl.tables import INPUT_TABLES, Column, InputTable

Labels = tuple[tuple[str, str], ...]
PERSON = {"confidence": "person"}  # what is entered in a template is a person's statement


@dataclass(frozen=True)
class Field:
    """A column of a sheet: `name` in the input table, head, what to enter, an example.

    `labels`: code → the words that stand in the drop-down list. `default` is what a blank means.
    `choices` names a list of the workbook (provinces, years, gates).
    """

    name: str
    head: str
    hint: str
    example: str = ""
    width: int = 16
    labels: Labels = ()
    default: str = ""
    choices: str = ""
    is_derived: bool = False  # a blank is filled in from the other cells of the row


@dataclass(frozen=True)
class Sheet:
    """One sheet to fill in; `fixed` are columns of the input table that are not asked for."""

    title: str
    table_name: str
    fields: tuple[Field, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> InputTable:
        """The input table that its rows go to."""
        return INPUT_TABLES[self.table_name]

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Its fields by the name of their column."""
        return {f.name: f for f in self.fields}

    def column(self, name: str) -> Column:
        """The column of the input table that a field fills."""
        return next(c for c in self.table.columns if c.name == name)

    def is_required(self, f: Field) -> bool:
        """Whether a cell of the field must be filled in."""
        return self.column(f.name).required and not f.default and not f.is_derived


@dataclass(frozen=True)
class Template:
    """A workbook to fill in: its sheets, and what its help sheet says besides."""

    name: str
    title: str
    sheets: tuple[Sheet, ...]
    advice: tuple[str, ...] = ()

    def sheet_of(self, table: str) -> Sheet | None:
        """The sheet whose rows go to an input table."""
        return next((s for s in self.sheets if s.table_name == table), None)


_YES_NO: Labels = (("true", "Có"), ("false", "Không"))
_ROUTES: Labels = (
    ("china", "Việt Nam – Trung Quốc"), ("laos", "Việt Nam – Lào"),
    ("cambodia", "Việt Nam – Campuchia"), ("sea", "Biển, đảo"),
)  # fmt: skip
_PROVINCE = Field(
    "province", "Tỉnh, thành phố",
    "Chọn trong danh sách: tên tỉnh, thành phố tại ngày ban hành hoặc ngày ghi nhận.",
    "Cao Bằng", 20, choices="provinces",
)  # fmt: skip
_NUMBER = Field(
    "document_number", "Số, ký hiệu", "Ghi đúng như in trên văn bản, ví dụ 16/2020/QĐ-UBND.",
    "16/2020/QĐ-UBND", 20,
)  # fmt: skip
_ISSUED = Field("issued_on", "Ngày ban hành", "Ngày/tháng/năm in trên văn bản.", "17/08/2020", 14)
_REPORTED = Field(
    "reported_on", "Ngày ghi nhận",
    "Chỉ ghi khi không rõ ngày ban hành: ngày của công văn, báo cáo hoặc tin nêu văn bản này.",
    "", 14,
)  # fmt: skip
_SOURCE = Field(
    "source_url", "Nguồn", "Địa chỉ trang thông tin hoặc nơi lưu văn bản.", "Văn thư Sở", 30
)
_NOTE = Field("note", "Ghi chú", "Nội dung cần nói thêm; không bắt buộc.", "", 30)
_PLAN_NUMBER = Field(
    "document_number", "Số kế hoạch",
    "Số, ký hiệu của kế hoạch ở trang “Kế hoạch”; để trống nếu kế hoạch không có số.",
    "25/KH-UBND", 18,
)  # fmt: skip
_AMOUNT_HINT = "Số nguyên không âm, đơn vị triệu đồng."


def _year(name: str, head: str, hint: str, example: str) -> Field:
    return Field(name, head, hint, example, 10, choices="years")


_REGULATIONS = Sheet(
    "Quy chế", "regulations",
    (
        _PROVINCE, _NUMBER, _ISSUED,
        Field("effective_on", "Ngày có hiệu lực", "Ngày/tháng/năm; để trống nếu không in.",
              "27/08/2020", 14),
        Field("legal_base", "Căn cứ ban hành", "Chọn trong danh sách văn bản làm căn cứ.",
              "decree72_circular22", 34,
              (("decree72_circular22", "Nghị định 72/2015/NĐ-CP và Thông tư 22/2016/TT-BTTTT"),
               ("decree72", "Nghị định 72/2015/NĐ-CP"),
               ("decision79_2010", "Quyết định 79/2010/QĐ-TTg"),
               ("foreign_affairs_general", "Quy chế đối ngoại chung"),
               ("unknown", "Chưa rõ căn cứ"))),
        Field("replaces", "Thay thế văn bản",
              "Số văn bản bị thay thế, ngày trong ngoặc, ví dụ 04/2013/QĐ-UBND (2013-01-21); "
              "nhiều văn bản cách nhau bằng dấu chấm phẩy.", "04/2013/QĐ-UBND (2013-01-21)", 30),
        Field("replaced_by", "Bị thay thế bởi",
              "Số văn bản thay thế, ngày trong ngoặc như cột bên.", "", 30),
        _REPORTED, _SOURCE, _NOTE,
    ),
    PERSON,
)  # fmt: skip
_HUMAN_RIGHTS_PLANS = Sheet(
    "Kế hoạch nhân quyền", "human_rights_plans",
    (
        _PROVINCE,
        Field("document_number", "Số, ký hiệu", _NUMBER.hint, "87/KH-UBND", 20),
        Field("issued_on", "Ngày ban hành", _ISSUED.hint, "13/01/2023", 14),
        Field("issuer", "Cơ quan ban hành", "Tên đầy đủ; để trống nếu là UBND tỉnh, thành phố.",
              "UBND tỉnh Cao Bằng", 26),
        _year("period_start", "Từ năm", "Năm đầu của giai đoạn in trên kế hoạch.", "2023"),
        _year("period_end", "Đến năm", "Năm cuối của giai đoạn, không trước năm đầu.", "2028"),
        Field("kind", "Loại kế hoạch", "Chọn trong danh sách.", "scheme", 24,
              (("scheme", "Kế hoạch cả giai đoạn"), ("annual", "Kế hoạch một năm"))),
        _REPORTED, _SOURCE, _NOTE,
    ),
    PERSON,
)  # fmt: skip
_PLANS = Sheet(
    "Kế hoạch", "annual_plans",
    (
        _PROVINCE,
        Field("document_number", "Số, ký hiệu", _NUMBER.hint, "25/KH-UBND", 18),
        Field("issued_on", "Ngày ban hành", _ISSUED.hint, "24/03/2023", 14),
        _year("plan_year", "Năm kế hoạch", "Năm mà kế hoạch áp dụng.", "2023"),
        Field("issuer", "Cơ quan ban hành", "Tên đầy đủ; để trống nếu là UBND tỉnh, thành phố.",
              "UBND tỉnh Cao Bằng", 26),
        _REPORTED, _SOURCE, _NOTE,
    ),
    PERSON,
)  # fmt: skip
_TASKS = Sheet(
    "Nhiệm vụ", "plan_tasks",
    (
        _PROVINCE, _PLAN_NUMBER,
        _year("plan_year", "Năm kế hoạch", "Như ở trang “Kế hoạch”.", "2023"),
        Field("ordinal", "Mục", "Số mục của nhiệm vụ, mỗi mục một dòng, ví dụ 1 hoặc II.2.a.",
              "II.1", 10),
        Field("title", "Nhiệm vụ", "Nội dung nhiệm vụ như in trong kế hoạch.",
              "Cập nhật cụm thông tin đối ngoại tại cửa khẩu", 44),
        Field("lead_bodies", "Cơ quan chủ trì", "Nhiều cơ quan cách nhau bằng dấu chấm phẩy.",
              "Sở Thông tin và Truyền thông", 28),
        Field("partner_bodies", "Cơ quan phối hợp", "Nhiều cơ quan cách nhau bằng dấu chấm phẩy.",
              "Sở Ngoại vụ; Công an tỉnh", 28),
        Field("due_from", "Từ ngày", "Ngày/tháng/năm; để trống nếu không in.", "01/04/2023", 13),
        Field("due_to", "Đến ngày", "Ngày/tháng/năm, không trước ngày bắt đầu.", "30/06/2023", 13),
        Field("due_printed", "Thời gian như in", "Ghi đúng như in, ví dụ Quý II.", "Quý II", 16),
        Field("amount_million_vnd", "Kinh phí (triệu đồng)", _AMOUNT_HINT, "500", 14),
        Field("funding_source", "Nguồn kinh phí", "Ghi như in trong kế hoạch.",
              "Ngân sách tỉnh", 20),
        _SOURCE, _NOTE,
    ),
    PERSON,
)  # fmt: skip
_BUDGET = Sheet(
    "Phụ lục kinh phí", "budgets",
    (
        _PROVINCE, _PLAN_NUMBER,
        Field("year", "Năm hoặc giai đoạn", "Một năm như 2023, hoặc giai đoạn như 2021-2025.",
              "2023", 13),
        Field("line_id", "STT", "Số thứ tự của dòng trong phụ lục, không trùng nhau.", "1", 8),
        Field("parent_line_id", "Thuộc STT",
              "STT của dòng tổng mà dòng này là một phần; để trống nếu không thuộc dòng nào.",
              "", 10),
        Field("component", "Nội dung", "Nội dung chi như in trong phụ lục.",
              "Kinh phí thực hiện kế hoạch", 40),
        Field("is_total", "Là dòng tổng", "Có nếu dòng này là tổng của các dòng khác.", "true", 10,
              _YES_NO, "false"),
        Field("amount_million_vnd", "Số tiền (triệu đồng)", _AMOUNT_HINT, "500", 14),
        Field("as_printed", "Số tiền như in", "Ghi đúng như in; để trống nếu in bằng triệu đồng.",
              "500 triệu đồng", 18, is_derived=True),
        Field("is_rounded", "Số làm tròn", "Có nếu văn bản ghi “khoảng”, “gần”, “hơn”.", "false",
              10, _YES_NO, "false"),
        Field("funding_source", "Nguồn vốn", "Chọn trong danh sách.", "local", 18,
              (("central", "Vốn trung ương"), ("local", "Vốn địa phương"),
               ("all", "Mọi nguồn vốn"), ("donation", "Tài trợ"))),
        Field("programme", "Chương trình", "Chọn trong danh sách.", "other", 26,
              (("ethnic_minority", "Dân tộc thiểu số và miền núi"),
               ("poverty_reduction", "Giảm nghèo bền vững"),
               ("other", "Khác, gộp nhiều chương trình")), "other"),
        Field("stage", "Khâu", "Chọn trong danh sách.", "planned", 12,
              (("planned", "Kế hoạch"), ("allocated", "Phân bổ"), ("disbursed", "Giải ngân"),
               ("donated", "Tài trợ")), "planned"),
        Field("scope", "Phần kinh phí", "Chọn trong danh sách.", "information_work", 22,
              (("information_work", "Riêng công tác thông tin"),
               ("whole_programme", "Cả chương trình")), "information_work"),
        Field("level", "Cấp", "Chọn trong danh sách.", "province", 10,
              (("province", "Tỉnh"), ("district", "Huyện")), "province"),
        _SOURCE, _NOTE,
    ),
)  # fmt: skip
_BORDER_ACTIVITIES = Sheet(
    "Hoạt động biên giới", "border_activities",
    (
        _PROVINCE,
        Field("route", "Tuyến", "Chọn tuyến; mỗi tuyến một dòng.", "china", 24, _ROUTES),
        Field("activity", "Loại", "Chọn trong danh sách.", "joint_programme", 36,
              (("plan", "Kế hoạch có nội dung của tuyến"),
               ("joint_programme", "Chương trình phối hợp với Bộ đội Biên phòng"),
               ("propaganda", "Hoạt động tuyên truyền"))),
        Field("title", "Tên hoạt động", "Tên như in trong văn bản.",
              "Chương trình phối hợp tuyên truyền biên giới", 40),
        Field("document_number", "Số, ký hiệu", _NUMBER.hint, "12/CTr-STTTT-BĐBP", 22),
        Field("issued_on", "Ngày ban hành", _ISSUED.hint, "10/02/2023", 14),
        _REPORTED,
        Field("first_on", "Từ ngày", "Ngày bắt đầu hoạt động.", "01/03/2023", 13),
        Field("last_on", "Đến ngày", "Ngày kết thúc, không trước ngày bắt đầu.", "31/12/2025", 13),
        Field("partner", "Đơn vị phối hợp", "Nhiều đơn vị cách nhau bằng dấu chấm phẩy.",
              "Bộ Chỉ huy Bộ đội Biên phòng tỉnh", 30),
        Field("audience_count", "Số lượt người", "Số nguyên không âm.", "1200", 12),
        _SOURCE, _NOTE,
    ),
    PERSON,
)  # fmt: skip
_CLUSTERS = Sheet(
    "Cụm thông tin", "information_clusters",
    (
        Field("name", "Tên cụm thông tin", "Tên đầy đủ của cụm.",
              "Cụm thông tin đối ngoại Cửa khẩu quốc tế Trà Lĩnh", 40),
        _PROVINCE,
        Field("gate", "Cửa khẩu", "Chọn trong danh sách; để trống nếu không ở cửa khẩu.",
              "Trà Lĩnh", 26, choices="gates"),
        Field("status", "Tình trạng", "Chọn trong danh sách.", "operating", 18,
              (("proposed", "Đề xuất"), ("planned", "Trong kế hoạch"), ("operating", "Hoạt động"),
               ("needs_repair", "Cần sửa chữa"), ("closed", "Đã đóng"))),
        _year("year", "Năm ghi nhận", "Năm có tình trạng này, nếu không rõ ngày.", "2024"),
        Field("document_number", "Số, ký hiệu", "Văn bản nêu tình trạng, nếu có.", "15/BC-STTTT",
              20),
        Field("reported_on", "Ngày ghi nhận", "Ngày của văn bản hoặc ngày kiểm tra thực tế.",
              "20/11/2024", 14),
        _SOURCE, _NOTE,
    ),
    PERSON,
)  # fmt: skip
_RESULT_REPORTS = Sheet(
    "Báo cáo kết quả", "result_reports",
    (
        _PROVINCE,
        _year("report_year", "Năm báo cáo", "Năm mà báo cáo nói về.", "2023"),
        Field("document_number", "Số, ký hiệu", _NUMBER.hint, "120/BC-UBND", 20),
        Field("issued_on", "Ngày ban hành", _ISSUED.hint, "10/11/2023", 14),
        Field("received_on", "Ngày nhận", "Ngày cơ quan nhận được báo cáo.", "13/11/2023", 14),
        _SOURCE, _NOTE,
    ),
    PERSON,
)  # fmt: skip

TEMPLATES: Mapping[str, Template] = {
    t.name: t
    for t in (
        Template("regulations", "Quy chế quản lý hoạt động thông tin đối ngoại", (_REGULATIONS,)),
        Template("human_rights_plans", "Kế hoạch truyền thông về quyền con người",
                 (_HUMAN_RIGHTS_PLANS,)),
        Template("annual_plans", "Kế hoạch năm, nhiệm vụ và phụ lục kinh phí",
                 (_PLANS, _TASKS, _BUDGET),
                 ("Ghi kế hoạch ở trang “Kế hoạch” trước; nhiệm vụ và kinh phí dẫn tới kế hoạch "
                  "bằng tỉnh, số và năm.",
                  "Dòng tổng và các phần của nó không cộng lại với nhau: ghi “Thuộc STT”.")),
        Template("border_activities", "Hoạt động thông tin đối ngoại biên giới, biển, đảo",
                 (_BORDER_ACTIVITIES,),
                 ("Kế hoạch và chương trình phối hợp có ngày là căn cứ của tuyến; hoạt động "
                  "tuyên truyền được liệt kê, không thay cho hai căn cứ ấy.",)),
        Template("information_clusters", "Cụm thông tin đối ngoại", (_CLUSTERS,)),
        Template("result_reports", "Báo cáo kết quả công tác thông tin đối ngoại",
                 (_RESULT_REPORTS,),
                 ("Báo cáo nhận đúng ngày hạn vẫn là đúng hạn. Năm chưa rõ hạn thì không bị coi là "
                  "chậm.",)),
    )
}  # fmt: skip

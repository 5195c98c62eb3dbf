"""A guidance letter and a plan written for tests, and a warehouse into which both were read.

All numbers, names of officials and findings are made up.
"""

from __future__ import annotations

from pathlib import Path

from etl.archive import Archive
from etl.intake import Intake

# The letter guides 2025; it names two provinces and sets three tasks and a deadline.
LETTER = """BỘ THÔNG TIN VÀ TRUYỀN THÔNG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 9921/BTTTT-TTĐN
V/v hướng dẫn xây dựng kế hoạch công tác thông tin đối ngoại năm 2025

Hà Nội, ngày 12 tháng 8 năm 2024

Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương

Thực hiện Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Chính phủ về quản lý hoạt động
thông tin đối ngoại, Bộ Thông tin và Truyền thông đề nghị các địa phương xây dựng kế hoạch
công tác thông tin đối ngoại năm 2025, tập trung các nhiệm vụ sau:

1. Hoàn thiện quy chế quản lý hoạt động thông tin đối ngoại
Đến nay, còn 02 tỉnh, gồm: Hải Dương, Long An (đã ban hành Quy chế căn cứ theo Quyết định số
79/2010/QĐ-TTg ngày 30/11/2010 của Thủ tướng Chính phủ đã hết hiệu lực) chưa sửa đổi,
bổ sung Quy chế.

2. Tuyên truyền biển, đảo
Tuyên truyền về chủ quyền biển, đảo Việt Nam trên báo chí và hệ thống thông tin cơ sở.

3. Tập huấn, bồi dưỡng nghiệp vụ thông tin đối ngoại
Tổ chức tập huấn cho cán bộ phụ trách và phóng viên tại khu vực đường
biên giới trên đất liền.

Đề nghị Ủy ban nhân dân các tỉnh, thành phố gửi báo cáo kết quả về Bộ Thông tin và Truyền thông
trước ngày 20 tháng 11 năm 2025.

KT. BỘ TRƯỞNG
THỨ TRƯỞNG

Nguyễn Văn Thử
"""

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HẢI DƯƠNG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 9914/KH-UBND
Hải Dương, ngày 20 tháng 12 năm 2024

KẾ HOẠCH
Công tác thông tin đối ngoại trên địa bàn tỉnh Hải Dương năm 2025

Thực hiện Công văn số 9921/BTTTT-TTĐN ngày 12 tháng 8 năm 2024 của Bộ Thông tin và Truyền thông,
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH
Giới thiệu đất nước, con người và văn hóa của tỉnh với bạn bè quốc tế từ ngày 31/02/2025.

II. NHIỆM VỤ
1. Tập huấn, bồi dưỡng nghiệp vụ thông tin đối ngoại
Tổ chức 02 lớp tập huấn, bồi dưỡng nghiệp vụ thông tin đối ngoại cho cán bộ phụ trách.
2. Quảng bá vải thiều Thanh Hà tại hội chợ quốc tế.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Thị Thử
"""


WAITING = PLAN.replace("9914/KH-UBND", "9915/KH-UBND").replace("năm 2025", "năm 2026")
PERSON, REASON = "Lê An", "Nhiệm vụ nằm trong phụ lục"


def read_warehouse(folder: Path) -> Path:
    """A warehouse of the default data, letter and plan confirmed, one that waits, one unreadable.

    A person has corrected one cell of the coverage matrix (task 2: partly). Returns the folder.
    """
    desk = Intake(folder)
    letter = desk.receive(LETTER.encode(), "công văn.txt", PERSON)
    plan = desk.receive(PLAN.encode(), "kế hoạch.txt", PERSON)
    for original in (letter, plan):
        desk.decide(original.sha256, "confirm", PERSON)
    desk.receive(WAITING.encode(), "kế hoạch đang chờ.txt", PERSON)
    desk.receive(b"PK\x03\x04 half a file", "hỏng.docx", PERSON)
    Archive(folder).decide(
        f"coverage:{plan.sha256}:9921/BTTTT-TTĐN:2", "correct", person=PERSON,
        value={"to": "partly"}, reason=REASON,
    )  # fmt: skip
    code, said = desk.publish()
    assert code in (0, 3), said
    return folder

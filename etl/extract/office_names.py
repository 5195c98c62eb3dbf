"""Names and abbreviations of the offices that issue documents, in their printed form."""

from __future__ import annotations

# Symbol in document numbers → ministry or office of that rank (Decree 30/2020/NĐ-CP, annex III;
# names before and after the reorganisation of 2025-03-01).
MINISTRIES = {
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BNG": "Bộ Ngoại giao",
    "BQP": "Bộ Quốc phòng",
    "BCA": "Bộ Công an",
    "BTC": "Bộ Tài chính",
    "BNV": "Bộ Nội vụ",
    "BTP": "Bộ Tư pháp",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BYT": "Bộ Y tế",
    "BCT": "Bộ Công Thương",
    "BXD": "Bộ Xây dựng",
    "BGTVT": "Bộ Giao thông vận tải",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "UBDT": "Ủy ban Dân tộc",
    "BTLBĐBP": "Bộ Tư lệnh Bộ đội Biên phòng",
}

# Units of a ministry with letterheads of their own.
MINISTRY_UNITS = (
    "Cục Thông tin đối ngoại", "Cục Thông tin cơ sở và Thông tin đối ngoại", "Cục Báo chí",
    "Cục Thông tin cơ sở",
)  # fmt: skip

DEPARTMENTS = {
    "STTTT": "Sở Thông tin và Truyền thông",
    "SKHCN": "Sở Khoa học và Công nghệ",
    "SNgV": "Sở Ngoại vụ",
    "SNV": "Sở Nội vụ",
    "SVHTTDL": "Sở Văn hóa, Thể thao và Du lịch",
    "SVHTT": "Sở Văn hóa và Thể thao",
    "SDL": "Sở Du lịch",
    "SQHKT": "Sở Quy hoạch - Kiến trúc",
    "SKHĐT": "Sở Kế hoạch và Đầu tư",
    "SCT": "Sở Công Thương",
    "SGDĐT": "Sở Giáo dục và Đào tạo",
    "STP": "Sở Tư pháp",
    "STC": "Sở Tài chính",
    "SYT": "Sở Y tế",
    "SXD": "Sở Xây dựng",
    "SGTVT": "Sở Giao thông vận tải",
    "SNNPTNT": "Sở Nông nghiệp và Phát triển nông thôn",
    "SNNMT": "Sở Nông nghiệp và Môi trường",
    "STNMT": "Sở Tài nguyên và Môi trường",
    "SLĐTBXH": "Sở Lao động - Thương binh và Xã hội",
    "SDTTG": "Sở Dân tộc và Tôn giáo",
    "BDT": "Ban Dân tộc",
}
# Offices of a province that have "tỉnh" or "thành phố" in their name, not behind it.
PROVINCIAL_OFFICES = (
    "Bộ Chỉ huy Bộ đội Biên phòng", "Ban Chỉ huy Bộ đội Biên phòng", "Bộ Chỉ huy Quân sự",
    "Công an", "Thanh tra", "Văn phòng UBND", "Đài Phát thanh và Truyền hình",
    "Đài Phát thanh - Truyền hình", "Ban Quản lý Khu kinh tế", "Liên hiệp các tổ chức hữu nghị",
)  # fmt: skip

# Heads of central offices; the order is that of the search.
CENTRAL = {
    "Thủ tướng Chính phủ": "government", "Văn phòng Chính phủ": "government",
    "Bộ Chính trị": "party", "Ban Bí thư": "party",
    "Ban Tuyên giáo và Dân vận Trung ương": "party", "Ban Tuyên giáo Trung ương": "party",
    "Ban Đối ngoại Trung ương": "party", "Ban Chấp hành Trung ương": "party",
    "Ban Chỉ đạo công tác thông tin đối ngoại Trung ương": "party",
    "Chính phủ": "government",
}  # fmt: skip

# End of a number → central office: QĐ-TTg, NĐ-CP.
CENTRAL_SYMBOLS = {
    "TTg": "Thủ tướng Chính phủ", "CP": "Chính phủ", "VPCP": "Văn phòng Chính phủ",
    "BTGTW": "Ban Tuyên giáo Trung ương", "BTGDVTW": "Ban Tuyên giáo và Dân vận Trung ương",
}  # fmt: skip

# Offices of a provincial party committee, printed below "TỈNH ỦY …".
PARTY_OFFICES = (
    "Ban Tuyên giáo và Dân vận", "Ban Tuyên giáo", "Ban Dân vận", "Ban Tổ chức", "Văn phòng",
)  # fmt: skip
# Offices of a district, printed below "UBND HUYỆN …".
DISTRICT_OFFICES = (
    "Phòng Văn hóa, Khoa học và Thông tin", "Phòng Văn hóa và Thông tin",
    "Phòng Văn hóa - Thông tin", "Phòng Văn hóa - Xã hội",
)  # fmt: skip
STEERING_COMMITTEE = "Ban Chỉ đạo công tác thông tin đối ngoại"

# Centrally run cities by vintage (data/reference/cities.csv); Huế is one since 2025-01-01.
CITY_CODES = {
    2008: frozenset({"01", "31", "48", "79", "92"}),
    2025: frozenset({"01", "31", "46", "48", "79", "92"}),
}

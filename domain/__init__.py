"""Vocabulary and rules of foreign information (thông tin đối ngoại); standard library only.

Glossary: one English term per concept, with its Vietnamese term.

province                tỉnh, thành phố trực thuộc Trung ương (a unit of one vintage)
administrative vintage  thời kỳ đơn vị hành chính: 63 until 2025-06-30, 34 from 2025-07-01
regulation              quy chế quản lý hoạt động thông tin đối ngoại
guidance letter         công văn hướng dẫn
plan, annual plan       kế hoạch, kế hoạch năm
task                    nhiệm vụ
border route            tuyến biên giới: china, laos, cambodia, sea
border gate             cửa khẩu
information cluster     cụm thông tin đối ngoại
issuing body            cơ quan ban hành
citation                viện dẫn
evidence                căn cứ: one fact of one source that bears on a status
act                     an instrument that changes a state from its date (văn bản)
report                  a statement about a state on its date (thông báo)
strength                mức độ của căn cứ
contradiction           nguồn mâu thuẫn
as-of date              tính đến ngày (valid time)
snapshot                bản dữ liệu (what was known)
"""

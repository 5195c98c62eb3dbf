"""An Office document again as the same bytes each time: its ZIP with fixed times and order."""

from __future__ import annotations

import io
import zipfile
from typing import Final

# Each format keeps its type in these first; readers that sniff a stream look for them there.
_FIRST: Final = ("mimetype", "[Content_Types].xml", "_rels/.rels")
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP can hold
_DEFLATE_LEVEL: Final = 6


def fixed_zip(content: bytes) -> bytes:
    """The same members in a fixed order with a fixed time, so that equal parts give equal bytes.

    Parts already packed (PNG, JPEG) are stored as they are. Raises zipfile.BadZipFile for what is
    no ZIP.
    """
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in sorted(given.namelist(), key=_place):
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.create_system = 0  # the same on Linux and Windows
            is_packed = name == "mimetype" or name.lower().endswith((".png", ".jpg", ".jpeg"))
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            fixed.writestr(entry, given.read(name), compresslevel=_DEFLATE_LEVEL)
    return packed.getvalue()


def _place(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)

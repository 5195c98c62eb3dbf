"""Plain text → stored text: UTF-8, UTF-16, Windows-1258, TCVN3 and VNI."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from etl.readers.legacy_encodings import (
    LEGACY,
    convert_legacy,
    tell_encoding,
    western_words,
)
from etl.readers.refusals import refusal
from etl.readers.stored_text import MAX_CHARACTERS, normalize_text

# What text files never hold, but for the line, page and escape characters of old printers.
_BINARY = bytes((*range(0x07), *range(0x0E, 0x1A), *range(0x1C, 0x20)))
_MOST_BINARY_SHARE = 0.002


class DecodedText(NamedTuple):
    """Text, the encoding it was in, and what was noted on the way."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def read_text(content: bytes) -> DecodedText:
    """Bytes of a text file → its stored text (NFC, LF).

    Raises UnreadableDocument: binary_content, unknown_encoding, too_much_text, no_text.
    """
    found = decode_text(content)
    if len(found.text) > MAX_CHARACTERS:
        raise refusal("too_much_text", got=f"{len(found.text)} characters")
    if not found.text or found.text.isspace():
        raise refusal("no_text")
    return found


def decode_text(content: bytes) -> DecodedText:
    """Bytes → text in NFC with LF, with its encoding; nothing guessed.

    Raises UnreadableDocument: binary_content, unknown_encoding.
    """
    wide = _wide_encoding(content)
    if wide:
        try:
            text = content.decode(wide)
        except UnicodeDecodeError as error:
            raise refusal("unknown_encoding", got=f"broken UTF-16 at {error.start}") from None
        if "\0" in text:
            raise refusal("binary_content", got="NUL characters")
        return _converted(text.removeprefix("\ufeff"), "UTF-16")
    _refuse_binary(content)
    try:
        return _converted(content.decode("utf-8-sig"), "UTF-8")
    except UnicodeDecodeError as error:
        place = f"byte {content[error.start]:#04x} at position {error.start}"
    return _decode_single_bytes(content, place)


def _wide_encoding(content: bytes) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = content[:2000]
    if b"\0" not in sample or len(sample) < 4:
        return None
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if low > half * 0.3 and high < half * 0.02:
        return "utf-16-le"
    return "utf-16-be" if high > half * 0.3 and low < half * 0.02 else None


def _refuse_binary(content: bytes) -> None:
    if b"\0" in content:
        raise refusal("binary_content", got="NUL bytes")
    found = len(content) - len(content.translate(None, _BINARY))
    if found > 4 and found > len(content) * _MOST_BINARY_SHARE:
        raise refusal("binary_content", got=f"{found} control bytes")


def _converted(text: str, encoding: str) -> DecodedText:
    """Unicode text may still hold TCVN3 or VNI letters, copied from an old font."""
    text, legacy = convert_legacy(normalize_text(text))
    return DecodedText(text, f"{legacy} in {encoding}" if legacy else encoding, _notes(legacy))


def _notes(legacy: str | None) -> tuple[str, ...]:
    return (f"legacy_encoding:{legacy}",) if legacy else ()


def _decode_single_bytes(content: bytes, place: str) -> DecodedText:
    printed = normalize_text(content.decode("cp1252", "replace"))
    if all(0x80 <= byte <= 0x9F for byte in re.sub(rb"[\x00-\x7f\xa0]", b"", content)):
        # Only quotation marks and dashes of Windows: no letter is in question.
        return DecodedText(printed, "Windows-1252")
    words = western_words(content.decode("latin-1"))
    vietnamese = normalize_text(content.decode("cp1258", "replace"))
    candidates = {name: [convert(word) for word in words] for name, convert in LEGACY.items()}
    name = tell_encoding(candidates | {"Windows-1258": western_words(vietnamese)})
    if name is None:
        raise refusal("unknown_encoding", got=place)
    text = LEGACY[name](printed) if name in LEGACY else vietnamese
    return DecodedText(text, name, _notes(name))

"""The typefaces of every figure and export."""

from typing import Final

# Order matters: Debian's Liberation Sans has no Vietnamese letters (ế, ộ, ư would come from another
# face and fall apart when text is copied from a PDF), and Linux takes it for Arial. So first the
# faces that are complete on Linux, then the one that every Windows and Mac has.
FONT: Final = "'Noto Sans', 'DejaVu Sans', Arial, sans-serif"

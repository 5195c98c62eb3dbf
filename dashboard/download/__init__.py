"""PNG, SVG, PDF, CSV and XLSX of one figure, with its filters, date, snapshot and sources."""

from dashboard.download.buttons import render_downloads
from dashboard.download.context import FigureContext, file_name
from dashboard.download.page import MAP_WIDTH, build_picture
from dashboard.download.table import build_csv, build_xlsx

__all__ = [
    "MAP_WIDTH",
    "FigureContext",
    "build_csv",
    "build_picture",
    "build_xlsx",
    "file_name",
    "render_downloads",
]

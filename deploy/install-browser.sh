#!/bin/sh
# Makes Chromium available where it can; says what is missing where it cannot. Exit 0 or 1.
set -u
packages="chromium fontconfig fonts-croscore fonts-liberation fonts-noto-core poppler-utils"
missing=""
command -v chromium >/dev/null 2>&1 || missing="yes"
command -v pdftotext >/dev/null 2>&1 || missing="yes"
fc-list 2>/dev/null | grep -qi "noto sans" || missing="yes"
# Times New Roman's widths with Vietnamese letters; without it the PDF is set in Noto Serif.
wanted=""
fc-list 2>/dev/null | grep -qi "tinos" || wanted="yes"
[ -z "$missing$wanted" ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $packages (apt) ..."
    if DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null \
        && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null; then
        exit 0
    fi
    echo "apt could not install them." >&2
fi
if [ -z "$missing" ]; then
    echo "fonts-croscore (Tinos) is not installed: briefings in PDF are set in another face." >&2
    exit 0
fi
cat >&2 <<MESSAGE
Chromium or its fonts are not installed. Run once as an administrator:
    sudo apt-get install -y --no-install-recommends $packages
Until then the downloads PNG, SVG and PDF are missing; CSV and XLSX, and the PNG button of
the browser, work. 'make test' needs all of them.
MESSAGE
exit 1

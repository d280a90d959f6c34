#!/bin/sh
# What the tests use besides Python packages: Chromium, gettext, poppler and qpdf, axe-core and the HTML validator.
# Installed where that is possible; otherwise said, and the tests that need it skip with a reason.
set -u

missing=""
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
command -v msgfmt >/dev/null 2>&1 || missing="$missing gettext"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v qpdf >/dev/null 2>&1 || missing="$missing qpdf"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing$missing ..."
        # shellcheck disable=SC2086  # a list of package names
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null ||
            echo "Could not install$missing; the tests that need it will be skipped." >&2
    else
        echo "Not installed:$missing. Without it some tests are skipped; on Debian or Ubuntu:" >&2
        echo "  sudo apt-get install$missing" >&2
    fi
fi

if [ ! -d node_modules/axe-core ] || [ ! -d node_modules/vnu-jar ]; then
    if command -v npm >/dev/null 2>&1; then
        npm install --no-package-lock --no-audit --no-fund --silent ||
            echo "npm could not install axe-core and vnu-jar; the tests that need them will be skipped." >&2
    else
        echo "Not installed: npm, which brings axe-core and the HTML validator. Tests that need them are skipped." >&2
    fi
fi
command -v java >/dev/null 2>&1 || echo "Not installed: java, which the HTML validator needs. Its test is skipped." >&2
exit 0

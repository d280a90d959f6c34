#!/bin/sh
# What the tests use besides Python packages: Chromium, gettext, poppler and qpdf, axe-core and the HTML validator.
# Installed where that is possible; otherwise said, and the tests that need it skip with a reason.
set -u

has() { command -v "$1" >/dev/null 2>&1; }
has_browser() { has chromium-headless-shell || has chromium || has google-chrome; }
may_install() { [ "$(id -u)" = 0 ] && has apt-get; }
# Debian has Chromium also without windows and menus, in which the tests take less than half of the time.
has_shell() { apt-cache show chromium-headless-shell >/dev/null 2>&1; }

missing=""
if ! has_browser && ! has_shell && may_install; then
    apt-get update -qq
fi
if has_shell && { may_install || ! has_browser; }; then
    has chromium-headless-shell || missing="$missing chromium-headless-shell"
elif ! has_browser; then
    missing="$missing chromium"
fi
has msgfmt || missing="$missing gettext"
has pdftotext || missing="$missing poppler-utils"
has qpdf || missing="$missing qpdf"
if [ -n "$missing" ]; then
    if may_install; then
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
    if has npm; then
        npm install --no-package-lock --no-audit --no-fund --silent ||
            echo "npm could not install axe-core and vnu-jar; the tests that need them will be skipped." >&2
    else
        echo "Not installed: npm, which brings axe-core and the HTML validator. Tests that need them are skipped." >&2
    fi
fi
has java || echo "Not installed: java, which the HTML validator needs. Its test is skipped." >&2
exit 0

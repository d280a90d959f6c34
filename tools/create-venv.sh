#!/bin/sh
# Create the virtual environment: create-venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if ! command -v "$python" >/dev/null 2>&1; then
    echo "There is no \`$python\` here. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3 site" >&2
    exit 2
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "\`$python\` is $("$python" --version 2>&1); kb_gen needs Python 3.11 or newer." >&2
    echo "Name a newer one: make PYTHON=/path/to/python3.11 site" >&2
    exit 2
fi
# Debian ships ensurepip, which venv needs, in a package of its own.
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
    else
        echo "\`$python\` can't create virtual environments. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2
        exit 2
    fi
fi
"$python" -m venv "$folder"

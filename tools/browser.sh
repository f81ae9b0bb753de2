#!/bin/sh
# See to it that there are a Chromium and a Firefox for the browser tests.
set -eu
one_of() { for name; do command -v "$name" >/dev/null && return; done; return 1; }
missing=
one_of chromium chromium-browser google-chrome || missing=chromium
one_of firefox-esr firefox || missing="$missing firefox-esr"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "the browser tests need more: sudo apt-get install $missing" >&2
    exit 1
fi
echo "installing $missing …"
apt-get -qq -oDPkg::Lock::Timeout=600 update
# shellcheck disable=SC2086 # one or two names
DEBIAN_FRONTEND=noninteractive apt-get -qq -oDPkg::Lock::Timeout=600 install --yes --no-install-recommends $missing >/dev/null

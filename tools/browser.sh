#!/bin/sh
# See to it that there is a Chromium for the browser tests.
set -eu
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "the browser tests need Chromium: sudo apt-get install chromium" >&2
    exit 1
fi
echo "installing chromium …"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends chromium >/dev/null

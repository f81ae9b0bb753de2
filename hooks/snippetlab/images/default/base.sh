#!/bin/sh
# The last step of the base image (an mmdebstrap customize hook; $1 is its root directory):
# remove what belongs to the machine that builds it, add what a booted system would have.
set -eu
cd "$1"
rm -rf etc/apt/sources.list etc/apt/sources.list.d etc/machine-id etc/resolv.conf
rm -f etc/apt/apt.conf.d/99mmdebstrap
rm -rf usr/share/python3/debpython/__pycache__ # compiled before dpkg settled its time stamps
rm -rf var/log var/cache/ldconfig var/lib/systemd
mkdir var/log
echo lab >etc/hostname
printf '127.0.0.1 localhost lab\n::1 localhost\n' >etc/hosts

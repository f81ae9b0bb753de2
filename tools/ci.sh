#!/bin/sh
# What the workflows in .github/workflows do; each step also runs here: tools/ci.sh STEP [ARGUMENT…]
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

# What the lab needs of a runner.
host() {
    # Since 23.10, Ubuntu lets no program without an AppArmor profile make user namespaces; see
    # https://ubuntu.com/blog/ubuntu-23-10-restricted-unprivileged-user-namespaces
    restricted=/proc/sys/kernel/apparmor_restrict_unprivileged_userns
    if [ "$(cat $restricted 2>/dev/null)" = 1 ]; then
        as_root sysctl --write kernel.apparmor_restrict_unprivileged_userns=0
    fi
    # A runner's user is not in the group kvm. Without KVM, machines are emulated.
    if [ -e /dev/kvm ]; then as_root chmod a+rw /dev/kvm; fi
    as_root apt-get update --quiet=2
    as_root apt-get install --quiet=2 --yes --no-install-recommends \
        bc bison bubblewrap debian-archive-keyring e2fsprogs flex mmdebstrap qemu-system-x86 \
        qemu-utils uidmap zstd
}

# Writes key=… to what the runner reads a step's outputs from. The docker image's recipe has the
# others below it; the browser's is one of its own.
image_key() {
    key=$($bin/snippetlab lab key docker)-$($bin/snippetlab lab key browser)
    echo "key=$key" | tee -a "${GITHUB_OUTPUT:-/dev/null}"
}

cache() { $bin/python -c 'from snippetlab.project import cache_directory as c; print(c())'; }

# The images made from this checkout's recipes, as one file. A cache that keeps single files would
# lose their modes: a runner is not root, and tar then drops setuid bits. The machines' saved states
# belong to one processor and stay behind; `make machines` makes them anew.
image_save() {
    set -- "$(realpath "$1")" "$(cache)"
    names=""
    for name in ${IMAGES:-base machine docker browser}; do
        if [ "$name" = browser ]; then
            names="$names browser/$($bin/snippetlab lab key browser)"
            continue
        fi
        note=recipes/$($bin/snippetlab lab key "$name").json
        image=$($bin/python -c 'import json, sys; print(json.load(open(sys.argv[1]))["digest"][:16])' \
            "$2/$note")
        names="$names $note images/$image"
    done
    # shellcheck disable=SC2086 # names without blanks, made above
    tar --create --zstd --file "$1" --directory "$2" $names
}

image_load() {
    mkdir -p "$(cache)"
    tar --extract --zstd --preserve-permissions --file "$1" --directory "$(cache)"
    $bin/snippetlab lab status || true # machines have no saved state yet
}

# Part K/N of all snippets; those that differ from a revision come first.
verify() {
    shard=$1 base=${2:-} number=${1%/*} status=0
    if [ -n "$base" ]; then
        echo "== changed since $base"
        # All are verified below; their faults are annotated once, there.
        GITHUB_ACTIONS='' $bin/snippetlab verify --shard "$shard" --changed "$base" || status=1
    fi
    echo "== all"
    mkdir -p results
    $bin/snippetlab verify --shard "$shard" --json "results/$number.json" \
        --junit "results/$number.xml" || status=1
    echo "== what pages offer to run in the reader's tab"
    $bin/snippetlab verify --lab browser --shard "$shard" || status=1
    return $status
}

# What snippets print whose recordings are missing or stale, for who has no lab:
# git apply recordings.patch
recordings() {
    $bin/snippetlab record --yes
    git add --intent-to-add snippets
    git diff --binary --output=recordings.patch -- snippets
    echo "$(grep -c '^diff' recordings.patch || true) recordings differ"
}

# A table of all results below a directory, shown with the run.
report() {
    $bin/python -m tools.summary "$1" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
}

# One open issue tells of what no longer holds: opened or brought up to date, closed when all held.
drift_issue() {
    title="Nightly verification: something no longer holds"
    number=$(gh issue list --state open --search "in:title \"$title\"" \
        --json number --jq '.[0].number // ""')
    $bin/python -m tools.summary "$1" >drift.md || true # without results it says so
    printf '\n%s\n' "${RUN_URL:-}" >>drift.md
    if grep -q '^All held' drift.md; then
        [ -z "$number" ] || gh issue close "$number" --comment "All held again. ${RUN_URL:-}"
    elif [ -n "$number" ]; then
        gh issue edit "$number" --body-file drift.md
    else
        gh issue create --title "$title" --body-file drift.md
    fi
}

step=${1:?a step: host, image_key, image_save, image_load, verify, recordings, report, drift_issue}
shift
"$step" "$@"

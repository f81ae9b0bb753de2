#!/bin/sh
# What the workflows in .github/workflows do; each step also runs here: tools/ci.sh STEP [ARGUMENT…]
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin

# Runs what shows text of others. A runner obeys lines of what it is shown (`::error::…`), but none
# until it is shown a word that only this script knows. What the engine says is no such line anyway,
# see hooks/snippetlab/say.py; and its own commands, and those of `make check`, are to be obeyed.
unheard() {
    if [ -t 1 ]; then # no runner; a variable that names one would not get through sudo
        "$@"
        return
    fi
    word=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    echo "::stop-commands::$word"
    "$@" && result=0 || result=$?
    echo "::$word::"
    return "$result"
}

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

# What the lab needs of a runner.
host() {
    # Since 23.10, Ubuntu lets no program without an AppArmor profile make user namespaces; see
    # https://ubuntu.com/blog/ubuntu-23-10-restricted-unprivileged-user-namespaces
    restricted=kernel.apparmor_restrict_unprivileged_userns
    if [ "$(sysctl --values $restricted 2>/dev/null)" = 1 ]; then
        as_root sysctl --write $restricted=0
    fi
    # A runner's user is not in the group kvm. Without KVM, machines are emulated.
    if [ -e /dev/kvm ]; then as_root chmod a+rw /dev/kvm; fi
    as_root apt-get update --quiet=2
    as_root apt-get install --quiet=2 --yes --no-install-recommends \
        bc bison bubblewrap debian-archive-keyring e2fsprogs flex mmdebstrap \
        uidmap zstd
}

# Writes key=… to what the runner reads a step's outputs from. The docker image's recipe has the
# others below it, docker-26 among them; QEMU's and the browser's are their own.
image_key() {
    key=$($bin/snippetlab lab key docker)-$($bin/snippetlab lab key qemu)
    key=$key-$($bin/snippetlab lab key browser)
    echo "key=$key" | tee -a "${GITHUB_OUTPUT:-/dev/null}"
}

# The images made from this checkout's recipes, as one file, and back.
# shellcheck disable=SC2086 # names without blanks
image_save() { $bin/python -m tools.images save "$1" ${IMAGES:-}; }

image_load() {
    $bin/python -m tools.images load "$1"
    $bin/snippetlab lab status || true # machines have no saved state yet
}

# Fails where an image has another version than its recipe names, because the suite that it comes
# from has moved. It holds all the same, and pages would name a version that nobody ran: see
# "A new Docker" in MAINTAINING.md. With a directory of results that is written there, for the issue.
moved() {
    if [ $# -eq 0 ]; then
        unheard $bin/snippetlab lab moved
        return
    fi
    mkdir -p "$1"
    $bin/snippetlab lab moved 2>"$1/moved.txt" || unheard cat "$1/moved.txt"
}

# Part K/N of all snippets; those that differ from a revision come first. What this machine cannot
# run, another would not run either: here nothing is skipped.
verify() {
    shard=$1 base=${2:-} number=${1%/*} status=0
    if [ -n "$base" ]; then
        echo "== changed since $base"
        # All are verified below; their faults are annotated once, there.
        GITHUB_ACTIONS='' $bin/snippetlab verify --no-skip --shard "$shard" --changed "$base" \
            || status=1
    fi
    echo "== all"
    mkdir -p results
    $bin/snippetlab verify --no-skip --shard "$shard" --json "results/$number.json" \
        --junit "results/$number.xml" || status=1
    echo "== what pages offer to run in the reader's tab"
    $bin/snippetlab verify --no-skip --lab browser --shard "$shard" || status=1
    return $status
}

# What snippets print whose recordings are missing or stale, for who has no lab. What could not be
# recorded is said, and takes nothing from the rest.
recordings() {
    status=0
    unheard $bin/snippetlab record --yes || status=1
    git add --intent-to-add snippets
    git diff --binary --output=recordings.patch -- snippets
    if [ -s recordings.patch ]; then
        say "Recorded: $(grep -c '^diff' recordings.patch). Download \`recordings\` below this run," \
            "unpack it in your clone, and there: \`git apply recordings.patch\`"
    else
        rm recordings.patch
        say "Recorded: none. What is there is fresh, or could not be recorded."
    fi
    return $status
}

# The site, which says where its source is; as the runner knows it, unless it is told. ADDRESS is
# where it will be, if that is known.
site() {
    if [ -n "${GITHUB_REPOSITORY:-}" ]; then
        export REPO_URL="${REPO_URL:-$GITHUB_SERVER_URL/$GITHUB_REPOSITORY}"
        export EDIT_URI="${EDIT_URI:-edit/${GITHUB_BASE_REF:-$GITHUB_REF_NAME}/docs}"
    fi
    if [ -n "${1:-}" ]; then export SITE_URL="$1"; fi
    unheard make site
}

# What readers see otherwise since a revision: before and after, of each transcript.
changes() {
    $bin/python -m tools.changes "$1" changes.html | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
}

# All tests but those that do no more than `verify` does: each snippet once. Of runs that are
# remembered, see tests/remembered.py; nightly, with --whole, none is.
# As root, who alone can weaken a guard to real root and make control groups.
tests() {
    python3 tools/needs.py test
    make .venv/test fonts
    unheard $bin/pytest --numprocesses=2 --dist=worksteal --durations=25 -m "not recordings" "$@"
}

# Why nothing can be published, and the cure.
pages_off() {
    address=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/settings/pages
    say "GitHub Pages is switched off for $GITHUB_REPOSITORY. Open $address, choose" \
        "\"GitHub Actions\" as the source, and run this again."
    echo "::error title=GitHub Pages is switched off::Choose \"GitHub Actions\" as the source: $address"
}

# To the log, and to what is shown with the run.
say() { echo "$*" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"; }

# The engine's wheel and sdist, into a directory. They have the version that the tag names.
release() {
    version=v$($bin/python -m snippetlab --version | cut -d' ' -f2)
    if [ "$1" != "$version" ]; then
        say "The tag is $1, and the engine says $version. Set \`__version__\` in" \
            "hooks/snippetlab/__init__.py, and tag the commit that has it."
        return 1
    fi
    $bin/uv build --quiet --no-build-isolation --python $bin/python --out-dir "$2"
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
    body=$(mktemp)
    $bin/python -m tools.summary "$1" >"$body" || true # without results it says so
    tests=${TESTS:-success}
    printf '\nAll tests, and what is changed at random: %s.\n%s\n' "$tests" "${RUN_URL:-}" >>"$body"
    moved=$1/moved.txt
    if [ -s "$moved" ]; then
        # shellcheck disable=SC2016 # a fence, no command
        printf '\n```text\n%s\n```\n' "$(cat "$moved")" >>"$body"
    fi
    if grep -q '^All held' "$body" && [ "$tests" = success ] && [ ! -s "$moved" ]; then
        [ -z "$number" ] || gh issue close "$number" --comment "All held again. ${RUN_URL:-}"
    elif [ -n "$number" ]; then
        gh issue edit "$number" --body-file "$body"
    else
        gh issue create --title "$title" --body-file "$body"
    fi
}

steps="host image_key image_save image_load verify recordings site changes tests report"
steps="$steps moved drift_issue pages_off release"
step=${1:-}
case " $steps " in
    *" $step "*) ;;
    *) echo "tools/ci.sh STEP, which is one of: $steps" >&2 && exit 2 ;;
esac
shift
"$step" "$@"

#!/usr/bin/env bash
# Instructions of three fixed jobs, counted by callgrind: the same on a loaded machine as on a quiet one.
#
#   benches/instructions.sh            compare with benches/instructions.tsv; fails where a job needs over 5 % more
#   benches/instructions.sh --update   make what is counted now the baseline; say in the commit why it grew
#
# Another compiler or C library counts a little otherwise; growing corpora and dictionaries count as well.
set -euo pipefail
cd "$(dirname "$0")/.."
baseline=benches/instructions.tsv
case "${1:-}" in
    "" | --update) ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
command -v valgrind >/dev/null || { echo "valgrind is not installed: nothing can be counted" >&2; exit 2; }
cargo build --quiet --release
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

count() { # job, arguments of hegao
    local job=$1 status=0
    shift
    HOME=$out valgrind --tool=callgrind --callgrind-out-file="$out/$job" target/release/hegao "$@" >/dev/null 2>"$out/log" || status=$?
    [ "$status" -le 1 ] || { cat "$out/log" >&2; exit 2; } # 1: the drafts have findings
    awk -v job="$job" '/^summary:/ { print job "\t" $2 }' "$out/$job"
}

{
    count check-one check --jobs 1 --format jsonl --as-of 2020-06 corpora/clean/09-education-2020-draft.txt
    count check-folder check --jobs 1 --format jsonl corpora/clean
    count segment-folder segment --jobs 1 corpora/clean
} >"$out/now.tsv"

if [ "${1:-}" = --update ]; then
    cp "$out/now.tsv" "$baseline"
    cat "$baseline"
    exit
fi
awk -F'\t' '
    NR == FNR { before[$1] = $2; next }
    !($1 in before) { printf "%-15s %13d  has no baseline: run with --update\n", $1, $2; worse = 1; next }
    {
        change = ($2 - before[$1]) * 100 / before[$1]
        printf "%-15s %13d → %13d  %+.1f %%%s\n", $1, before[$1], $2, change, (change > 5 ? "  MORE THAN 5 %" : "")
        worse = worse || change > 5
    }
    END { exit worse }' "$baseline" "$out/now.tsv"

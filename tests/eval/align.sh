#!/bin/sh
# Aligns the development sets, each text alone and all of a set together, and scores the beads.
# usage: tests/eval/align.sh [SET ...]     ENREGARD: the program, ENREGARD_EVAL: the evaluation folder
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
eval=${ENREGARD_EVAL:-$here/../shared/eval}
program=${ENREGARD:-$here/target/release/enregard}
if [ ! -d "$eval/alignment/dev" ]; then
    echo "skipped: no alignment sets in $eval" >&2
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for set in ${*:-transread textberg ntrex-heavy ntrex-light ntrex-clean}; do
    case $set in textberg) languages="--source de --target fr" ;; *) languages="" ;; esac
    for name in "$eval/alignment/dev/$set"/*/; do
        name=${name%/}
        printf '%s\t%s\t%s\n' "${name##*/}" "$name/src.txt" "$name/tgt.txt"
    done >"$work/$set.tsv"
    for mode in alone together; do
        alone=""
        [ $mode = alone ] && alone=--alone
        # shellcheck disable=SC2086
        "$program" align --sentences --beads $languages $alone --batch "$work/$set.tsv" -o "$work/$set-$mode"
        score=$(python3 "$eval/alignment/score.py" --complete --quiet "$eval/alignment/dev/$set" "$work/$set-$mode")
        printf '%-12s %-9s %s\n' "$set" "$mode" "$(echo "$score" | tail -1)"
    done
done

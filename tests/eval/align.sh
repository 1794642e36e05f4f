#!/bin/sh
# Aligns the development sets, each text alone and all of a set together, and scores the beads.
# usage: tests/eval/align.sh [SET ...]
# ENREGARD: the program, ENREGARD_EVAL: the evaluation folder,
# PEER: a Python that has NLTK, to run its Gale-Church beside
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
certainty=""
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
        sure=$(python3 "$here/tests/eval/certainty.py" "$eval/alignment/dev/$set" "$work/$set-$mode")
        printf '%-12s %-9s %s\n%24s%s\n' "$set" "$mode" "$(echo "$score" | tail -1)" "" "$sure"
        certainty="$certainty $eval/alignment/dev/$set $work/$set-$mode"
    done
done
echo "all of these together:"
# shellcheck disable=SC2086
python3 "$here/tests/eval/certainty.py" $certainty
if [ -n "${PEER:-}" ]; then
    for list in "$work"/*.tsv; do
        set=${list##*/}
        set=${set%.tsv}
        "$PEER" "$here/tests/eval/peer_nltk.py" "$list" "$work/peer-$set"
        score=$(python3 "$eval/alignment/score.py" --complete --quiet "$eval/alignment/dev/$set" "$work/peer-$set")
        printf '%-12s %-9s %s\n' "$set" nltk "$(echo "$score" | tail -1)"
    done
fi

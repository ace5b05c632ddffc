#!/usr/bin/env bash
# Whoever reads us may stop reading: no message, no crash.
. "$(dirname "$0")/common.bash"

yes 'the cat sleeps' | head -20000 >texts.txt
set +o pipefail
"$sbert" encode --model "$model" --input texts.txt 2>stderr | head -n 1 >first
[ "$(wc -l <first)" -eq 1 ]
if grep -q . stderr; then die "$(cat stderr)"; fi

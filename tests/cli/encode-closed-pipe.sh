#!/usr/bin/env bash
# Whoever reads us may stop reading: no message, no crash.
. "$(dirname "$0")/common.bash"

seq -f 'the cat number %.0f sleeps' 10000 >texts.txt
set +o pipefail
"$sbert" encode --model "$model" --input texts.txt 2>stderr | head -n 1 >first
[ "$(wc -l <first)" -eq 1 ]
if grep -q . stderr; then die "$(cat stderr)"; fi

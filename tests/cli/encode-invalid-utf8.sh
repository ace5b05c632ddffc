#!/usr/bin/env bash
# Text that is not UTF-8 is an error that names file and line; the output file does not appear.
. "$(dirname "$0")/common.bash"

printf 'fine\nalso fine\nna\357ve\n' >texts.txt
expect_fail 1 'texts.txt: line 3.*UTF-8' "$sbert" encode --model "$model" --input texts.txt --output v.npy --quiet
[ ! -e v.npy ]

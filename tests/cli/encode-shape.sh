#!/usr/bin/env bash
# --truncate-dim keeps the first coordinates; --normalize scales what is left to length 1.
. "$(dirname "$0")/common.bash"

echo 'the cat sleeps' >text
"$sbert" encode --model "$model" --input text | sed 's/.*\[\(.*\)\].*/\1/' | cut -d, -f 1-5 >whole
"$sbert" encode --model "$model" --input text --truncate-dim 5 | sed 's/.*\[\(.*\)\].*/\1/' | cmp - whole
"$sbert" encode --model "$model" --input text --truncate-dim 5 --normalize | sed 's/.*\[\(.*\)\].*/\1/' |
  awk -F, '{ for (i = 1; i <= NF; i++) s += $i * $i; exit !(NF == 5 && s > 0.99999 && s < 1.00001) }'
expect_fail 2 "33" "$sbert" encode --model "$model" --input text --truncate-dim 33

#!/usr/bin/env bash
# A symmetric matrix with ones on its diagonal, tab-separated for programs.
. "$(dirname "$0")/common.bash"

"$sbert" similarity --model "$model" 'the cat sleeps' 'a cat is sleeping' 'red car' >matrix
[ "$(sed -n 1p matrix)" = "$(printf '\tthe cat sleeps\ta cat is sleeping\tred car')" ]
[ "$(wc -l <matrix)" -eq 4 ]
awk -F '\t' 'NR > 1 { for (j = 2; j <= 4; j++) s[NR - 1, j - 1] = $j }
  END { for (i = 1; i <= 3; i++) for (j = 1; j <= 3; j++) if (s[i, j] != s[j, i] || (i == j && s[i, j] != 1)) exit 1 }' matrix
expect_fail 2 'two texts' "$sbert" similarity --model "$model" alone

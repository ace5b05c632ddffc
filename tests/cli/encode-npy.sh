#!/usr/bin/env bash
# A .npy file: version 1.0, float32, [texts, dimension], as long as that says.
. "$(dirname "$0")/common.bash"

printf 'the cat sleeps\nred car\n\n' | "$sbert" encode --model "$model" --output v.npy
[ "$(head -c 6 v.npy | tail -c 5)" = NUMPY ]
head -c 128 v.npy | grep -aq "'descr': '<f4', 'fortran_order': False, 'shape': (3, 32)"
header=$(head -c 10 v.npy | tail -c 2 | od -An -tu2 | tr -d ' ')
[ $(((10 + header) % 64)) -eq 0 ]
[ "$(stat -c %s v.npy)" -eq $((10 + header + 3 * 32 * 4)) ]

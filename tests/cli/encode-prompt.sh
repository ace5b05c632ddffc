#!/usr/bin/env bash
# A prompt goes before the text: by name, as given, or by hand, it is the same.
. "$(dirname "$0")/common.bash"

echo 'cold rain' | "$sbert" encode --model "$model_dense" --prompt-name query --output by_name.npy
echo 'cold rain' | "$sbert" encode --model "$model_dense" --prompt 'read: ' --output as_given.npy
echo 'read: cold rain' | "$sbert" encode --model "$model_dense" --output by_hand.npy
cmp by_name.npy as_given.npy
cmp by_name.npy by_hand.npy
echo x >text
expect_fail 2 "nonsense.*query" "$sbert" encode --model "$model_dense" --prompt-name nonsense --input text

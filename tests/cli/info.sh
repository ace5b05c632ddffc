#!/usr/bin/env bash
# What a model is made of, for people and for programs.
. "$(dirname "$0")/common.bash"

"$sbert" info "$model_dense" >text
for word in Transformer Pooling Dense Normalize '16 dimensions' '64 tokens' query; do
  grep -q "$word" text || die "'$word' is not in: $(cat text)"
done
"$sbert" info "$model_dense" --parameters >parameters
grep -q '^0\.encoder\.layer\.1\.attention\.self\.query\.weight  \[32,32\]$' parameters || die "$(cat parameters)"
"$sbert" info "$model_dense" --json >json
grep -q '"embedding_dimension": 16' json
grep -q '"max_seq_length": 64' json

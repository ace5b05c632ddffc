#!/usr/bin/env bash
# SENTENCE_TRANSFORMERS_HOME is where models are kept, as Python's sentence-transformers has it; data sets stay where they are.
. "$(dirname "$0")/common.bash"

mkdir rows
write_pairs >rows/train.jsonl
start_hub --repo "model:acme/tiny=$model" --repo dataset:acme/rows=rows
echo 'a man is playing' >text
"$sbert" encode --model "$model" --input text --output directory.npy

export SENTENCE_TRANSFORMERS_HOME=$work/home
directory=$("$sbert" pull acme/tiny --quiet)
[ "$directory" = "$work/home/models--acme--tiny/snapshots/$(cat home/models--acme--tiny/refs/main)" ] || die "$directory"
[ ! -e "$HF_HOME/hub/models--acme--tiny" ]
HF_HUB_OFFLINE=1 "$sbert" encode --model acme/tiny --input text --output cached.npy
cmp directory.npy cached.npy
"$sbert" encode --model acme/tiny --input hf:acme/rows --column a --output rows.npy --quiet
[ -d "$HF_HOME/hub/datasets--acme--rows" ] || die "the data set is not in $HF_HOME/hub"
[ ! -e home/datasets--acme--rows ] || die "the data set is among the models"

# It wins over the other variables, and what it does not have is looked for nowhere else.
offline() { env HF_HUB_OFFLINE=1 "$@"; }
offline HF_HUB_CACHE="$work/empty" "$sbert" info acme/tiny >/dev/null
expect_fail 1 "no model of this name in the Hugging Face cache $work/empty" \
  offline HF_HUB_CACHE="$work/home" SENTENCE_TRANSFORMERS_HOME="$work/empty" "$sbert" info acme/tiny
unset SENTENCE_TRANSFORMERS_HOME
expect_fail 1 "no model of this name in the Hugging Face cache $HF_HOME/hub" offline "$sbert" info acme/tiny
offline HF_HUB_CACHE="$work/home" "$sbert" info acme/tiny >/dev/null

#!/usr/bin/env bash
# Training writes a directory that is a model: other vectors than before, the same tokens.
. "$(dirname "$0")/common.bash"

train_tiny trained
for file in modules.json config.json model.safetensors tokenizer.json 1_Pooling/config.json; do
  [ -s "trained/$file" ] || die "$file is missing"
done
echo 'the cat sleeps' >text
"$sbert" encode --model trained --input text --output after.npy
"$sbert" encode --model "$model" --input text --output before.npy
if cmp -s before.npy after.npy; then die "training changed nothing"; fi
cmp <("$sbert" tokenize --model trained --input text) <("$sbert" tokenize --model "$model" --input text)
[ -z "$(find . -name '*.tmp*' -o -name '.*.tmp')" ] || die "left behind: $(find .)"

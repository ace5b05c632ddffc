#!/usr/bin/env bash
# Old layouts and other precisions become a directory of today's layout; the model that was there is only read.
. "$(dirname "$0")/common.bash"

old=$tests_directory/goldens/checkpoints/old_transformer
copy_model in "$old"
echo 'about this model' >in/README.md
echo 'weights that nothing would keep equal' >in/tf_model.h5
echo 'some vocabulary' >in/0_Transformer/vocabulary.xyz
(cd in && find . -type f -exec sha256sum {} + | sort) >before
"$sbert" convert in out
(cd in && find . -type f -exec sha256sum {} + | sort) >after
cmp before after || die "IN was changed"

files=$(cd out && find . -type f | sort | tr '\n' ' ')
wanted='./1_Pooling/config.json ./2_Dense/config.json ./2_Dense/model.safetensors ./README.md ./config.json'
wanted+=' ./config_sentence_transformers.json ./model.safetensors ./modules.json ./sentence_bert_config.json'
wanted+=' ./tokenizer.json ./tokenizer_config.json ./vocabulary.xyz '
[ "$files" = "$wanted" ] || die "files: $files"
grep -q '"model_type": "bert"' out/config.json || die "$(cat out/config.json)"

texts() { printf '%s\n' 'A man is playing a guitar.' 'red car'; }
texts | "$sbert" encode --model in --precision f32 >in.jsonl
texts | "$sbert" encode --model out --precision f32 >out.jsonl
cmp in.jsonl out.jsonl || die "other embeddings"

for dtype in bf16 f16; do
  "$sbert" convert in "out_$dtype" --dtype "$dtype"
  "$sbert" info "out_$dtype" --json >described
  [ "$(grep -c "\"${dtype^^}\":" described)" -eq 3 ] || die "$(cat described)"
  ! grep -q '"F32"' described || die "some weights are still F32: $(cat described)"
  texts | "$sbert" encode --model "out_$dtype" --precision f32 >half.jsonl
  if cmp -s half.jsonl in.jsonl; then die "$dtype changed nothing"; fi
  # And back: nothing is lost any more.
  "$sbert" convert "out_$dtype" "back_$dtype" --dtype f32
  texts | "$sbert" encode --model "back_$dtype" --precision f32 | cmp - half.jsonl || die "back from $dtype"
done
grep -q 'bfloat16' out_bf16/config.json || die "$(cat out_bf16/config.json)"
grep -q '"float32"' back_bf16/config.json || die "$(cat back_bf16/config.json)"

# Killed while it writes: nothing has the name of a model yet.
head -c 50000000 /dev/zero >in/large_file
"$sbert" convert in killed &
until [ -e killed ] || compgen -G '.killed.*' >/dev/null; do sleep 0.001; done
kill -9 $!
wait $! || [ $? -eq 137 ] || die "not killed: $?"
[ ! -e killed ] || cmp in/large_file killed/large_file || die "half a model"
rm -rf .killed.* killed in/large_file

expect_fail 2 'out: is there already' "$sbert" convert in out
expect_fail 2 'lies in the model' "$sbert" convert in in
expect_fail 2 'lies in the model' "$sbert" convert in in/below/out
cp "$tests_directory/goldens/checkpoints/runs_code_zip.bin" in/0_Transformer/pytorch_model.bin
expect_fail 1 'posix.system.*not run' "$sbert" convert in none
expect_fail 2 'f8' "$sbert" convert in none --dtype f8
expect_fail 2 'OUT' "$sbert" convert in
[ ! -e none ] || die "a failed conversion left something"
[ "$(find . -name '.*.tmp*' | wc -l)" -eq 0 ] || die "temporary files: $(find . -name '.*')"

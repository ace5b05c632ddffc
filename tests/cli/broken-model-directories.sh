#!/usr/bin/env bash
# What stands in a model's place without being it is named as what it is, and at once.
. "$(dirname "$0")/common.bash"

echo 'a man is playing' >text
encode() { timeout 20 "$sbert" encode --model "$1" --input text; }
ln -s b a && ln -s a b && ln -s nothing dangling
export HF_HUB_OFFLINE=1 HF_HOME=$work/hf
expect_fail 1 'error: a: cannot be opened: Too many levels' encode a
expect_fail 1 'error: dangling: is a link to nothing' encode dangling
if [ "$(id -u)" -ne 0 ]; then
  copy_model closed && chmod 000 closed
  expect_fail 1 'closed.*Permission denied' encode closed
fi

broken() { rm -rf broken && copy_model broken; }
pointer() { printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 90868376\n' 0 >"$1"; }
for file in model.safetensors tokenizer.json config.json; do
  broken && pointer "broken/$file"
  expect_fail 1 "broken/$file: is a Git LFS pointer" encode broken
done
broken && rm broken/model.safetensors && pointer broken/pytorch_model.bin
expect_fail 1 'broken/pytorch_model.bin: is a Git LFS pointer' encode broken
broken && rm broken/tokenizer.json && echo '{"tokenizer_class": "BertTokenizer"}' >broken/tokenizer_config.json
pointer broken/vocab.txt
expect_fail 1 'broken/vocab.txt: is a Git LFS pointer' encode broken

for file in config.json modules.json tokenizer.json model.safetensors; do
  broken && rm "broken/$file" && mkfifo "broken/$file"
  expect_fail 1 "broken/$file: is a pipe" encode broken
  rm "broken/$file" && ln -s /dev/zero "broken/$file"
  expect_fail 1 "broken/$file: is a device" encode broken
done

# Numbers that are none are computed with, but not without a word.
broken && python3 - <<'END'
import struct
path = "broken/model.safetensors"
raw = open(path, "rb").read()
begin = 8 + struct.unpack("<Q", raw[:8])[0]
open(path, "wb").write(raw[:begin] + struct.pack("<f", float("nan")) * ((len(raw) - begin) // 4))
END
encode broken >out 2>note
grep -q null out || die "$(cut -c 1-80 out)"
grep -q '1 of 1 embeddings hold NaN or infinity' note || die "$(cat note)"
"$sbert" info broken | grep -q 'not finite  NaN or infinity in [0-9]* parameters, such as 0.embeddings.word_embeddings.weight' ||
  die "$("$sbert" info broken)"
"$sbert" info "$model" --json | grep -q '"not_finite": \[\]'

#!/usr/bin/env bash
# Whether output can be written is known before the work: the model is not even looked for.
. "$(dirname "$0")/common.bash"

echo 'the cat sleeps' >text
write_pairs >pairs.jsonl
: >file
mkdir directory
ln -s loop loop
long=$(printf 'x%.0s' $(seq 300))

# Without a model: whoever complains about that has not looked at the output before.
for output in directory "$long.jsonl" "missing/$long.jsonl" file/below.jsonl file/below/it.jsonl loop directory/; do
  expect_fail 1 'cannot write' "$sbert" mine --model nowhere --input text --output "$output"
  expect_fail 1 'cannot write' "$sbert" tokenize --model nowhere --input text --output "$output"
  expect_fail 1 'cannot write' "$sbert" eval --model nowhere --task sts --data pairs.jsonl --output "$output"
  case $output in
  *.jsonl) expect_fail 1 'cannot write' "$sbert" encode --model nowhere --input text --output "$output" ;;
  esac
done
train=("$sbert" train --model nowhere --data pairs.jsonl --columns "a,b,score" --loss CosineSimilarityLoss --quiet)
for output in file "$long" "missing/$long" file/below file/below/it loop; do
  expect_fail 1 'file|cannot' "${train[@]}" --output "$output"
done
for output in "$long" "missing/$long" file/below loop; do
  expect_fail 1 'cannot' "$sbert" convert nowhere "$output"
done
[ "$(find . -mindepth 1 | wc -l)" -eq 5 ] || die "left behind: $(find .)"

# Names as long as names may be, and links to what is not there yet, are places like others.
name=$(printf 'x%.0s' $(seq 249)).jsonl
ln -s below/real.jsonl link.jsonl
"$sbert" encode --model "$model" --input text --output "$name"
"$sbert" encode --model "$model" --input text --output link.jsonl
cmp "$name" below/real.jsonl
[ -L link.jsonl ] || die "the link was replaced"
ln -s below/model dangling
train_tiny dangling
{ [ -L dangling ] && [ -s below/model/modules.json ]; } || die "no model behind the link"
train_tiny "${name%.jsonl}y"
[ -s "${name%.jsonl}y/modules.json" ] || die "no model of a long name"

# What is in the way of a file of the model, or of a directory.
mkdir -p taken/config.json other
: >other/1_Pooling
expect_fail 1 'taken/config.json: is a directory' train_tiny taken
expect_fail 1 'other/1_Pooling: is a file' train_tiny other

#!/usr/bin/env bash
# Lists of relevant and other documents for each query; and a student compared with its teacher.
. "$(dirname "$0")/common.bash"

printf '{"set": {"query": "the cat sleeps", "pos": ["the cat sleeps"], "neg": ["red car", "cold rain"]}}\n' >ranks.jsonl
"$sbert" eval --model "$model" --task rerank --data ranks.jsonl >metrics.json
for metric in map mrr@10 ndcg@10; do
  grep -q "\"$metric\": 1.0" metrics.json || die "$metric is not 1: $(cat metrics.json)"
done
expect_fail 2 'ranks.jsonl: .*takes three columns .*not 2; choose them with --columns' \
  "$sbert" eval --model "$model" --task rerank --data ranks.jsonl --columns set.query,set.pos
write_pairs >pairs.jsonl
expect_fail 2 "takes texts, and 'score' is a label; choose the columns with --columns" \
  "$sbert" eval --model "$model" --task rerank --data pairs.jsonl

printf 'the cat sleeps\nred car\n' >texts.txt
"$sbert" eval --model "$model" --task mse --data texts.txt --teacher "$model" >metrics.json
grep -q '"negative_mse": -0.0' metrics.json || die "a model differs from itself: $(cat metrics.json)"
expect_fail 2 'compares with a teacher: name its model with --teacher' \
  "$sbert" eval --model "$model" --task mse --data texts.txt

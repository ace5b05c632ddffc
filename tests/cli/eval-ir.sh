#!/usr/bin/env bash
# Retrieval: every question finds itself first among more documents.
. "$(dirname "$0")/common.bash"

printf '{"q": "the cat sleeps", "d": "the cat sleeps"}\n{"q": "red car", "d": "red car"}\n' >pairs.jsonl
printf 'the mountain river\nred car\nan old book\n' >more.txt
"$sbert" eval --model "$model" --task ir --data pairs.jsonl --columns q,d --corpus more.txt --quiet >metrics.json
for metric in accuracy@1 accuracy@10 recall@1 mrr@10 ndcg@10 map@100; do
  grep -Eq "\"cosine_$metric\": 1(\.0)?,?$" metrics.json || die "$metric: $(cat metrics.json)"
done
grep -Eq '"cosine_precision@3": 0.333' metrics.json

#!/usr/bin/env bash
# Of several evaluations the last one's main metric is the run's, as in Python; --best-metric chooses another.
. "$(dirname "$0")/common.bash"

write_pairs >pairs.jsonl
train() {
  "$sbert" train --model "$model" --data pairs.jsonl --columns a,b,score --loss CosineSimilarityLoss --max-steps 1 \
    --eval sts:pairs.jsonl:a,b,score --log log.jsonl --output trained "$@" 2>said
}
# says METRIC NAME: after the step it shows METRIC with the value that the log has for NAME.
says() {
  local value
  value=$(tail -n 1 log.jsonl | python3 -c 'import json, sys; print("%.4f" % json.load(sys.stdin)["evaluation"][sys.argv[1]])' "$2")
  grep -qx "sbert: step 1: $1 $value" said || die "no '$1 $value' in: $(cat said log.jsonl)"
}

printf 'a,b,score\nred car,cold rain,0.5\nthe cat sleeps,a dog is running,0.1\n' >others.csv
train --eval sts:others.csv
says sequential_score others_spearman_cosine
train --eval sts:others.csv --best-metric pairs_pearson_cosine --keep-best
says pairs_pearson_cosine pairs_pearson_cosine
grep -q 'pairs_pearson_cosine, before and after' trained/report.html
expect_fail 2 "no metric 'cosine_pearson'; evaluations have pearson_cosine, spearman_cosine" \
  "$sbert" train --model "$model" --data pairs.jsonl --columns a,b,score --loss CosineSimilarityLoss --quiet \
  --eval sts:pairs.jsonl:a,b,score --best-metric cosine_pearson --output out
[ ! -e out/model.safetensors ] || die "trained, though there is no such metric"

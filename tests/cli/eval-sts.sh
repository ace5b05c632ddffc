#!/usr/bin/env bash
# JSON with the metric names of sentence-transformers; the same in --output.
. "$(dirname "$0")/common.bash"

write_pairs >pairs.jsonl
"$sbert" eval --model "$model" --task sts --data pairs.jsonl --columns a,b,score --output saved.json --quiet >printed.json
cmp saved.json printed.json
grep -Eq '"pearson_cosine": -?[01]' printed.json
grep -Eq '"spearman_cosine": -?[01]' printed.json
printf 'g\tf\t0\t1\t4.0\tthe cat sleeps\t"a cat\ng\tf\t0\t1\t1.0\tred car\ta dog\tlicence\n' >raw.csv
"$sbert" eval --model "$model" --task sts --data raw.csv --format tsv --no-header --no-quoting \
  --columns sentence1=5,sentence2=6,score=4 --quiet | grep -q '"spearman_cosine"'

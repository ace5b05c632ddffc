#!/usr/bin/env bash
# Rows of every shape become examples.
. "$(dirname "$0")/common.bash"

check() { "$sbert" train --model "$model" --loss MultipleNegativesRankingLoss --check "$@" 2>notes >preview; }
examples() { grep -q ": $1 examples" notes || die "not $1 examples: $(cat notes)"; }

printf '{"set": {"query": "q%s", "pos": ["a", "b"], "neg": ["c", "d", "e"]}}\n' 1 2 >triplets.jsonl
check --data triplets.jsonl
examples 2
grep -q '  query: q1' preview
check --data triplets.jsonl --positives all --negatives all
examples 12
check --data triplets.jsonl --negatives-each 3 --columns set.query,set.pos,set.neg
examples 2
check --data triplets.jsonl --columns anchor=set.query,positive=set.pos --batches no-duplicates
examples 2

printf '{"set": ["a", "b", "c", "d", "e"]}\n{"set": ["f"]}\n{"set": ["g", "h"]}\n' >sets.jsonl
check --data sets.jsonl --positives all
examples 11
grep -q 'left out 1 row, where lists are too short' notes

printf 'one\ntwo\n' >texts.en
printf 'eins\nz\374ei\n' >texts.de
check --data texts.en --beside texts.de --encoding latin1 --format text
grep -q 'text2: züei' preview

printf 'label;title;question\nx;t1;q1\ny;t2;\n' >topics.csv
check --data topics.csv --delimiter ';' --columns title,question --rows pairs
examples 2
printf '<p>;x\n' >bad.csv
expect_fail 2 "batches.*unknown kind of batches 'alphabetic'" "$sbert" train --model "$model" --data bad.csv \
  --loss MultipleNegativesRankingLoss --batches alphabetic --check

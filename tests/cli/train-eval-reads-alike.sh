#!/usr/bin/env bash
# The files of --eval are read as that of --data is, as far as it suits them, unless they have a word of their own.
. "$(dirname "$0")/common.bash"

train() {
  "$sbert" train --model "$model" --loss CosineSimilarityLoss --max-steps 1 --quiet --output "$@"
}
# same DATA EVAL FLAG...: trains, and the evaluation is that of the plain file.
same() {
  rm -rf out
  train out --data "$1" --eval "sts:$2" "${@:3}"
  cmp <(cut -d, -f2- plain/eval/*.csv | tail -1) <(cut -d, -f2- out/eval/*.csv | tail -1)
}
printf 'a,b,score\na caf\xc3\xa9,the cat,1\na dog,red,0\na bird,rain,0.5\n' >plain.csv
train plain --data plain.csv --eval sts:plain.csv

sed 's/,/;/g' plain.csv >s.csv
same s.csv s.csv --delimiter ';'
iconv -f utf8 -t windows-1252 plain.csv >w.csv
same w.csv w.csv --encoding windows-1252
tr , '\t' <w.csv >w.tsv
same w.csv w.tsv --encoding windows-1252
tail -n +2 plain.csv >h.csv
same h.csv h.csv --no-header --columns a=0,b=1,score=2
cp plain.csv data.txt
same data.txt data.txt --format csv
awk 'NR == 1 {print; next} {print} END {print "x,y,"}' plain.csv >u.csv
same u.csv u.csv --no-unlabelled
awk -F, '{print NR "," $0}' plain.csv | sed '1s/^1/n/' >n.csv
same n.csv n.csv --columns a,b,score
# A file with another name has its own format, and its own columns if it has not those of --data.
printf '{"x": "a café", "y": "the cat", "score": 1}\n{"x": "a dog", "y": "red", "score": 0}\n{"x": "a bird", "y": "rain", "score": 0.5}\n' >e.jsonl
same s.csv e.jsonl --delimiter ';' --format csv --columns a,b,score --no-header 2>/dev/null && die "s.csv has a header"
same s.csv e.jsonl --delimiter ';' --format csv --columns a,b,score
same w.csv e.jsonl --encoding windows-1252
# The label is not lost where a loss takes none.
rm -rf out
"$sbert" train --model "$model" --loss MultipleNegativesRankingLoss --max-steps 1 --quiet --output out \
  --data n.csv --columns a,b --eval sts:n.csv
# An evaluation's own settings win.
cat >config.yaml <<'END'
model: MODEL
data: s.csv
delimiter: ";"
loss: CosineSimilarityLoss
max_steps: 1
output: configured
eval: [{kind: sts, data: plain.csv, delimiter: ","}]
END
sed -i "s|MODEL|$model|" config.yaml
"$sbert" train config.yaml --quiet

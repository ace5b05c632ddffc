#!/usr/bin/env bash
# A table is read once, wherever it comes from: every command, format and source gives what the file itself does, no row
# is lost, and the columns may be left to be found.
. "$(dirname "$0")/common.bash"

# Larger than anything that is read in one piece, so that a second look would miss the beginning.
python3 - <<'END'
import csv, gzip, json
words = ["cat", "dog", "house", "river", "rain", "night", "snow", "guitar"]
rows = []
for i in range(300):
  text = f"the {words[i % 8]} number {i} near the {words[i * 5 % 8]} " + "in the cold night " * 25
  rows.append({"text": text, "other": f"a {words[i * 3 % 8]} of {i}", "score": (i % 10) / 2})
with open("t.jsonl", "w") as f:
  f.writelines(json.dumps(row) + "\n" for row in rows)
with open("t.json", "w") as f:
  json.dump(rows, f)
for name, delimiter in ("t.csv", ","), ("t.tsv", "\t"):
  with open(name, "w", newline="") as f:
    table = csv.writer(f, delimiter=delimiter)
    table.writerow(rows[0])
    table.writerows(row.values() for row in rows)
with open("t.text", "w") as f:
  f.writelines(row["text"] + "\n" for row in rows)
with open("small.tsv", "w") as f:
  f.write("text\tother\tscore\n" + "".join(f"{r['other']}\t{r['other']} {i}\t{r['score']}\n" for i, r in enumerate(rows[:40])))
END
cp "$tests_directory/goldens/parquet/texts.parquet" t.parquet
formats="text jsonl json csv tsv"
"$sbert" tokenize --model "$model" --input t.parquet --column body 2>/dev/null >/dev/null && formats+=" parquet"
for format in $formats; do
  gzip --keep "t.$format"
done

# from_each COMMAND...: what the command makes of the file is what it makes of the same bytes from elsewhere. It takes
# the file behind `file_flag`, and `format`.
from_each() {
  local file=$1
  shift
  "$@" "$file_flag" "$file" --format "$format" >expected
  [ "$(wc -l <expected)" -ge "$lines" ] || die "$* makes $(wc -l <expected) lines of $file"
  local source
  for source in redirected pipe fifo substitution; do
    case $source in
      redirected) "$@" "$file_flag" - --format "$format" <"$file" >got ;;
      pipe) "$@" "$file_flag" - --format "$format" < <(cat "$file") >got ;;
      fifo)
        rm -f pipe && mkfifo pipe
        cat "$file" >pipe &
        "$@" "$file_flag" pipe --format "$format" >got
        wait $!
        ;;
      substitution) "$@" "$file_flag" <(cat "$file") --format "$format" >got ;;
    esac || die "$* fails on $file from $source"
    cmp expected got || die "$* loses or changes rows of $file from $source"
  done
}

for format in $formats; do
  lines=300
  column=(--column text)
  if [ "$format" = parquet ]; then
    lines=2
    column=(--column body)
  fi
  for file in "t.$format" "t.$format".gz; do
    file_flag=--input
    [ "$format" = parquet ] || from_each "$file" "$sbert" tokenize --model "$model"
    from_each "$file" "$sbert" tokenize --model "$model" "${column[@]}"
  done
  file_flag=--input
  from_each "t.$format" "$sbert" encode --model "$model" --quiet "${column[@]}"
  lines=1
  from_each "t.$format" "$sbert" mine --model "$model" --quiet --top-k 3 "${column[@]}"
  case $format in
    text | parquet) continue ;;
  esac
  file_flag=--data
  from_each "t.$format" "$sbert" eval --model "$model" --quiet --task sts
  from_each "t.$format" "$sbert" eval --model "$model" --quiet --task sts --scale score=0.2 --columns text,other,score
  from_each "t.$format" "$sbert" train --model "$model" --quiet --check --loss CosineSimilarityLoss --scale score=0.2
done

# What is trained on is read more than once, and so may be named more than once.
format=tsv
train() { "$sbert" train --model "$model" --loss CosineSimilarityLoss --scale score=0.1 --batch-size 8 --quiet --format tsv "$@"; }
train --data small.tsv --eval sts:small.tsv --output file
train --data - --eval sts:- --output redirected <small.tsv
train --data - --eval sts:/dev/stdin --output piped < <(cat small.tsv)
train --data <(cat small.tsv) --eval sts:<(cat small.tsv) --output substitution
mkfifo named
cat small.tsv >named &
train --data named --eval sts:named --output fifo
wait $!
for other in redirected piped substitution fifo; do
  cmp file/model.safetensors "$other/model.safetensors"
  cmp file/eval/*.csv "$other"/eval/*.csv
done
[ -z "$(find . -name '.sbert-*')" ] || die "a temporary file is left"

# Rows and texts that stand beside each other, and a corpus, from pipes.
cut -f 1 small.tsv | tail -n +2 >a.txt
cut -f 2 small.tsv | tail -n +2 >b.txt
"$sbert" eval --model "$model" --quiet --task translation --data a.txt --beside b.txt >expected
"$sbert" eval --model "$model" --quiet --task translation --data <(cat a.txt) --beside <(cat b.txt) >got
cmp expected got
paste a.txt b.txt >pairs
"$sbert" eval --model "$model" --quiet --task ir --data pairs --format tsv --no-header --corpus t.jsonl >expected
"$sbert" eval --model "$model" --quiet --task ir --data - --format tsv --no-header --corpus t.jsonl <pairs >got
cmp expected got
cp t.text corpus.txt
"$sbert" eval --model "$model" --quiet --task ir --data small.tsv --columns text,other --corpus corpus.txt >expected
"$sbert" eval --model "$model" --quiet --task ir --data small.tsv --columns text,other --corpus <(cat corpus.txt) >got
cmp expected got

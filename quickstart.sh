#!/usr/bin/env bash
# From a bare Debian 12 to a model that became better: installs packages, builds sbert, gets a real model and a real
# dictionary, fine-tunes the one on the other and shows what changed. Run it again at will; what is done stays done.
#
#   ./quickstart.sh            everything lands in build/ and ~/.cache/sbert
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")"
. tools/setup.sh

sbert=build/release/sbert
model=$cache_directory/all-MiniLM-L6-v2
work=build/quickstart
data=$work/data
trained=$work/model

section "1/6 Debian packages"
install_packages "${build_packages[@]}" wordnet-base
fetch_libraries

section "2/6 build (two to four minutes on two cores, the first time)"
build_preset release

section "3/6 model"
fetch_model "$model"
$sbert info "$model"

section "4/6 data: WordNet as a reverse dictionary"
mkdir -p "$work"
[ -f "$data/train.jsonl" ] || examples/reverse-dictionary/make_dataset.sh "$data"
wc -l "$data"/*.jsonl "$data"/*.txt
echo "for example:"
sed -n '10p;11p;12p' "$data/train.jsonl"

# evaluate MODEL OUTPUT: can the held-out glosses find their words?
evaluate() {
  $sbert eval --model "$1" --task ir --data "$data/heldout.jsonl" --columns gloss,lemmas \
    --corpus "$data/candidates.txt" --output "$2" >/dev/null
}

section "5/6 fine-tune: 6,400 glosses and their words, MultipleNegativesRankingLoss"
seconds_file=$work/training_seconds
# A new build, or nothing yet, means work; else the result of the last run stands.
if [ ! "$work/after.json" -nt "$sbert" ]; then
  rm -f "$work/after.json"
  evaluate "$model" "$work/before.json"
  started=$(date +%s%N)
  $sbert train --model "$model" --data "$data/train.jsonl" --columns gloss,lemmas \
    --loss MultipleNegativesRankingLoss --batch-size 64 --epochs 1 --lr 5e-5 --warmup-ratio 0.1 \
    --log "$work/train_log.jsonl" --output "$trained"
  echo $((($(date +%s%N) - started) / 1000000000)) >"$seconds_file"
  evaluate "$trained" "$work/after.json"
else
  echo "done before with this build; remove $work to do it again"
fi

metric() {
  awk -F '[":, ]+' -v name="$2" '$2 == name { print $3 }' "$work/$1.json"
}

printf '\n%-34s %8s %8s\n' "1,000 held-out glosses find their" "before" "after"
printf '%-34s %8s %8s\n' "words among 10,000 candidates" "training" "training"
for name in cosine_accuracy@1 cosine_accuracy@10 cosine_mrr@10; do
  printf '%-34s %8.3f %8.3f\n' "${name#cosine_}" "$(metric before $name)" "$(metric after $name)"
done
printf 'training took %s s, with loading and saving the model\n' "$(cat "$seconds_file")"

section "6/6 mine: the most similar pair among 10,000 sentences (49,995,000 pairs)"
started=$(date +%s%N)
$sbert mine --model "$model" --input "$data/sentences.txt" --top-k 3 --quiet >"$work/pairs.tsv"
printf 'found in %d s\n' $((($(date +%s%N) - started) / 1000000000))
awk -F '\t' '{ printf "%.3f  %s\n       %s\n", $1, $4, $5 }' "$work/pairs.tsv"

section "done"
cat <<END
The model in $trained is a sentence-transformers directory like any other; Python opens it as it is.
Three things to try next:

  echo 'a large shallow dish used for serving food' | $sbert encode --model $trained
  $sbert similarity --model $trained 'a device that tells the time' clock guitar 'wrist watch'
  ./test.sh
END

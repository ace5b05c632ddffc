#!/bin/sh
# Turns WordNet (Debian package wordnet-base) into a data set that teaches a model to find words by their meaning.
#
#   ./make_dataset.sh OUTPUT_DIRECTORY [WORDNET_DIRECTORY]
#
# Writes train.jsonl, heldout.jsonl, candidates.txt and sentences.txt; README.md says what is in them. The selection
# is fixed: everybody gets the same files.
set -eu
export LC_ALL=C

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
  echo "usage: $0 OUTPUT_DIRECTORY [WORDNET_DIRECTORY]" >&2
  exit 2
fi
output=$1
wordnet=${2:-/usr/share/wordnet}
for part in noun verb adj adv; do
  if [ ! -r "$wordnet/data.$part" ]; then
    echo "$0: $wordnet/data.$part is missing; install it with: apt-get install wordnet-base" >&2
    exit 1
  fi
done

# A half-written data set must not look like a whole one: write beside it, then rename.
mkdir -p "$output"
scratch=$(mktemp -d "$output/.unfinished.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

# One line a synset: key, gloss, lemmas. The key puts them into an order that looks random and is always the same
# (multiples of 2^32 divided by the golden ratio), so that every part of speech and every topic is spread evenly.
awk '
  function hexadecimal(digits,    i, value) {
    value = 0
    for (i = 1; i <= length(digits); i++) value = value * 16 + index("0123456789abcdef", substr(digits, i, 1)) - 1
    return value
  }
  /^  / { next }  # the licence
  {
    synsets++
    count = hexadecimal($4)
    lemmas = ""
    for (i = 0; i < count; i++) {
      lemma = $(5 + 2 * i)
      sub(/\((a|p|ip)\)$/, "", lemma)  # where an adjective may stand
      gsub(/_/, " ", lemma)
      lemmas = lemmas (i > 0 ? ", " : "") lemma
    }
    gloss = $0
    sub(/^[^|]*\| */, "", gloss)
    sub(/".*$/, "", gloss)  # quoted examples come last, and often hold the very word
    sub(/[ ;:,]+$/, "", gloss)
    if (gloss == "" || (gloss lemmas) ~ /["\\]/) next  # so that nothing in the JSON below needs escaping
    printf "%.0f\t%s\t%s\n", (synsets * 2654435761) % 4294967296, gloss, lemmas
  }' "$wordnet/data.noun" "$wordnet/data.verb" "$wordnet/data.adj" "$wordnet/data.adv" |
  sort -n |
  awk -F '\t' -v OFS='\t' '!($2 in glosses) && !($3 in words) { glosses[$2]; words[$3]; print $2, $3 }' \
    >"$scratch/synsets"

awk -F '\t' -v directory="$scratch" '
  function pair() { return "{\"gloss\": \"" $1 "\", \"lemmas\": \"" $2 "\"}" }
  NR <= 1000 { print pair() > (directory "/heldout.jsonl") }
  NR <= 10000 {
    print $2 > (directory "/candidates.txt")
    print $1 > (directory "/sentences.txt")
    next
  }
  NR <= 16400 { print pair() > (directory "/train.jsonl"); next }
  { exit }' "$scratch/synsets"

lines=$(wc -l <"$scratch/train.jsonl")
if [ "$lines" -ne 6400 ]; then
  echo "$0: $wordnet has too few synsets: $lines training pairs instead of 6400" >&2
  exit 1
fi
for file in train.jsonl heldout.jsonl candidates.txt sentences.txt; do
  mv "$scratch/$file" "$output/$file"
done

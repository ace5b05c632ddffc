#!/usr/bin/env bash
# What is replaced keeps permissions; temporary files follow no link that somebody laid.
. "$(dirname "$0")/common.bash"

echo 'the cat sleeps' >text
mode() { stat -c %a "$1"; }
touch p.jsonl && chmod 600 p.jsonl
"$sbert" encode --model "$model" --input text --output p.jsonl
[ "$(mode p.jsonl)" = 600 ] || die "p.jsonl: $(mode p.jsonl)"
(umask 027 && "$sbert" encode --model "$model" --input text --output new.jsonl)
[ "$(mode new.jsonl)" = 640 ] || die "new.jsonl: $(mode new.jsonl)"
mkdir -m 2775 d
train_tiny d
[ "$(mode d)" = 2775 ] || die "d: $(mode d)"
chmod 640 d/model.safetensors
train_tiny d
[ "$(mode d/model.safetensors)" = 640 ] || die "weights: $(mode d/model.safetensors)"
if [ "$(id -u)" -eq 0 ]; then
  chown 12:34 p.jsonl d
  "$sbert" encode --model "$model" --input text --output p.jsonl
  train_tiny d
  [ "$(stat -c %u:%g p.jsonl d | sort -u)" = 12:34 ] || die "owners: $(stat -c %u:%g p.jsonl d)"
fi

# Names of before, which could be guessed.
mkdir shared
echo precious >victim
for i in $(seq 0 50); do
  ln -s ../victim "shared/.v.npy.$(($$ + i))-0.tmp"
done
"$sbert" encode --model "$model" --input text --output shared/v.npy
[ "$(cat victim)" = precious ] || die "written through a link"
[ ! -L shared/v.npy ] || die "the output is a link"

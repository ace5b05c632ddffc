#!/usr/bin/env bash
# A mount point cannot be replaced: it is filled, and opens as a model at every moment; what may not be written is refused first.
. "$(dirname "$0")/common.bash"

mkdir disk
mount -t tmpfs none disk 2>/dev/null || skip "may not mount a tmpfs"
trap 'umount "$work/ro" 2>/dev/null; umount "$work/v.npy" 2>/dev/null; umount "$work/disk"; rm -rf "$work"' EXIT
echo 'the cat sleeps' >text
echo mine >disk/mine.txt
train_tiny disk
train_tiny disk --lr 1e-4
train_tiny plain --lr 1e-4
cmp disk/model.safetensors plain/model.safetensors
[ "$(cat disk/mine.txt)" = mine ] || die "somebody's file is gone"
[ -z "$(find disk -name '.*')" ] || die "left behind: $(find disk)"
mkdir disk/new
"$sbert" convert plain disk/new
cmp disk/new/model.safetensors plain/model.safetensors

# A file that is mounted, as containers do it.
: >v.npy
echo something longer than the vector is >backing
mount --bind backing v.npy
"$sbert" encode --model "$model" --input text --output v.npy
"$sbert" encode --model "$model" --input text --output w.npy
cmp v.npy w.npy

mkdir ro
mount -t tmpfs none ro && mount -o remount,ro ro
expect_fail 1 'ro.*[Rr]ead-only' "$sbert" train --model nowhere --data pairs.jsonl --columns a,b,score \
  --loss CosineSimilarityLoss --output ro
expect_fail 1 'ro/model.*[Rr]ead-only' "$sbert" train --model nowhere --data pairs.jsonl --columns a,b,score \
  --loss CosineSimilarityLoss --output ro/model
expect_fail 1 'ro/v.npy.*[Rr]ead-only' "$sbert" encode --model nowhere --input text --output ro/v.npy

#!/usr/bin/env bash
# A file system that runs full: an error naming the file, and no half-written file or model. What tells of the training stays.
. "$(dirname "$0")/common.bash"

mkdir disk
mount -t tmpfs -o size=100k none disk 2>/dev/null || skip "may not mount a tmpfs"
trap 'umount "$work/disk"; rm -rf "$work"' EXIT
seq -f 'the cat number %.0f sleeps' 2000 >texts.txt
expect_fail 1 'disk/v.npy: .*No space left' "$sbert" encode --model "$model" --input texts.txt --output disk/v.npy --quiet
write_pairs >pairs.jsonl
expect_fail 1 '/disk/model/[a-z_./]+: .*No space left' "$sbert" train --model "$model" --data pairs.jsonl --columns a,b,score \
  --loss CosineSimilarityLoss --output disk/model --quiet
report=disk/model/report.html
[ ! -e $report ] || [ "$(tail -n 1 $report)" = '</html>' ] || die "half a report"
rm -rf $report disk/model/runs/events.out.tfevents.*
rmdir disk/model/runs disk/model || die "left behind: $(find disk)"
expect_fail 1 '/disk/model/[a-z_./]+: .*No space left' "$sbert" convert "$model" disk/model
# What comes through a pipe waits on disk.
seq -f '{"a": "the cat number %.0f sleeps", "b": "a kitten"}' 5000 >rows.jsonl
# shellcheck disable=SC2016  # for the inner shell
expect_fail 1 '/disk: cannot write a temporary file: .*No space left.*TMPDIR' bash -c '"$@" < <(cat rows.jsonl)' bash \
  env TMPDIR="$work/disk" "$sbert" train \
  --model "$model" --data - --format jsonl --loss MultipleNegativesRankingLoss --output model --quiet
[ -z "$(ls -A disk)" ] || die "left behind: $(ls -A disk)"

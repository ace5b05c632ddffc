#!/usr/bin/env bash
# Memory does not grow with the data: rows are read one by one, and token ids wait in a temporary file.
. "$(dirname "$0")/common.bash"

grep -q __asan_init "$sbert" && skip "a sanitizer takes memory of its own"
grep -q __tsan_init "$sbert" && skip "a sanitizer takes memory of its own"

# Megabytes that training N rows takes at its peak.
peak() {
  seq "$1" | awk '{ printf "{\"a\": \"the cat number %d sleeps\", \"b\": \"", $1
    for (i = 0; i < 40; ++i) printf "a small kitten on a red chair "
    print "\"}" }' >rows.jsonl
  python3 - "$sbert" train --model "$model" --data rows.jsonl --loss MultipleNegativesRankingLoss --batch-size 4 \
    --batches no-duplicates --max-steps 3 --threads 1 --output "out-$1" --quiet <<'END'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
END
}
few=$(peak 1000)
many=$(peak 150000)
echo "$few MB for 1,000 rows, $many MB for $(du -m rows.jsonl | cut -f 1) MB of rows"
[ "$many" -lt $((few + 90)) ] || die "memory grows with the data"
[ -z "$(find . -name '.sbert-*')" ] || die "temporary files are left: $(find . -name '.sbert-*')"

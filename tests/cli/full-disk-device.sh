#!/usr/bin/env bash
# A device without room, as stdout and as the output file.
. "$(dirname "$0")/common.bash"

[ -c /dev/full ] || skip "no /dev/full"
echo 'the cat sleeps' >text
status=0
"$sbert" encode --model "$model" --input text --quiet >/dev/full 2>error || status=$?
[ "$status" -eq 1 ]
grep -Eq '^sbert: error: stdout: .*No space left' error || die "$(cat error)"
expect_fail 1 '/dev/full: .*No space left' "$sbert" encode --model "$model" --input text --output /dev/full --quiet

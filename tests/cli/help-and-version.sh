#!/usr/bin/env bash
# --help shows examples first, on stdout, for the command and for each of its commands.
. "$(dirname "$0")/common.bash"

"$sbert" --version | grep -Eq '^sbert [0-9]+\.[0-9]+\.[0-9]+$'
"$sbert" --help >help
grep -q '^examples:' help
for command in encode similarity mine tokenize info train eval; do
  grep -q "^  $command " help || die "$command is not in --help"
  "$sbert" $command --help >"$command.help"
  [ "$(sed -n 3p "$command.help")" = examples: ] || die "$command --help does not begin with examples"
  grep -q "sbert $command " "$command.help"
done

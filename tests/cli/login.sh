#!/usr/bin/env bash
# A token is typed unseen, or comes from a flag, $HF_TOKEN or stdin; it is kept where Python's tools look, for this user only.
. "$(dirname "$0")/common.bash"

umask 000
start_hub --page-size 1000
expect_fail 1 'nobody is logged in.*sbert login.*/settings/tokens' "$sbert" whoami

"$sbert" login --token hf_alice_write 2>notes
grep -q "logged in as alice; the token is kept in $HF_HOME/token" notes || die "$(cat notes)"
[ "$(cat "$HF_HOME/token")" = hf_alice_write ]
[ "$(stat -c %a "$HF_HOME/token" "$HF_HOME/stored_tokens" | sort -u)" = 600 ]
[ "$(stat -c %a "$HF_HOME")" = 700 ]
grep -A1 -F '[alice-write]' "$HF_HOME/stored_tokens" | grep -q 'hf_token = hf_alice_write' || die "$(cat "$HF_HOME/stored_tokens")"
"$sbert" whoami | diff - <(printf '%s\n' alice 'organizations: acme' "token: alice-write (write, can write), from $HF_HOME/token")
"$sbert" whoami --json | python3 -c 'import json, sys; assert json.load(sys.stdin)["may_write"] is True'

# A token that is wrong changes nothing and is not repeated.
expect_fail 1 'not valid' "$sbert" login --token hf_mistyped
if "$sbert" login --token hf_mistyped 2>&1 | grep hf_mistyped; then die "the token was shown"; fi
expect_fail 2 'that is no token' "$sbert" login --token 'two words'
expect_fail 2 'that is no token' "$sbert" login
[ "$(cat "$HF_HOME/token")" = hf_alice_write ]

# From $HF_TOKEN and from stdin; those that cannot write are warned about.
HF_TOKEN=hf_alice_fine "$sbert" login 2>notes
[ "$(cat "$HF_HOME/token")" = hf_alice_fine ]
[ "$(wc -l <notes)" -eq 1 ]
echo hf_alice_read | "$sbert" login 2>notes
grep -q "can only read.*'sbert push'" notes || die "$(cat notes)"
HF_TOKEN=hf_bob_write "$sbert" login --token hf_alice_write 2>notes
grep -q 'but HF_TOKEN holds another token' notes || die "$(cat notes)"
[ "$(HF_TOKEN=hf_bob_write "$sbert" whoami | head -1)" = bob ]

# On a terminal: asked for, and not shown.
python3 - "$sbert" <<'END'
import os, pty, sys

def until(terminal, text):
  shown = b""
  while text not in shown:
    shown += os.read(terminal, 1000)
  return shown

process, terminal = pty.fork()
if process == 0:
  os.execv(sys.argv[1], [sys.argv[1], "login"])
shown = until(terminal, b"not shown): ")
os.write(terminal, b"hf_bob_write\n")
shown += until(terminal, b"logged in as bob")
assert b"hf_bob_write" not in shown, shown
assert os.waitpid(process, 0)[1] == 0
END
[ "$(cat "$HF_HOME/token")" = hf_bob_write ]

"$sbert" logout 2>notes
grep -q 'removed' notes
[ ! -e "$HF_HOME/token" ]
[ ! -e "$HF_HOME/stored_tokens" ]
"$sbert" logout 2>notes
grep -q 'nobody was logged in' notes
expect_fail 1 'nobody is logged in' "$sbert" whoami
expect_fail 1 'HF_HUB_OFFLINE' env HF_HUB_OFFLINE=1 "$sbert" login --token hf_alice_write

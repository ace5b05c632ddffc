"""A Hugging Face Hub for tests, on 127.0.0.1 and in memory, with nothing but Python's standard library.

    python3 tests/hub/server --repo model:acme/tiny=DIRECTORY [--repo dataset:acme/rows=DIRECTORY,private ...]

Prints one JSON line, {"endpoint": ..., "storage": ...}, and ends when its stdin does. Accounts and tokens: store.py.
Faults: state.py, sent to POST {endpoint}/_test/fault; GET {endpoint}/_test/log tells what was asked, and what of it
was wrong.
"""
import argparse
import json
import pathlib
import sys
import threading

import files
import hub
from state import State
from store import Store
from wire import Server


def add_repo(store, text):
    """KIND:NAME=DIRECTORY[,private][,gated][,was=OLD/NAME][,branch=REVISION]"""
    where, *options = text.split(",")
    kind, _, rest = where.partition(":")
    name, _, directory = rest.partition("=")
    repo = store.seed(kind, name, pathlib.Path(directory), private="private" in options, gated="gated" in options)
    for option in options:
        key, _, value = option.partition("=")
        if key == "was":
            store.moved[kind, value] = name
        elif key == "branch":
            repo.branches[value] = repo.branches["main"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--repo", action="append", default=[])
    parser.add_argument("--multipart-size", type=int, default=5 << 20)
    parser.add_argument("--page-size", type=int, default=1000)
    parser.add_argument("--certificate", help="key and certificate: the Hub speaks HTTPS")
    options = parser.parse_args()
    state = State(Store(options.multipart_size, options.page_size))
    for repo in options.repo:
        add_repo(state.store, repo)
    servers = [Server("hub", hub.answer, state, options.certificate), Server("storage", files.storage, state)]
    state.hub_url, state.storage_url = (server.url for server in servers)
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"endpoint": state.hub_url, "storage": state.storage_url}), flush=True)
    sys.stdin.read()


main()

"""Our downloads from olah, a mirror, which serves git checkouts offline: the cache has to be what huggingface_hub makes."""
import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

SBERT, MODEL = sys.argv[1:]
PATIENCE = 60  # seconds until the mirror has to answer
GIT = ["git", "-c", "user.name=Alice", "-c", "user.email=alice@example.org", "-c", "init.defaultBranch=main"]
ROWS = [{"a": "the cat sleeps", "b": "a cat is asleep"}, {"a": "red car", "b": "the car is red"}]


def run(*words, **variables):
    """stdout of a command that has to succeed."""
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, env=os.environ | variables)
    assert done.returncode == 0, f"{words}: exit {done.returncode}\n{done.stderr}"
    return done.stdout.strip()


def git(repository, *words):
    return run(*GIT, "-C", repository, *words)


def store_large_files(repository):
    """What git-lfs does: a pointer in place of each, and the content beside the repository's objects."""
    for path in repository.rglob("*.safetensors"):
        content = path.read_bytes()
        oid = hashlib.sha256(content).hexdigest()
        stored = repository / ".git" / "lfs" / "objects" / oid[:2] / oid[2:4] / oid
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_bytes(content)
        path.write_text(f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n")


def commit(repository):
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "Change")


@contextlib.contextmanager
def mirror(work):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (work / "olah.toml").write_text(f'[basic]\nhost = "127.0.0.1"\nport = {port}\nrepos-path = "{work}/repos"\n'
                                    f'mirrors-path = ["{work}/mirrors"]\n[accessibility]\noffline = true\n')
    log = work / "log.txt"
    with log.open("w") as output:
        server = subprocess.Popen([pathlib.Path(sys.executable).with_name("olah-cli"), "-c", work / "olah.toml", "--log-path",
                                   work / "logs"], stdout=output, stderr=output, cwd=work)
    try:
        endpoint = f"http://127.0.0.1:{port}"
        for _ in range(PATIENCE * 10):
            with contextlib.suppress(urllib.error.URLError):
                urllib.request.urlopen(endpoint + "/api/models/acme/tiny/revision/main")
                break
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        else:
            raise AssertionError("olah does not answer:\n" + log.read_text())
        yield endpoint
    finally:
        server.terminate()
        server.wait()


def tree(directory):
    """Every name below it, with what a link leads to, and what a file says; locks are each program's own business."""
    found = {}
    for path in directory.rglob("*"):
        name = str(path.relative_to(directory))
        if ".locks" in name or name.endswith("CACHEDIR.TAG") or not (path.is_symlink() or path.is_file()):
            continue
        if path.is_symlink():
            found[name] = os.readlink(path)
        elif path.parent.name == "trees":
            found[name] = json.loads(path.read_text())
        else:
            found[name] = path.read_bytes()
    return found


def check_pull(work, model, files):
    ours, theirs = work / "ours", work / "theirs"
    directory = pathlib.Path(run(SBERT, "pull", model, HF_HOME=str(ours)))
    assert {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()} == files
    name, _, revision = model.partition("@")
    code = f"import huggingface_hub as hub; print(hub.snapshot_download({name!r}, revision={revision or None!r}))"
    run(sys.executable, "-c", code, HF_HOME=str(theirs))
    assert tree(ours / "hub") == tree(theirs / "hub")
    assert run(sys.executable, "-c", code, HF_HOME=str(ours), HF_HUB_OFFLINE="1") == str(directory)


def main(work):
    model, rows = work / "mirrors" / "models" / "acme" / "tiny", work / "mirrors" / "datasets" / "acme" / "rows"
    shutil.copytree(MODEL, model)
    files = {str(path.relative_to(MODEL)): path.read_bytes() for path in pathlib.Path(MODEL).rglob("*") if path.is_file()}
    git(model, "init", "--quiet")
    store_large_files(model)
    commit(model)
    git(model, "tag", "v1")
    (rows / "data").mkdir(parents=True)
    (rows / "data" / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    git(rows, "init", "--quiet")
    commit(rows)
    with mirror(work) as endpoint:
        os.environ["HF_ENDPOINT"] = endpoint
        check_pull(work, "acme/tiny", files)
        changed = json.dumps(json.loads(files["config.json"]) | {"name": "newer"}).encode()
        (model / "config.json").write_bytes(changed)
        commit(model)
        check_pull(work, "acme/tiny", files | {"config.json": changed})
        check_pull(work, "acme/tiny@v1", files)
        shown = run(SBERT, "train", "--model", "acme/tiny", "--data", "hf:acme/rows", "--loss", "MultipleNegativesRankingLoss",
                    "--check", HF_HOME=str(work / "ours"))
        assert all(text in shown for row in ROWS for text in row.values()), shown


with tempfile.TemporaryDirectory() as scratch:
    main(pathlib.Path(scratch))

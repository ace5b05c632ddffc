"""The official Python client, any version, against the test server: HF_ENDPOINT says where that is."""
import os
import pathlib
import sys
import tempfile

import huggingface_hub
from huggingface_hub import CommitOperationAdd, HfApi, hf_hub_download, snapshot_download
from huggingface_hub.utils import (EntryNotFoundError, GatedRepoError, HfHubHTTPError, RepositoryNotFoundError,
                                   RevisionNotFoundError)

WEIGHTS = os.urandom(700_000)
FILES = {"README.md": b"---\nlicense: mit\n---\n# Tiny\n", "config.json": b"{}\n", "model.safetensors": WEIGHTS,
         "1_Pooling/config.json": b"[]\n", "small.bin": b"\0\1\2", "empty.txt": b""}


def expect(error, call, *arguments, **options):
    try:
        call(*arguments, **options)
    except error:
        return
    raise AssertionError(f"{call.__name__} should have thrown {error.__name__}")


def write(directory, files):
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def accounts():
    api = HfApi(token="hf_alice_write")
    me = api.whoami()
    assert me["name"] == "alice" and [org["name"] for org in me["orgs"]] == ["acme"], me
    assert me["auth"]["accessToken"]["role"] == "write"
    expect(OSError, HfApi(token="hf_wrong").whoami)
    return api


def uploads(api, work):
    source = work / "source"
    write(source, FILES)
    assert api.create_repo("acme/tiny", private=True).repo_id == "acme/tiny"
    expect(HfHubHTTPError, api.create_repo, "acme/tiny")
    api.create_repo("acme/tiny", exist_ok=True)
    expect(HfHubHTTPError, HfApi(token="hf_alice_read").create_repo, "acme/other")
    expect(HfHubHTTPError, HfApi(token="hf_bob_write").create_repo, "acme/other")
    commit = api.upload_folder(repo_id="acme/tiny", folder_path=source, commit_message="Add a model")
    assert commit.commit_url.endswith(f"/acme/tiny/commit/{commit.oid}"), commit
    again = api.upload_folder(repo_id="acme/tiny", folder_path=source)
    assert api.model_info("acme/tiny").sha == commit.oid, f"nothing changed, but {again} was committed"
    request = api.upload_file(repo_id="acme/tiny", path_in_repo="new.txt", path_or_fileobj=b"new", create_pr=True)
    assert request.pr_revision == "refs/pr/1", request
    assert api.file_exists("acme/tiny", "new.txt", revision="refs/pr/1")
    change = [CommitOperationAdd("other.txt", b"other")]
    expect(HfHubHTTPError, api.create_commit, "acme/tiny", change, commit_message="x", parent_commit="0" * 40)
    api.create_branch("acme/tiny", branch="v1")
    api.delete_file("empty.txt", "acme/tiny", revision="v1")
    assert not api.file_exists("acme/tiny", "empty.txt", revision="v1")
    assert [branch.name for branch in api.list_repo_refs("acme/tiny").branches] == ["main", "v1"]
    return commit.oid


def downloads(commit, work):
    where = {"token": "hf_alice_read", "cache_dir": work / "cache"}
    snapshot = pathlib.Path(snapshot_download("acme/tiny", **where))
    assert snapshot.name == commit
    for name, content in FILES.items():
        assert (snapshot / name).read_bytes() == content, name
    alone = hf_hub_download("acme/tiny", "model.safetensors", token="hf_alice_read", cache_dir=work / "alone")
    assert pathlib.Path(alone).read_bytes() == WEIGHTS
    assert sorted(HfApi(token="hf_alice_read").list_repo_files("acme/tiny")) == sorted([*FILES, ".gitattributes"])
    # Without a token and over plain HTTP the client takes a 401 for what it is.
    expect(HfHubHTTPError, snapshot_download, "acme/tiny", token=False, cache_dir=work / "x")
    expect(RepositoryNotFoundError, snapshot_download, "acme/nope", **where)
    expect(RevisionNotFoundError, snapshot_download, "acme/tiny", revision="v9", **where)
    expect(EntryNotFoundError, hf_hub_download, "acme/tiny", "nope.json", **where)
    expect(GatedRepoError, hf_hub_download, "acme/gated", "config.json", token="hf_bob_write", cache_dir=work / "x")


def main():
    with tempfile.TemporaryDirectory() as directory:
        work = pathlib.Path(directory)
        downloads(uploads(accounts(), work), work)
    print(f"huggingface_hub {huggingface_hub.__version__}: as with the real Hub")


sys.exit(main())

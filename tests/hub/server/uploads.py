"""Uploads: which way each file goes, large files by git-lfs, and the commit."""
import base64
import json

from accounts import caller, check_write, find_repo
from files import signature
from repos import find_commit
from store import LFS_SIZE, File, sha256, wants_lfs
from wire import Answer, failure

LFS_TYPE = "application/vnd.git-lfs+json"
MAX_FILES = 256


def check_path(path):
    parts = path.split("/")
    if not path or path.startswith("/") or ".." in parts or "." in parts or "" in parts or ".git" in parts:
        raise failure(400, f"Invalid path: {path!r}")


def preupload(state, request, kind, name, revision):
    repo = find_repo(state, request, kind, name)
    # Anybody may open a pull request.
    if request.query.get("create_pr") != "1":
        check_write(request, repo.owner)
    commit, answers = find_commit(repo, revision), []
    files = request.json()["files"]
    if len(files) > MAX_FILES:
        raise failure(400, f"at most {MAX_FILES} files")
    for wish in files:
        check_path(wish["path"])
        sample = base64.b64decode(wish["sample"], validate=True)
        if len(sample) != min(512, wish["size"]):
            raise failure(400, f"{wish['path']}: the sample should be the first 512 bytes, not {len(sample)}")
        mode = "lfs" if wants_lfs(wish["path"], wish["size"], sample) else "regular"
        answer = {"path": wish["path"], "uploadMode": mode, "shouldIgnore": False}
        if wish["path"] in commit.files:
            answer["oid"] = commit.files[wish["path"]].etag
        answers.append(answer)
    return Answer(200, {"files": answers, "commitOid": commit.oid})


def lfs_request(request):
    for header in ("Content-Type", "Accept"):
        if request.headers.get(header, "").split(";")[0] != LFS_TYPE:
            raise failure(400, f"{header} should be {LFS_TYPE}")
    return request.json()


def signed(state, *segments):
    path = "/".join(segments)
    return f"{state.storage_url}/{path}?X-Signature={signature(path.split('/', 1)[1])}"


def upload_actions(state, base, oid, size, transfers):
    """Where one object goes: whole, or in parts."""
    part = state.store.multipart_size
    verify = {"href": f"{base}/verify", "header": {}}
    if size <= part or "multipart" not in transfers:
        return {"upload": {"href": signed(state, "upload", oid)}, "verify": verify}
    header = {f"{i + 1:05d}": signed(state, "part", oid, str(i + 1)) for i in range((size + part - 1) // part)}
    header["chunk_size"] = str(part)
    return {"upload": {"href": f"{base}/complete?uploadId={oid}", "header": header}, "verify": verify}


def lfs_batch(state, request, kind, name):
    find_repo(state, request, kind, name)
    if caller(request) is None:
        raise failure(401, "Invalid username or password.")
    wish = lfs_request(request)
    if wish.get("operation") != "upload" or wish.get("hash_algo", "sha256") not in ("sha256", "sha_256"):
        raise failure(400, "operation should be upload, hash_algo sha256")
    if len(wish["objects"]) > MAX_FILES:
        raise failure(400, f"at most {MAX_FILES} objects")
    base, objects, multipart = f"{state.hub_url}{request.path.removesuffix('/batch')}", [], False
    for wanted in wish["objects"]:
        oid, size = wanted["oid"], wanted["size"]
        if len(oid) != 64 or not isinstance(size, int):
            raise failure(400, f"not a sha256 and a size: {wanted}")
        answer = {"oid": oid, "size": size, "authenticated": True}
        if oid not in state.store.objects:
            answer["actions"] = upload_actions(state, base, oid, size, wish.get("transfers", ["basic"]))
            multipart |= "header" in answer["actions"]["upload"]
        objects.append(answer)
    return Answer(200, {"transfer": "multipart" if multipart else "basic", "objects": objects},
                  {"Content-Type": LFS_TYPE})


def lfs_complete(state, request):
    wish = lfs_request(request)
    parts = state.store.parts.pop(wish["oid"], {})
    if [part["partNumber"] for part in wish["parts"]] != list(range(1, len(parts) + 1)):
        raise failure(400, f"parts should be 1 to {len(parts)}")
    for part in wish["parts"]:
        if part["etag"] != parts[part["partNumber"]][0]:
            raise failure(400, f"part {part['partNumber']} has another ETag")
    state.store.uploaded[wish["oid"]] = b"".join(parts[number][1] for number in sorted(parts))
    return Answer(200, {"success": True})


def lfs_verify(state, request):
    if caller(request) is None:
        raise failure(401, "Invalid username or password.")
    wish = request.json()
    content = state.store.uploaded.get(wish["oid"], state.store.objects.get(wish["oid"]))
    if content is None:
        raise failure(404, "there is no such object")
    if sha256(content) != wish["oid"] or len(content) != wish["size"]:
        state.store.uploaded.pop(wish["oid"], None)
        raise failure(400, "the object is not what its name says")
    state.store.objects[wish["oid"]] = content
    return Answer(200, {"success": True})


def read_lines(request):
    if request.headers.get("Content-Type", "").split(";")[0] != "application/x-ndjson":
        raise failure(400, "Content-Type should be application/x-ndjson")
    lines = [json.loads(line) for line in request.body.decode().split("\n") if line]
    if not lines or lines[0].get("key") != "header":
        raise failure(400, "the first line should have the key 'header'")
    if not lines[0]["value"].get("summary"):
        raise failure(400, "a commit needs a summary")
    return lines[0]["value"], lines[1:]


def apply_line(state, files, key, value):
    check_path(value["path"])
    if key == "file":
        if value["encoding"] != "base64":
            raise failure(400, "encoding should be base64")
        content = base64.b64decode(value["content"], validate=True)
        if len(content) > LFS_SIZE:
            raise failure(400, f"{value['path']}: files larger than 10 MiB belong into LFS")
        files[value["path"]] = File(content, False)
    elif key == "lfsFile":
        # The JavaScript client does not ask for it to be verified.
        content = state.store.objects.get(value["oid"], state.store.uploaded.get(value["oid"], b""))
        if value["algo"] != "sha256" or sha256(content) != value["oid"] or len(content) != value["size"]:
            raise failure(400, f"{value['path']}: no such LFS object was uploaded")
        state.store.objects[value["oid"]] = content
        files[value["path"]] = File(content, True)
    elif key == "deletedFile":
        if files.pop(value["path"], None) is None:
            raise failure(404, f"{value['path']} does not exist", "EntryNotFound")
    elif key == "deletedFolder":
        for path in [path for path in files if path.startswith(value["path"].rstrip("/") + "/")]:
            del files[path]
    else:
        raise failure(400, f"unknown key: {key!r}")


def commit(state, request, kind, name, revision):
    repo = find_repo(state, request, kind, name)
    create_pr = request.query.get("create_pr") == "1"
    if create_pr:
        if caller(request) is None:
            raise failure(401, "Invalid username or password.")
    else:
        check_write(request, repo.owner)
    header, lines = read_lines(request)
    with state.store.lock:
        head = find_commit(repo, revision)
        if header.get("parentCommit") not in (None, head.oid):
            raise failure(412, "A commit has happened since. Please refresh and try again.")
        files = dict(head.files)
        for line in lines:
            apply_line(state, files, line["key"], line["value"])
        ref = repo.open_pull_request(head.oid) if create_pr else revision
        oid = repo.commit(ref, header["summary"], files, parent=head.oid)
    prefix = f"{state.hub_url}/{'' if kind == 'model' else kind + 's/'}{name}"
    answer = {"success": True, "commitUrl": f"{prefix}/commit/{oid}", "commitOid": oid, "hookOutput": ""}
    if create_pr:
        answer["pullRequestUrl"] = f"{prefix}/discussions/{ref.removeprefix('refs/pr/')}"
    return Answer(200, answer)


def validate_yaml(request):
    """The front matter of a README. The standard library reads no YAML: brackets, tabs and the closing line count."""
    wish = request.json()
    if wish.get("repoType") not in ("model", "dataset", "space"):
        raise failure(400, "repoType should be model, dataset or space")
    text = wish["content"].replace("\r\n", "\n")
    if not text.startswith("---\n"):
        return Answer(200, {"errors": [], "warnings": [{"message": "empty or missing yaml metadata in repo card"}]})
    matter, closed, _ = text[4:].partition("\n---")
    wrong = None if closed else "the front matter has no end"
    for line in matter.split("\n"):
        if line.startswith("\t") or line.count("[") != line.count("]") or line.count("{") != line.count("}"):
            wrong = f"bad indentation or brackets: {line!r}"
    if wrong:
        return Answer(400, {"error": wrong, "errors": [{"message": wrong}], "warnings": []})
    return Answer(200, {"errors": [], "warnings": []})

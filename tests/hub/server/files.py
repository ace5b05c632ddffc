"""Downloads: small files from the Hub itself, large ones from the storage, which is another origin."""
import hashlib
import urllib.parse

from accounts import check_gate, find_repo
from repos import find_commit
from wire import Answer, content_answer, failure


def signature(text):
    return hashlib.sha256(b"storage secret " + text.encode()).hexdigest()[:16]


def resolve(state, request, kind, name, revision, path):
    if request.method == "GET" and "User-Agent" not in request.headers:
        state.violation(f"{request.target}: no User-Agent")
    repo = find_repo(state, request, kind, name)
    check_gate(request, repo)
    commit = find_commit(repo, revision)
    file = commit.files.get(path)
    if file is None:
        raise failure(404, "Entry not found", "EntryNotFound", X_Repo_Commit=commit.oid)
    headers = {"X-Repo-Commit": commit.oid, "X-Linked-Etag": f'"{file.etag}"'}
    if request.headers.get("Authorization") is None:
        headers["X-HF-Warning"] = "unauthenticated; You are sending unauthenticated requests to the HF Hub."
    if not file.lfs:
        query = urllib.parse.urlencode({f"/{name}/resolve/{revision}/{path}": "", "etag": f'"{file.etag}"'})
        prefix = f"/api/resolve-cache/{kind}s/{name}/{commit.oid}/{urllib.parse.quote(path)}"
        raise Answer(307, b"Temporary Redirect. Redirecting to " + prefix.encode(),
                     {**headers, "Location": f"{prefix}?{query}", "Content-Type": "text/plain"})
    location = f"{state.storage_url}/xet-bridge/{file.etag}?X-Signature={signature(file.etag)}"
    raise Answer(302, b"Found. Redirecting to the storage",
                 {**headers, "X-Linked-Size": str(len(file.content)), "Location": location})


def resolve_cache(state, request, kind, name, oid, path):
    repo = find_repo(state, request, kind, name)
    check_gate(request, repo)
    file = find_commit(repo, oid).files.get(path)
    if file is None:
        raise failure(404, "Entry not found", "EntryNotFound")
    headers = {"ETag": f'"{file.etag}"', "X-Repo-Commit": oid, "Content-Type": "text/plain; charset=utf-8",
               "Content-Disposition": f'inline; filename="{path.rsplit("/", 1)[-1]}"'}
    answer = content_answer(request, file.content, headers)
    if answer.status == 200 and b"\0" not in file.content:
        answer.headers["X-May-Compress"] = "1"
    return answer


def storage(state, request):
    """The other origin, as strict as S3: what is signed needs no token, and a token beside a signature is an error."""
    if "Authorization" in request.headers:
        state.violation(f"storage {request.method} {request.path}: a token was sent to a foreign origin")
        raise Answer(400, b"<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>")
    if len(request.segments) < 2:
        raise failure(404, "no such object")
    kind, name = request.segments[0], request.segments[1]
    if request.query.get("X-Signature") != signature("/".join(request.segments[1:])):
        raise Answer(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
    if kind == "xet-bridge" and request.method in ("GET", "HEAD"):
        content = state.store.objects[name]
        # Its own ETag is another hash: nobody may take it for the file's.
        return content_answer(request, content, {"ETag": f'"{hashlib.sha256(name.encode()).hexdigest()}"'})
    if request.method != "PUT" or "Content-Length" not in request.headers:
        raise Answer(411 if request.method == "PUT" else 405)
    if kind == "upload":
        state.store.uploaded[name] = request.body
        return Answer(200, b"", {"ETag": f'"{hashlib.md5(request.body).hexdigest()}"'})
    if kind == "part":
        etag = f'"{hashlib.md5(request.body).hexdigest()}"'
        state.store.parts.setdefault(name, {})[int(request.segments[2])] = (etag, request.body)
        return Answer(200, b"", {"ETag": etag})
    raise Answer(404)

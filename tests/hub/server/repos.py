"""Repositories: create, describe, list."""
import urllib.parse

from accounts import caller, check_write, find_repo
from store import Repo
from wire import Answer, failure


def find_commit(repo, revision):
    commit = repo.find(revision)
    if commit is None:
        raise failure(404, f"Invalid rev id: {revision}", "RevisionNotFound")
    return commit


def create(state, request):
    wish = request.json()
    name, owner, kind = wish.get("name"), wish.get("organization"), wish.get("type") or "model"
    if not isinstance(name, str) or not name or "/" in name:
        raise failure(400, f"Invalid repo name: {name!r}")
    if kind not in ("model", "dataset", "space"):
        raise failure(400, f"Invalid repo type: {kind!r}")
    account = caller(request)
    owner = owner or (account.name if account else "")
    check_write(request, owner)
    visibility = wish.get("visibility") or ("private" if wish.get("private") else "public")
    if visibility not in ("public", "private", "protected"):
        raise failure(400, f"Invalid visibility: {visibility!r}")
    full, url = f"{owner}/{name}", f"{state.hub_url}/{'' if kind == 'model' else kind + 's/'}{owner}/{name}"
    with state.store.lock:
        if (kind, full) in state.store.repos:
            raise Answer(409, {"error": f"You already created this {kind} repo", "url": url},
                         {"X-Error-Message": f"You already created this {kind} repo"})
        state.store.repos[kind, full] = Repo(kind, full, private=visibility == "private")
    return Answer(200, {"url": url, "name": full, "id": full})


def delete(state, request):
    wish = request.json()
    account = caller(request)
    owner = wish.get("organization") or (account.name if account else "")
    check_write(request, owner)
    if state.store.repos.pop((wish.get("type") or "model", f"{owner}/{wish['name']}"), None) is None:
        raise failure(404, "Repository not found", "RepoNotFound")
    return Answer(200, b"OK")


def info(state, request, kind, name, revision):
    repo = find_repo(state, request, kind, name)
    commit = find_commit(repo, revision)
    siblings = []
    for path in sorted(commit.files):
        entry = {"rfilename": path}
        if request.query.get("blobs") in ("true", "True", "1"):
            file = commit.files[path]
            entry |= {"size": len(file.content), "blobId": file.oid}
            if file.lfs:
                entry["lfs"] = {"sha256": file.etag, "size": len(file.content), "pointerSize": 134}
        siblings.append(entry)
    return Answer(200, {"_id": "1", "id": repo.name, "modelId": repo.name, "author": repo.owner, "sha": commit.oid,
                        "lastModified": "2026-01-01T00:00:00.000Z", "private": repo.private,
                        "gated": "auto" if repo.gated else False, "disabled": False, "downloads": 0, "likes": 0,
                        "tags": [], "siblings": siblings, "createdAt": "2026-01-01T00:00:00.000Z"})


def entry_of(path, file):
    entry = {"type": "file", "oid": file.oid, "size": len(file.content), "path": path}
    if file.lfs:
        entry["lfs"] = {"oid": file.etag, "size": len(file.content), "pointerSize": 134}
    return entry


def tree(state, request, kind, name, revision, inside):
    commit = find_commit(find_repo(state, request, kind, name), revision)
    prefix = f"{inside}/" if inside else ""
    below = {path for path in commit.files if path.startswith(prefix)}
    if inside and not below:
        raise failure(404, f'{inside} does not exist on "{revision}"', "EntryNotFound")
    recursive = request.query.get("recursive") in ("true", "True", "1")
    directories = {prefix + "/".join(path[len(prefix):].split("/")[:depth])
                   for path in below for depth in range(1, path[len(prefix):].count("/") + 1)}
    names = sorted(directories | below)
    if not recursive:
        names = [entry for entry in names if "/" not in entry[len(prefix):]]
    start = int(request.query.get("cursor", 0))
    page = names[start:start + state.store.page_size]
    headers = {}
    if start + len(page) < len(names):
        query = urllib.parse.urlencode({**request.query, "cursor": start + len(page)})
        headers["Link"] = f'<{state.hub_url}{request.path}?{query}>; rel="next"'
    return Answer(200, [entry_of(entry, commit.files[entry]) if entry in below else
                        {"type": "directory", "oid": "0" * 40, "size": 0, "path": entry} for entry in page], headers)


def paths_info(state, request, kind, name, revision):
    commit = find_commit(find_repo(state, request, kind, name), revision)
    if "json" in request.headers.get("Content-Type", ""):
        paths = request.json()["paths"]
    else:
        paths = urllib.parse.parse_qs(request.body.decode()).get("paths", [])
    return Answer(200, [entry_of(path, commit.files[path]) for path in paths if path in commit.files])


def refs(state, request, kind, name):
    repo = find_repo(state, request, kind, name)

    def listing(names, prefix):
        return [{"name": name, "ref": prefix + name, "targetCommit": oid} for name, oid in names.items()]

    converts = {ref.removeprefix("refs/convert/"): oid for ref, oid in repo.branches.items() if "refs/convert/" in ref}
    branches = {ref: oid for ref, oid in repo.branches.items() if not ref.startswith("refs/")}
    answer = {"branches": listing(branches, "refs/heads/"), "tags": listing(repo.tags, "refs/tags/"),
              "converts": listing(converts, "refs/convert/")}
    if request.query.get("include_prs"):
        answer["pullRequests"] = [{"name": ref, "ref": ref, "targetCommit": oid}
                                  for ref, oid in repo.pull_requests.items()]
    return Answer(200, answer)


def commits(state, request, kind, name, revision):
    repo = find_repo(state, request, kind, name)
    commit, history = find_commit(repo, revision), []
    while commit is not None:
        history.append({"id": commit.oid, "title": commit.title, "message": "", "authors": [],
                        "date": "2026-01-01T00:00:00.000Z"})
        commit = repo.commits.get(commit.parent)
    return Answer(200, history, {"X-Total-Count": str(len(history))})


def branch(state, request, kind, name, branch_name):
    repo = find_repo(state, request, kind, name)
    check_write(request, repo.owner)
    start = request.json().get("startingPoint", "main") if request.body else "main"
    if branch_name in repo.branches:
        raise failure(409, f"Reference already exists: refs/heads/{branch_name}")
    repo.branches[branch_name] = find_commit(repo, start).oid
    return Answer(200, b"OK")

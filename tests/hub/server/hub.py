"""The Hub's addresses: which part answers what."""
import re
import urllib.parse

import accounts
import files
import repos
import uploads
from wire import Answer, failure

KINDS = "(model|dataset|space)s"
NAME = "([^/]+/[^/]+?|[^/]+?)"

ROUTES = [
    ("GET", "/api/whoami-v2", lambda state, request: accounts.whoami(request)),
    # Python's client asks once a day which programs it may be called by.
    ("GET", "/api/agent-harnesses", lambda state, request: Answer(200, {"standardEnvVars": [], "harnesses": {}})),
    ("POST", "/api/validate-yaml", lambda state, request: uploads.validate_yaml(request)),
    ("POST", "/api/repos/create", repos.create),
    ("DELETE", "/api/repos/delete", repos.delete),
    ("GET", f"/api/{KINDS}/{NAME}/tree/([^/]+)()", repos.tree),
    ("GET", f"/api/{KINDS}/{NAME}/tree/([^/]+)/(.+)", repos.tree),
    ("GET", f"/api/{KINDS}/{NAME}/refs", repos.refs),
    ("GET", f"/api/{KINDS}/{NAME}/commits/([^/]+)", repos.commits),
    ("GET", f"/api/{KINDS}/{NAME}/revision/([^/]+)", repos.info),
    ("POST", f"/api/{KINDS}/{NAME}/paths-info/([^/]+)", repos.paths_info),
    ("POST", f"/api/{KINDS}/{NAME}/branch/([^/]+)", repos.branch),
    ("POST", f"/api/{KINDS}/{NAME}/preupload/([^/]+)", uploads.preupload),
    ("POST", f"/api/{KINDS}/{NAME}/commit/([^/]+)", uploads.commit),
    ("HEAD|GET", f"/api/resolve-cache/{KINDS}/{NAME}/([0-9a-f]{{40}})/(.+)", files.resolve_cache),
    ("GET", f"/api/{KINDS}/{NAME}", lambda *where: repos.info(*where, "main")),
    ("POST", "/.+\\.git/info/lfs/objects/complete", uploads.lfs_complete),
    ("POST", "/.+\\.git/info/lfs/objects/verify", uploads.lfs_verify),
    ("POST", f"/(?:(dataset|space)s/)?{NAME}\\.git/info/lfs/objects/batch", uploads.lfs_batch),
    ("HEAD|GET", f"/(?:(dataset|space)s/)?{NAME}/resolve/([^/]+)/(.+)", files.resolve),
]


def control(state, request):
    """What a test says to the server, and asks it."""
    if request.path == "/_test/fault":
        state.faults.add(request.json())
    elif request.path == "/_test/log":
        return Answer(200, {"requests": state.requests, "violations": state.violations})
    elif request.path == "/_test/reset":
        state.faults.plan.clear()
        state.requests.clear()
        state.violations.clear()
    elif request.path == "/_test/grant":
        wish = request.json()
        state.store.repos["model", wish["repo"]].granted.add(wish["account"])
    else:
        raise failure(404, f"no such control: {request.path}")
    return Answer(200, {})


def answer(state, request):
    if request.path.startswith("/_test/"):
        return control(state, request)
    for methods, pattern, handler in ROUTES:
        found = re.fullmatch(pattern, request.path)
        if found and request.method in methods.split("|"):
            where = [urllib.parse.unquote(group) for group in found.groups(default="model")]
            return handler(state, request, *where)
    if request.path.startswith("/api/") or "/resolve/" in request.path:
        state.violation(f"{request.method} {request.target}: no such address")
    raise failure(404, "Not Found")

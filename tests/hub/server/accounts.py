"""Who asks, and what they may see and change."""
from store import ACCOUNTS
from wire import Answer, failure

CHALLENGE = 'Bearer realm="Authentication required", charset="UTF-8"'


def caller(request):
    """The account behind the token; None without one."""
    header = request.headers.get("Authorization")
    if header is None:
        return None
    account = ACCOUNTS.get(header.removeprefix("Bearer ")) if header.startswith("Bearer ") else None
    if account is None:
        raise failure(401, "Invalid credentials in Authorization header", WWW_Authenticate=CHALLENGE)
    return account


def unauthorized():
    return failure(401, "Invalid username or password.", WWW_Authenticate=CHALLENGE)


def find_repo(state, request, kind, name):
    """A repository that the caller may see. Whether it is missing or private is told to nobody."""
    account = caller(request)
    if (kind, name) in state.store.moved:
        new = state.store.moved[kind, name]
        raise Answer(307, b"", {"Location": request.target.replace(f"/{name}", f"/{new}", 1)})
    repo = state.store.repos.get((kind, name))
    if repo is None or (repo.private and (account is None or not belongs(account, repo))):
        raise unauthorized() if account is None else failure(404, "Repository not found", "RepoNotFound")
    return repo


def belongs(account, repo):
    return repo.owner in [account.name, *account.orgs]


def check_write(request, repo_owner):
    account = caller(request)
    if account is None:
        raise unauthorized()
    if repo_owner not in [account.name, *account.orgs]:
        raise failure(403, f"You don't have the rights to create or change a repository under {repo_owner!r}")
    if not account.may_write:
        raise failure(403, "Your token has no write access: this needs one with the 'write' role")
    return account


def check_gate(request, repo):
    """Files of a gated repository are for those who accepted its conditions."""
    account = caller(request)
    if repo.gated and (account is None or account.name not in repo.granted):
        raise failure(401 if account is None else 403,
                      f"Access to model {repo.name} is restricted. You must have access to it and be authenticated to "
                      "access it.", "GatedRepo")


def whoami(request):
    account = caller(request)
    if account is None:
        raise unauthorized()
    token = {"displayName": f"{account.name}-{account.role}", "role": account.role,
             "createdAt": "2026-01-01T00:00:00.000Z"}
    if account.role == "fineGrained":
        rights = ["repo.content.read"] + (["repo.write"] if account.may_write else [])
        token["fineGrained"] = {"canReadGatedRepos": True, "global": [],
                                "scoped": [{"entity": {"_id": "1", "type": "user", "name": account.name},
                                            "permissions": rights}]}
    return Answer(200, {
        "type": "user", "id": f"id-{account.name}", "name": account.name, "fullname": account.name.title(),
        "email": f"{account.name}@example.org", "emailVerified": True, "isPro": False, "canPay": False,
        "periodEnd": None, "avatarUrl": "/avatars/x.svg",
        "orgs": [{"type": "org", "id": f"id-{org}", "name": org, "fullname": org.title(), "canPay": False,
                  "avatarUrl": "/avatars/y.svg", "roleInOrg": "admin"} for org in account.orgs],
        "auth": {"type": "access_token", "accessToken": token}})

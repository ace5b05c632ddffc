"""What a Hub keeps: accounts, repositories with their commits, and large files by their sha256. All in memory."""
import dataclasses
import fnmatch
import hashlib
import threading

LFS_PATTERNS = ["*.safetensors", "*.bin", "*.parquet", "*.npy", "*.gz", "*.zip", "*.arrow", "*.h5", "*.onnx"]
LFS_SIZE = 10 << 20
GITATTRIBUTES = "".join(f"{pattern} filter=lfs diff=lfs merge=lfs -text\n" for pattern in LFS_PATTERNS).encode()


def git_sha1(content):
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def pointer(oid, size):
    """The text that git keeps in place of a large file."""
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {size}\n".encode()


def wants_lfs(path, size, sample):
    """The server decides: by name, by size, and whether the beginning is binary. An empty file is never large."""
    name = path.rsplit("/", 1)[-1]
    return size > 0 and (size > LFS_SIZE or b"\0" in sample or any(fnmatch.fnmatch(name, p) for p in LFS_PATTERNS))


@dataclasses.dataclass
class Account:
    name: str
    role: str  # of the token: read, write, fineGrained
    orgs: list
    may_write: bool


ACCOUNTS = {
    "hf_alice_write": Account("alice", "write", ["acme"], True),
    "hf_alice_read": Account("alice", "read", ["acme"], False),
    "hf_alice_fine": Account("alice", "fineGrained", ["acme"], True),
    "hf_alice_fine_read": Account("alice", "fineGrained", ["acme"], False),
    "hf_bob_write": Account("bob", "write", [], True),
}


@dataclasses.dataclass
class File:
    """A file at a commit. `content` of a large one is what is downloaded, not the pointer."""
    content: bytes
    lfs: bool

    @property
    def oid(self):
        return git_sha1(pointer(self.etag, len(self.content)) if self.lfs else self.content)

    @property
    def etag(self):
        return sha256(self.content) if self.lfs else git_sha1(self.content)


@dataclasses.dataclass
class Commit:
    oid: str
    parent: str
    title: str
    files: dict


class Repo:
    def __init__(self, kind, name, private=False, gated=False):
        self.kind, self.name, self.private, self.gated = kind, name, private, gated
        self.commits, self.branches, self.tags, self.pull_requests = {}, {}, {}, {}
        self.granted = set()  # accounts that accepted the conditions of a gated repository
        self.commit("main", "initial commit", {".gitattributes": File(GITATTRIBUTES, False)})

    @property
    def owner(self):
        return self.name.split("/")[0]

    def commit(self, ref, title, files, parent=None):
        parent = parent if parent is not None else self.branches.get(ref, "")
        listing = "".join(f"{path} {files[path].oid}\n" for path in sorted(files))
        oid = hashlib.sha1(f"{parent}\n{title}\n{listing}".encode()).hexdigest()
        self.commits[oid] = Commit(oid, parent, title, files)
        (self.pull_requests if ref.startswith("refs/pr/") else self.branches)[ref] = oid
        return oid

    def find(self, revision):
        revision = "main" if revision == "HEAD" else revision
        for names in (self.branches, self.tags, self.pull_requests):
            if revision in names:
                return self.commits[names[revision]]
        return self.commits.get(revision)

    def open_pull_request(self, base):
        ref = f"refs/pr/{len(self.pull_requests) + 1}"
        self.pull_requests[ref] = base
        return ref


class Store:
    def __init__(self, multipart_size, page_size):
        self.repos = {}  # (kind, name) -> Repo
        self.moved = {}  # (kind, old name) -> new name
        self.objects = {}  # sha256 -> content, verified
        self.parts = {}  # upload id -> {part number: content}
        self.uploaded = {}  # sha256 -> content, not yet verified
        self.multipart_size, self.page_size = multipart_size, page_size
        self.lock = threading.RLock()

    def seed(self, kind, name, directory, **options):
        """A repository with the files of a directory."""
        repo = self.repos.setdefault((kind, name), Repo(kind, name, **options))
        files = dict(repo.find("main").files)
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                inside = path.relative_to(directory).as_posix()
                files[inside] = File(content, wants_lfs(inside, len(content), content[:512]))
                if files[inside].lfs:
                    self.objects[files[inside].etag] = content
        repo.commit("main", f"add {directory.name}", files)
        return repo

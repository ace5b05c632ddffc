"""HTTP for the test servers: requests in, answers out, a log of both, and faults on demand."""
import gzip
import http.server
import json
import socket
import time
import urllib.parse


class Answer(Exception):
    """An answer, thrown by whoever knows it."""

    def __init__(self, status, body=b"", headers=None):
        super().__init__(status)
        self.status, self.headers = status, dict(headers or {})
        self.body = body
        if not isinstance(body, bytes):
            self.body = json.dumps(body).encode()
            self.headers.setdefault("Content-Type", "application/json; charset=utf-8")


def failure(status, message, code=None, **headers):
    """An error as the Hub words it."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    headers["X-Error-Message"] = message
    if code is not None:
        headers["X-Error-Code"] = code
    return Answer(status, {"error": message}, headers)


class Request:
    def __init__(self, handler):
        self.method, self.target, self.headers = handler.command, handler.path, handler.headers
        if self.target.startswith("http://"):  # we are its proxy
            self.target = "/" + self.target.split("/", 3)[3]
        self.path, _, query = self.target.partition("?")
        self.query = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        self.segments = [urllib.parse.unquote(part) for part in self.path.split("/")[1:]]
        self.body = handler.read_body()

    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            raise failure(400, "the body is not JSON")


class Handler(http.server.BaseHTTPRequestHandler):
    """One request after the other on one connection. What is wrong with a request that a real server would perhaps
    forgive goes into `state.violations`, which a test wants to be empty."""
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def log_message(self, *_):
        pass

    def read_body(self):
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def handle_any(self):
        state = self.server.state
        try:
            request = Request(self)
        except (ValueError, OSError):
            self.close_connection = True
            return
        if not request.path.startswith("/_test/"):
            state.log(self.server.role, request)
        fault = state.faults.take(self.server.role, request)
        try:
            answer = self.early_fault(request, fault) or self.server.answer(state, request)
        except Answer as thrown:
            answer = thrown
        except Exception as error:
            state.violations.append(f"{request.method} {request.target}: the test server failed: {error!r}")
            answer = failure(500, repr(error))
        try:
            self.send(request, answer, fault)
        except OSError:
            self.close_connection = True  # the client went away

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_any

    def early_fault(self, request, fault):
        """Faults that come in place of an answer."""
        if fault is None:
            return None
        time.sleep(fault.get("wait", 0))
        if fault["action"] == "whole":
            del request.headers["Range"]
        if fault["action"] == "drop":
            self.close_connection = True
            return Answer(0)
        if fault["action"] == "answer":
            return Answer(fault["status"], fault.get("body", "").encode(), fault.get("headers"))
        return None

    def send(self, request, answer, fault):
        """Faults that change one."""
        if answer.status == 0:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        body, headers = answer.body, answer.headers
        action = fault["action"] if fault else None
        if action == "corrupt" and body:
            at = fault.get("at", len(body) // 2)
            body = body[:at] + bytes([body[at] ^ 1]) + body[at + 1:]
        if action == "headers":
            headers = {**headers, **fault["headers"]}
        if "gzip" in self.headers.get("Accept-Encoding", "") and headers.pop("X-May-Compress", None):
            body = gzip.compress(body)
            headers["Content-Encoding"] = "gzip"
        headers.pop("X-May-Compress", None)
        self.send_response(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("X-Request-Id", "Root=1-test")
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if action == "cut":
            self.wfile.write(body[:fault["after"]])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif action == "slow":
            for at in range(0, len(body), fault["piece"]):
                self.wfile.write(body[at:at + fault["piece"]])
                self.wfile.flush()
                time.sleep(fault["pause"])
        else:
            self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, role, answer, state, certificate=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.role, self.answer, self.state = role, answer, state
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.server_port}"
        if certificate:
            import ssl

            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request, client_address):
        pass


def content_answer(request, content, headers):
    """A file, or the part of it that a Range header asks for."""
    wanted = request.headers.get("Range")
    headers = {"Accept-Ranges": "bytes", **headers}
    if wanted is None:
        return Answer(200, content, headers)
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    if not wanted.startswith("bytes=") or not first.isdigit() or int(first) >= len(content):
        return Answer(416, b"", {"Content-Range": f"bytes */{len(content)}"})
    begin, end = int(first), min(int(last), len(content) - 1) if last else len(content) - 1
    return Answer(206, content[begin:end + 1], {**headers, "Content-Range": f"bytes {begin}-{end}/{len(content)}"})

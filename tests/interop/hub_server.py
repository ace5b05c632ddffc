"""The Hub of tests/hub, started for a test; huggingface_hub and the command are pointed at it."""
import contextlib
import json
import os
import subprocess
import sys
import urllib.request

from conftest import ROOT, SBERT


class Hub:
    def __init__(self, endpoint, home):
        self.endpoint = endpoint
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_OFF"))}
        self.environment |= {"HF_ENDPOINT": endpoint, "HF_HOME": str(home), "HF_HUB_DISABLE_XET": "1",
                             "HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}

    def control(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        return json.load(urllib.request.urlopen(f"{self.endpoint}/_test/{path}", data))

    def sbert(self, *arguments, **variables):
        """stdout of our command."""
        return self._run([SBERT, *map(str, arguments)], variables)

    def python(self, code, **variables):
        """stdout of a program: this process read its environment when it imported huggingface_hub."""
        return self._run([sys.executable, "-c", code], variables)

    def _run(self, words, variables):
        done = subprocess.run(words, capture_output=True, text=True, env=self.environment | variables)
        assert done.returncode == 0, f"{words}: exit {done.returncode}\n{done.stderr}"
        return done.stdout


@contextlib.contextmanager
def running_hub(home, *arguments):
    server = subprocess.Popen([sys.executable, "-B", ROOT / "tests" / "hub" / "server", *map(str, arguments)],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        hub = Hub(json.loads(server.stdout.readline())["endpoint"], home)
        yield hub
        assert hub.control("log")["violations"] == []
    finally:
        server.stdin.close()
        server.wait()

"""What all threads of the test servers share."""
import re
import threading


class Faults:
    """What is to go wrong. A fault is {"match": regular expression on "hub GET /path", "action": ..., "times": n}:
      answer   status, headers, body in place of the real answer
      drop     the connection is closed without an answer
      cut      ... after `after` bytes of the body
      corrupt  one bit of the body differs
      headers  these headers replace those of the real answer
      slow     `piece` bytes at a time, `pause` seconds between them
      whole    a Range header is not understood
      none     nothing but `wait`
    With "wait" seconds before any of them; "skip" requests are left alone first."""

    def __init__(self):
        self.lock, self.plan = threading.Lock(), []

    def add(self, fault):
        with self.lock:
            self.plan.append({"times": 1, "skip": 0, **fault})

    def take(self, role, request):
        line = f"{role} {request.method} {request.target}"
        with self.lock:
            for fault in self.plan:
                if fault["times"] > 0 and re.search(fault["match"], line):
                    if fault["skip"] > 0:
                        fault["skip"] -= 1
                        return None
                    fault["times"] -= 1
                    return fault
        return None


class State:
    def __init__(self, store):
        self.store, self.faults = store, Faults()
        self.requests, self.violations = [], []
        self.hub_url = self.storage_url = ""

    def log(self, role, request):
        self.requests.append({"role": role, "method": request.method, "target": request.target,
                              "headers": {name.lower(): value for name, value in request.headers.items()},
                              "size": len(request.body)})

    def violation(self, text):
        self.violations.append(text)

"""The engines as the runner sees them: processes that load, run and answer, one after the other."""

import fcntl
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).parent
# Seconds after which an engine that does not answer is ended.
PATIENCE = 600


class Failure(Exception):
    """An engine refused, ended or took too long."""


class Process:
    """A process that answers a line of JSON with a line of JSON."""

    def __init__(self, name, command, folder):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, bufsize=1 << 20)
        # A long answer is not to wait for its reader.
        fcntl.fcntl(self.process.stdout, fcntl.F_SETPIPE_SZ, 1 << 20)

    def ask(self, order):
        """The answer's bytes and the seconds until the last of them was here."""
        line = json.dumps(order).encode() + b"\n"
        limit = threading.Timer(PATIENCE, self.process.kill)
        limit.start()
        try:
            began = time.perf_counter()
            self.process.stdin.write(line)
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
            seconds = time.perf_counter() - began
        except BrokenPipeError:
            answer = b""
        finally:
            limit.cancel()
        if not answer:
            raise Failure(f"ended with status {self.process.wait()}")
        return answer, seconds

    def memory(self, key):
        """A count of the kernel, such as VmHWM, in bytes."""
        with open(f"/proc/{self.process.pid}/status") as lines:
            return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(key)), 0)

    def close(self):
        self.process.kill()
        self.process.wait()


class Peer(Process):
    def __init__(self, name, threads, folder):
        # A library reads the number of its threads when it starts.
        super().__init__(name, ["env", f"POLARS_MAX_THREADS={threads}", sys.executable, str(HERE / "bench_worker.py"),
                                name, str(threads)], folder)

    def order(self, **order):
        answer = json.loads(self.ask(order)[0])
        if "error" in answer:
            raise Failure(answer["error"])
        return answer

    def load(self, kind, path):
        return self.order(do="load", kind=kind, path=path)["seconds"]

    def tune(self):
        self.order(do="tune")

    def run(self, query, out):
        return self.order(do="run", query=query.name, out=out)["seconds"]

    def answer(self):
        return self.order(do="answer")["rows"]

    def save(self, folder):
        return self.order(do="save", path=str(folder))["files"]


class Decoy(Process):
    """The program, over `decoy batch`; the time runs from sending a program to the last byte of its answer."""

    def __init__(self, name, program, threads, folder):
        super().__init__(name, [program, "batch", "--threads", str(threads)], folder)
        self.last = b""

    def program(self, text):
        self.last, seconds = self.ask({"program": text})
        if not self.last.startswith(b'{"ok": true'):
            answer = json.loads(self.last)
            if not answer["ok"]:
                raise Failure("; ".join(error["message"] for error in answer["errors"]))
        return seconds

    def load(self, kind, path):
        return self.program(f'load "{path}" as f')

    def tune(self):
        pass

    def run(self, query, out):
        return self.program(query.decoy.replace("{out}", out))

    def answer(self):
        return json.loads(self.last)["rows"]

    def save(self, folder):
        path = os.path.join(folder, "decoy.arrow")
        self.program(f'f | save "{path}" with replace = true')
        return {"Decoy Arrow": path}


class Engines:
    """The engines of a run, opened by name."""

    def __init__(self, options, folder):
        self.programs = {"decoy": options.program}
        if options.base_program:
            self.programs["base"] = str(Path(options.base_program).resolve())
        self.names = list(self.programs) + options.peers
        self.threads, self.folder = options.threads, folder

    def open(self, name):
        if name in self.programs:
            return Decoy(name, self.programs[name], self.threads, self.folder)
        return Peer(name, self.threads, self.folder)

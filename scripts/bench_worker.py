"""A peer as a process of its own: a line of JSON in, a line of JSON out.

    bench_worker.py PEER THREADS                       {"do": "load", "kind": "csv", "path": …}, tune, run, answer, save
    bench_worker.py PEER THREADS --reopen FILE QUERY   opens a snapshot, asks it and leaves"""

import datetime
import decimal
import json
import os
import sys
import time

from bench_peers import PEERS
from bench_queries import BY_NAME


def plain(value):
    """A cell as JSON can hold it."""
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (list, tuple)):
        return [plain(cell) for cell in value]
    return value


def rows_of(result):
    if isinstance(result, bytes):
        return [json.loads(line) for line in result.splitlines() if line]
    return [plain(row) for row in result]


class Worker:
    def __init__(self, peer):
        self.peer = peer
        self.last = []

    def do(self, order):
        began = time.perf_counter()
        match order["do"]:
            case "load":
                self.peer.load(order["kind"], order["path"])
            case "tune":
                self.peer.tune()
            case "run":
                self.last = []
                began = time.perf_counter()
                self.last = self.peer.run(BY_NAME[order["query"]], order["out"])
            case "save":
                return {"files": self.peer.save(order["path"])}
            case "answer":
                return {"rows": rows_of(self.last)}
        return {"seconds": time.perf_counter() - began}


def main(name, threads, rest):
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    peer = PEERS[name](int(threads))
    if rest[:1] == ["--reopen"]:
        json.dump(rows_of(peer.reopen(rest[1], BY_NAME[rest[2]])), answers)
        return
    worker = Worker(peer)
    for line in sys.stdin:
        try:
            answer = worker.do(json.loads(line))
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"[:500]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])

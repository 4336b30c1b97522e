"""The benchmark: see `scripts/bench --help`."""

import json
import platform
import re
import sys
import time
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

import bench_table
from bench_build import ROOT, base_program, own_program, run_shared
from bench_data import generate
from bench_engines import Engines
from bench_options import KINDS, arguments
from bench_process import audits, loads, snapshots, starts
from bench_queries import QUERIES
from bench_rounds import Loaded, log


def measured(options, folder, data):
    """Every result that was asked for, as it comes."""
    def wanted(*names):
        return any(re.search(options.only, name, re.IGNORECASE) for name in names)

    kinds = options.kind or KINDS
    engines = Engines(options, folder)
    source, rounds = str(data / "followers.csv"), options.load_rounds
    for name, kind, path, goal, memory in (
            ("Q1 load CSV", "csv", "followers.csv", 6 if options.rows >= 10_000_000 else 2.5, 1.3),
            ("load JSON lines", "json", "followers.jsonl", 2.5, None),
            ("load twenty CSV files", "parts", "parts/*.csv", 2.5, None)):
        if "load" in kinds and wanted(name, "load"):
            yield from loads(engines, name, kind, str(data / path), goal, rounds, memory)
    queries = [query for query in QUERIES if "query" in kinds and wanted(query.name, query.family)
               and (query.compared or not options.check)]
    with_snapshots = "process" in kinds and wanted("Q11 open a snapshot", "process")
    if queries or with_snapshots:
        loaded = Loaded(engines, source)
        for query in queries:
            yield loaded.measure(query, options.rounds, str(folder))
        if with_snapshots:
            yield snapshots(engines, loaded, rounds, folder)
        loaded.close()
    if "process" in kinds and wanted("Q12 start", "process"):
        yield starts(engines, max(rounds, 2 * options.rounds), folder)
    if "process" in kinds and wanted("audit", "analyst"):
        yield audits(engines, source, rounds, folder)


def versions(names):
    """The versions of the peers that are installed; the others are said and left out."""
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            log(f"{name} is not installed and takes no part")
    return found


def keep(options, peers, results, folder):
    """Writes down what is known so far."""
    found = {"rows": options.rows, "threads": options.threads, "machine": platform.machine(), "peers": peers,
             "results": [asdict(result) for result in results]}
    (folder / ("check.json" if options.check else "results.json")).write_text(json.dumps(found, indent=1))


def main():
    options = arguments()
    if options.list:
        for query in QUERIES:
            print(f"{query.family:12}{query.name:40}{query.decoy}")
        return 0
    folder = ROOT / ".build/bench"
    folder.mkdir(parents=True, exist_ok=True)
    options.program = str(Path(options.program or own_program()).resolve())
    if options.base and not options.base_program:
        options.base_program = base_program(options.base, folder)
    peers = versions(options.peers)
    options.peers = list(peers)
    if options.shared:
        return run_shared(options, folder)
    began = time.monotonic()
    data = generate(folder, options.rows)
    results = []
    for result in measured(options, folder, data):
        results.append(result)
        keep(options, peers, results, folder)
        if not options.check:
            name, ratio = result.best()
            told = f"{ratio:.2f} ({name})" if ratio else ""
            log(f"{time.monotonic() - began:5.0f} s  {result.name}  {told} {bench_table.verdict(result)}")
    if options.check:
        bench_table.print_check(results)
    else:
        bench_table.print_table(results, options.peers, bool(options.base_program), options.worst_first)
        bench_table.print_findings(results)
    return bench_table.wrong(results)


if __name__ == "__main__":
    sys.exit(main())

"""What is measured of whole processes: loads and their memory, the snapshot, the start, the audit of a file."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bench_core import NAMED_CORE
from bench_engines import HERE, Failure
from bench_peers import NAMES
from bench_rounds import Result, log

SNAPSHOT = NAMED_CORE["Q3"]


def read(path):
    """Brings a file into the cache of the system."""
    with open(path, "rb") as file:
        while file.read(1 << 24):
            pass


def loads(engines, name, kind, path, goal, rounds, memory_goal=None):
    """One kind of load, each in a fresh process; with a goal for it also the peak of memory."""
    for file in sorted(Path(path).parent.glob(Path(path).name)):
        read(file)
    result, peak = Result(name, "load", goal), Result(f"peak memory of {name}", "load", memory_goal or 1, unit="B")
    for _ in range(rounds):
        seconds, bytes_ = {}, {}
        for engine in engines.names:
            if engine in result.errors:
                continue
            process = engines.open(engine)
            try:
                process.memory("VmHWM")
                seconds[engine] = process.load(kind, path)
                bytes_[engine] = process.memory("VmHWM")
            except Failure as error:
                result.errors[engine] = str(error)
            process.close()
        result.rounds.append(seconds), peak.rounds.append(bytes_)
    return [result, peak] if memory_goal else [result]


def timed(command, folder):
    """A process from its start to its end, in seconds."""
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, text=True)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise Failure((done.stderr or done.stdout).strip().splitlines()[-1][:300] if done.stderr or done.stdout else
                      f"status {done.returncode}")
    return seconds


def processes(name, family, goal, commands, rounds, folder):
    """Commands by engine; where an engine has several ways its best counts. The first round is not counted."""
    result = Result(name, family, goal)
    taken = []
    for number in range(rounds + 1):
        figures = {}
        for way, (engine, command) in commands.items():
            if way in result.errors:
                continue
            try:
                figures[way] = timed(command, folder)
            except (Failure, OSError) as error:
                result.errors[way] = str(error)
        if number or not rounds:
            taken.append(figures)
    for engine in dict.fromkeys(engine for engine, _ in commands.values()):
        ways = [way for way, (owner, _) in commands.items() if owner == engine and all(way in row for row in taken)]
        best = min(ways, key=lambda way: sorted(row[way] for row in taken)[len(taken) // 2], default=None)
        if best:
            result.rounds = [dict(kept) | {engine: row[best]} for kept, row in zip(result.rounds or [{}] * len(taken), taken)]
    return result


def starts(engines, rounds, folder):
    """From nothing to the answer of a sum."""
    python = sys.executable
    commands = {name: (name, [program, "-c", "1 + 1"]) for name, program in engines.programs.items()}
    peers = {"duckdb": "import duckdb; print(duckdb.sql('select 1 + 1').fetchall())",
             "polars": "import polars; print(polars.select(polars.lit(1) + 1))",
             "chdb": "import chdb; print(chdb.query('select 1 + 1'))"}
    for name, program in peers.items():
        if name in engines.names:
            commands[f"{NAMES[name]} in Python"] = (name, [python, "-c", program])
    line = shutil.which("duckdb", path=os.path.dirname(python))
    if line and "duckdb" in engines.names:
        commands["DuckDB's command line"] = ("duckdb", [line, "-c", "select 1 + 1"])
    return processes("Q12 start", "process", 6, commands, rounds, folder)


def snapshots(engines, loaded, rounds, folder):
    """Saves the data as each likes it best, then opens it in a fresh process that asks Q3."""
    kept = folder / "snapshots"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    commands = {}
    for name, engine in loaded.open.items():
        place = kept / name
        place.mkdir()
        try:
            files = engine.save(place)
        except Failure as error:
            if name == "decoy":
                return Result("Q11 open a snapshot, Q3", "process", 8, skipped=str(error))
            log(f"Q11: {NAMES[name]} cannot save a snapshot: {error}")
            continue
        for way, path in files.items():
            if name in engines.programs:
                question = f'load "{path}" as f; {SNAPSHOT.decoy}'
                commands[f"{way} {name}"] = (name, [engines.programs[name], "--threads", str(engines.threads), "-c", question])
            else:
                commands[way] = (name, [
                    "env", f"POLARS_MAX_THREADS={engines.threads}", sys.executable, str(HERE / "bench_worker.py"), name,
                    str(engines.threads), "--reopen", path, SNAPSHOT.name])
    return processes("Q11 open a snapshot, Q3", "process", 8, commands, rounds, folder)


def audits(engines, path, rounds, folder):
    """The whole audit of a file against the time in which DuckDB, or the others, only load it."""
    result = Result("audit of the file beside Q1", "analyst", 1)
    for _ in range(rounds):
        figures = {}
        for name, program in engines.programs.items():
            try:
                figures[name] = timed([program, "audit", path, "--threads", str(engines.threads)], folder)
            except Failure as error:
                result.errors[name] = str(error)
        if "duckdb" in engines.names:
            process = engines.open("duckdb")
            figures["duckdb"] = process.load("csv", path)
            process.close()
        result.rounds.append(figures)
    return result

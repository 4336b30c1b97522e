"""The programs that are compared, and the runner of ../shared/bench."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "bench"


def output(*command, folder=ROOT):
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def own_program():
    return output("scripts/build", "release").splitlines()[-1]


def base_program(revision, folder):
    """Builds a revision in a work tree of its own, which is kept for the next time."""
    commit = output("git", "rev-parse", "--short=12", f"{revision}^{{commit}}")
    tree = folder / f"base-{commit}"
    if not tree.exists():
        output("git", "worktree", "prune")
        output("git", "worktree", "add", "--detach", str(tree), commit)
    subprocess.run(["swift", "build", "-c", "release", "--product", "decoy"], cwd=tree, stdout=sys.stderr, check=True)
    return output("swift", "build", "-c", "release", "--show-bin-path", folder=tree) + "/decoy"


def run_shared(options, folder):
    """The workload that is kept beside the project: its generator, its peers, its adapter for Decoy."""
    if not SHARED.exists():
        print(f"there is no {SHARED}: scripts/bench alone has a workload of its own", file=sys.stderr)
        return 2
    place = folder / f"shared-{options.rows}"
    place.mkdir(exist_ok=True)
    data, generator = place / "followers.csv", place / "generator"
    if not data.exists():
        subprocess.run(["cc", "-O2", "-o", generator, SHARED / "gen.c", "-lm", "-lpthread"], check=True)
        subprocess.run([generator, "--rows", str(options.rows), "--seed", "7", "--out", data], check=True)
    adapter = f"{sys.executable} {SHARED / 'decoy.py'} {options.program}"
    command = [
        sys.executable, str(SHARED / "bench.py"), "--data", str(data), "--snap", str(place), "--engines",
        ",".join(options.peers), "--phases", "load,query,start", "--reps", str(options.rounds), "--load-reps",
        str(options.load_rounds), "--ours", adapter + " {data}", "--ours-start", f"{options.program} -c 1+1", "--out",
        str(folder / "shared.json")]
    return subprocess.run(command, env=os.environ | {"THREADS": str(options.threads)}).returncode

"""How many bought followers the order evidence of `classify` finds: scripts/train FOLDER --batches.

Batches of 50 to 200 bought followers are planted into the two real lists: one vendor each, made within two
weeks to nine months, two months to three years before they follow, and mixed with 5 to 70 % of the list's
own followers. The scorecard has seen neither the list nor these bought followers.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import scorecard_data as data
import scorecard_model as model

ROOT = Path(__file__).parent.parent
TOOL = ROOT / ".build-train/order-evidence"
# Batches a list, and how often a list is planted.
BATCHES = {"A": (10, 3), "C": (2, 6)}
# W at which a follower is suspect and fake at the defaults.
SUSPECT, FAKE = np.log(19), np.log(19) + np.log(9)


def build():
    """Compiles the statistics with their kernels, for which SwiftPM would make a module map."""
    TOOL.parent.mkdir(exist_ok=True)
    kernels = ROOT / "Sources/CKernels"
    (TOOL.parent / "module.modulemap").write_text(
        f'module CKernels {{ umbrella header "{kernels}/include/CKernels.h" export * }}\n')
    kernel_sources = sorted(kernels.glob("*.c"))
    subprocess.run(["clang", "-O2", "-c", f"-I{kernels}/include", *kernel_sources], cwd=TOOL.parent, check=True)
    objects = [str(TOOL.parent / f"{path.stem}.o") for path in kernel_sources]
    sources = [str(path) for path in sorted((ROOT / "Sources/Statistics").rglob("*.swift"))]
    command = ["swiftc", "-O", "-wmo", "-parse-as-library", "-module-name", "Statistics", "-package-name", "decoy",
        "-I", str(TOOL.parent)]
    subprocess.run(
        command + ["-o", str(TOOL)] + sources + [str(ROOT / "scripts/order-evidence.swift")] + objects, check=True)


def planted(whole, fakes, rng, batches):
    """The list with batches hidden in it; `batch` is their number, 0 for its own followers."""
    whole = whole.assign(batch=0, place=np.arange(len(whole), dtype=float))
    reached = np.maximum.accumulate(np.nan_to_num(whole.made.values))
    parts = [whole]
    for number in range(1, batches + 1):
        size = rng.randint(50, 201)
        width = np.exp(rng.uniform(np.log(14), np.log(270)))
        share = rng.uniform(0.3, 0.95)
        at = rng.uniform(0.1, 0.95) * len(whole)
        vendor = fakes[fakes.source == rng.choice(data.VENDORS)]
        bought = vendor.sample(size, replace=True, random_state=rng.randint(1 << 30)).copy()
        start = reached[int(at)] - rng.uniform(60, 1000) - width
        bought["made"] = start + rng.uniform(0, width, size)
        bought["accountAge"] = whole.made.max() - bought.made
        bought["place"] = at + np.sort(rng.uniform(0, max(1, size * (1 / share - 1)), size))
        bought["batch"], bought["weak"] = number, "batch"
        parts.append(bought)
    return data.derived(pd.concat(parts).sort_values("place", kind="stable").reset_index(drop=True))


def judged(rows, card):
    """The rows with their weight of evidence, and with the order's added."""
    own = card.evidence(rows) - model.CAUTION
    followed = np.maximum.accumulate(np.nan_to_num(rows.made.values, nan=-1e9))
    lines = "\n".join("%.5f %.5f %.5f" % line for line in zip(rows.made.values, followed, own))
    answer = subprocess.run([str(TOOL)], input=lines, capture_output=True, text=True, check=True)
    order = np.array([float(line) for line in answer.stdout.split()])
    return rows.assign(own=own, both=own + order)


def report(name, rows, column):
    bought, organic = rows.batch > 0, (rows.weak == "organic") & (rows.batch == 0)
    score = rows[column]
    shares = (score[bought] >= SUSPECT).groupby([rows.run[bought], rows.batch[bought]]).mean()
    found = {part: (score[bought] > np.quantile(score[organic], 1 - part)).mean() for part in (0.01, 0.003)}
    print(
        f"list {name}, {column}: found at 1 % false alarms {found[0.01]:.3f}, at .3 % {found[0.003]:.3f};"
        f" at the defaults suspect or fake {(score[bought] >= SUSPECT).mean():.3f},"
        f" fake {(score[bought] >= FAKE).mean():.3f};"
        f" batches of which half is found {(shares >= 0.5).mean():.3f} of {len(shares)};"
        f" organic followers suspect or fake {(score[organic] >= SUSPECT).mean():.4f},"
        f" fake {(score[organic] >= FAKE).mean():.4f}")


def main(folder):
    build()
    rows = data.labelled(folder)
    known = rows[~rows.source.isin(data.LISTS)]
    half = np.random.RandomState(5).rand(len(known)) < 0.5
    fakes = known[~half & (known.fake == 1).values]
    for name, (batches, runs) in BATCHES.items():
        others = rows[rows.source.isin(data.LISTS) & (rows.source != name)]
        card = model.train(pd.concat([known[half], others], ignore_index=True))
        whole = data.follower_list(folder, name)
        parts = [
            judged(planted(whole, fakes, np.random.RandomState(seed), batches), card).assign(run=seed)
            for seed in range(runs)]
        together = pd.concat(parts, ignore_index=True)
        report(name, together, "own")
        report(name, together, "both")
        plain = judged(data.derived(whole), card)
        organic = plain[plain.weak == "organic"]
        print(
            f"list {name}, nothing planted: organic followers suspect or fake"
            f" {(organic.own >= SUSPECT).mean():.4f} by the profile, {(organic.both >= SUSPECT).mean():.4f}"
            f" with the order; fake {(organic.both >= FAKE).mean():.4f}", flush=True)
    for _ in range(3):
        subprocess.run([str(TOOL), "time", "2000000"], check=True)


if __name__ == "__main__":
    main(sys.argv[1])

"""Figures on the real lists and labelled purchases of a data folder, which is no part of the project."""

import csv
import gzip
import os

from evaluate_table import area_under_curve, decimals, matthews, share

# What is known of the lists: the day of the block, and the dates between which its accounts were made.
BLOCKS = {
    "A": ("2015-05-02", "2013-11-15", "2014-09-15"),
    "C": ("2016-03-07", "2014-07-15", "2014-09-15"),
}


def read(path):
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def measure_known(decoy, folder, lines):
    if not os.path.isdir(os.path.join(folder, "cresci2015")):
        lines.note(f"no data in {folder}: the lines of real lists are left out (name a folder with --data)")
        return
    measure_labelled(decoy, os.path.join(folder, "cresci2015", "profiles.csv.gz"), lines)
    for name in sorted(BLOCKS):
        measure_list(decoy, name, os.path.join(folder, "follower_lists"), lines)


def measure_labelled(decoy, path, lines):
    """The labelled purchases. The scorecard was fitted on them, so these are not the held-out figures."""
    decoy.ask(f'load "{path}" as labelled with captured_at = "2013-06-12"')
    rows = decoy.ask("labelled | classify with base_rate = 0.5 | select id, label, source, fake_score")
    known = [row for row in rows if row["fake_score"] is not None]
    pairs = [(row["label"] == "fake", row["fake_score"] >= .5) for row in known]
    scores = [[row["fake_score"] for row in known if (row["label"] == "fake") is side] for side in (True, False)]
    lines.add("classify, labelled purchases, MCC (fitted on)", ".90 *", ".95 *", decimals(matthews(pairs)), len(known))
    lines.add("  AUC (fitted on)", ".985 *", ".998 *", decimals(area_under_curve(*scores), 4), len(known))
    lines.note("* asked of held-out rows; these are the rows that the scorecard was fitted on")
    for source in sorted({row["source"] for row in known}):
        own = [row["fake_score"] >= .5 for row in known if row["source"] == source]
        lines.detail(f"labelled, {source}: {share(sum(own), len(own))} called fake of {len(own)}")


def measure_list(decoy, name, folder, lines):
    decoy.ask(f'load "{os.path.join(folder, f"list_{name}_export.csv.gz")}" as known')
    labels = {row["id"]: row["weak_label"]
              for row in read(os.path.join(folder, f"list_{name}_reference.csv.gz"))}
    for options, suspect, title, must, goal in (
        (" with base_rate = 0.5, cohort = false", .5, "organic called fake, profile at base rate .5", ".025", ".008"),
        ("", .5, "organic called fake or suspect, at the defaults", ".01", ".003"),
    ):
        rows = decoy.ask(f"known | classify{options} | select id, fake_score")
        scores = {str(row["id"]): row["fake_score"] for row in rows if row["fake_score"] is not None}
        of = {label: [score >= suspect for id_, score in scores.items() if labels.get(id_) == label]
              for label in ("organic", "batch")}
        lines.add(f"list {name}: {title}", must + " *", goal + " *", f"{sum(of['organic']) / len(of['organic']):.4f}",
                  len(of["organic"]))
        lines.detail(f"list {name}, {title}: of the weakly labelled batches "
                     f"{share(sum(of['batch']), len(of['batch']))} of {len(of['batch'])}")
    day, made_from, made_to = BLOCKS[name]
    rows = decoy.ask("known | spike | top 3 by excess")
    block = [row for row in rows if row["start"] <= day <= row["end"] and row["kind"] == "spike"]
    is_found = (
        bool(block) and block[0]["verdict"] == "bought-like" and block[0]["created_from"] is not None
        and made_from <= block[0]["created_from"] and block[0]["created_to"] <= made_to)
    lines.add(f"known block of list {name}", "both", "both", "yes" if is_found else "no", 1)
    for row in rows:
        lines.detail(
            f"list {name}: {row['start']}..{row['end']} {row['observed']} of {row['expected']:.0f} expected, "
            f"{row['verdict']}, made {row['created_from']}..{row['created_to']}: {row['why']}")

"""Measures the analyst verbs end to end: see `scripts/evaluate --help`."""

import argparse
import os
import sys
import tempfile
import time

from evaluate_events import measure_clean, measure_drips, measure_spikes
from evaluate_known import measure_known
from evaluate_overlap import measure_overlap
from evaluate_program import Decoy
from evaluate_table import Lines
from evaluate_times import measure_times

PARTS = ("spikes", "drips", "times", "overlap", "known")


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/evaluate", description=(
            "Makes accounts of its own, harder than those of `decoy simulate`, asks the built program about them and "
            "prints what it found beside what issue 4 asks. The same seeds give the same table."))
    parser.add_argument("--seeds", type=int, default=60, metavar="N", help="accounts a line (60)")
    parser.add_argument("--first", type=int, default=1, metavar="SEED", help="the first seed (1)")
    parser.add_argument("--quick", action="store_true", help="8 accounts a line")
    parser.add_argument("--part", choices=PARTS, action="append", help="this part only; may be repeated")
    parser.add_argument("--details", action="store_true", help="also every miss and false alarm, with its seed")
    parser.add_argument("--data", default="../shared/data", metavar="FOLDER", help="real lists (../shared/data)")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def main():
    options = arguments()
    count = 8 if options.quick else options.seeds
    seeds = range(options.first, options.first + count)
    fewer = seeds[:max(4, count // 4)]  # lines in which an account gives many measurements
    parts = options.part or PARTS
    lines = Lines()
    decoy = Decoy(options.program)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "account.csv")
        for part in parts:
            began = time.monotonic()
            if part == "spikes":
                measure_spikes(decoy, seeds, path, lines)
            elif part == "drips":
                years, drips = measure_clean(decoy, seeds, path, lines)
                measure_drips(decoy, seeds, path, lines, years, drips)
            elif part == "times":
                measure_times(decoy, fewer, path, lines)
            elif part == "overlap":
                measure_overlap(decoy, fewer, folder, lines)
            else:
                measure_known(decoy, options.data, lines)
            print(f"{part}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    decoy.close()
    lines.print(options.details)


if __name__ == "__main__":
    main()

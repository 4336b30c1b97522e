"""The table of a run, and what it comes to."""

from bench_peers import NAMES
from bench_query import LEAST

SLOWER = 1.1  # this much over the base is called slower


def amount(value, unit):
    if value is None:
        return "–"
    if unit == "B":
        return f"{value / 1e6:.0f} MB"
    for limit, factor, name in ((1e-3, 1e6, "µs"), (1, 1e3, "ms")):
        if value < limit:
            return f"{value * factor:.{0 if value * factor >= 100 else 1}f} {name}"
    return f"{value:.2f} s"


def verdict(result):
    if result.skipped:
        return "skipped"
    if "decoy" in result.errors:
        return "ERROR"
    if result.differences:
        return "DIFFERS"
    _, ratio = result.best()
    if ratio is None:
        return ""
    return "ok" if ratio >= result.goal else "below"


def print_table(results, peers, with_base, worst_first):
    if worst_first:
        results = sorted(results, key=lambda result: result.best()[1] or 1e9)
    head = ["query", "Decoy"] + (["base", "base / Decoy"] if with_base else []) + [NAMES[name] for name in peers]
    lines = [head + ["best peer / Decoy", "goal", ""]]
    for result in results:
        line = [result.name, amount(result.median("decoy"), result.unit)]
        if with_base:
            change = result.ratio("base")
            slower = " slower" if result.is_slower_than_base(SLOWER) else ""
            line += [amount(result.median("base"), result.unit), f"{change:.2f}{slower}" if change else "–"]
        line += [amount(result.median(name), result.unit) for name in peers]
        _, ratio = result.best()
        goal = "" if result.goal == LEAST else f"{result.goal:.3g}"
        lines.append(line + [f"{ratio:.2f}" if ratio else "–", goal, verdict(result)])
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        cells = [text.ljust(width) if i == 0 else text.rjust(width) for i, (text, width) in enumerate(zip(line, widths))]
        print("| " + " | ".join(cells) + " |")


def print_faults(results):
    for result in results:
        if result.skipped:
            print(f"{result.name}: skipped: {result.skipped}")
        for name, text in result.errors.items():
            print(f"{result.name}: {NAMES.get(name, name)} failed: {text}")
        for name, text in result.differences.items():
            print(f"{result.name}: Decoy differs from {NAMES[name]}: {text}")


def print_check(results):
    """What came of answers that were only compared."""
    print_faults(results)
    different = sum(bool(result.differences) for result in results)
    print(f"{len(results)} queries, {different} answers differ, {sum('decoy' in r.errors for r in results)} errors")


def print_findings(results):
    """Faults and differences, then how many ratios are where they should be."""
    print_faults(results)
    ratios = [(result, result.best()[1]) for result in results if result.best()[1] and result.family != "analyst"]
    slower = [result.name for result, ratio in ratios if ratio < LEAST]
    twice = sum(ratio >= 2 for _, ratio in ratios)
    print(f"{len(ratios)} compared: {twice} at least twice as fast as the best peer, {len(slower)} slower than one"
          + (f": {', '.join(slower)}" if slower else ""))


def wrong(results):
    """Whether an answer differs or Decoy has none."""
    return any(result.differences or "decoy" in result.errors for result in results)

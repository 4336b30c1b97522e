"""The table that an evaluation ends in, and the measures in it."""


class Lines:
    """Measured lines beside what issue 4 asks."""

    HEAD = ("measure", "must", "goal", "measured", "n")

    def __init__(self):
        self.rows = []
        self.notes = []
        self.details = []

    def add(self, measure, must, goal, measured, n):
        self.rows.append((measure, must, goal, measured, str(n)))

    def note(self, text):
        """Said under the table."""
        self.notes.append(text)

    def detail(self, text):
        """Said when details are asked for."""
        self.details.append(text)

    def print(self, with_details):
        widths = [max(len(row[i]) for row in [self.HEAD, *self.rows]) for i in range(5)]
        for row in [self.HEAD, tuple("-" * width for width in widths), *self.rows]:
            print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")
        for text in self.notes + (self.details if with_details else []):
            print(text)


def share(part, whole):
    """A share as text; a dash of nothing."""
    return f"{part / whole:.3f}" if whole else "–"


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def area_under_curve(positive, negative):
    """The chance that a positive score is above a negative one, ties half (Mann–Whitney). O(n log n)."""
    ranked = sorted([(score, 1) for score in positive] + [(score, 0) for score in negative])
    below, wins, start = 0, 0.0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        tied = ranked[start:end]
        ups = sum(is_positive for _, is_positive in tied)
        downs = len(tied) - ups
        wins += ups * (below + downs / 2)
        below += downs
        start = end
    return wins / (len(positive) * len(negative)) if positive and negative else None


def decimals(value, digits=3):
    return "–" if value is None else f"{value:.{digits}f}"


def matthews(pairs):
    """Matthews correlation of (is true, is called) pairs."""
    tp = sum(truth and called for truth, called in pairs)
    tn = sum(not truth and not called for truth, called in pairs)
    fp = sum(not truth and called for truth, called in pairs)
    fn = sum(truth and not called for truth, called in pairs)
    scale = ((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)) ** .5
    return (tp * tn - fp * fn) / scale if scale else 0.0

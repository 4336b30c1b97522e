"""Fits the scorecard of `classify` and writes it as Swift: scripts/train FOLDER."""

import sys
from pathlib import Path

import numpy as np

import scorecard_data as data
import scorecard_model as model

TARGET = Path(__file__).parent.parent / "Sources/Statistics/Scorecards/TrainedScorecard.swift"
# The weights of evidence at which sensitivity and specificity are stored.
POINTS = [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8]


def number(value):
    text = f"{value:.12g}"
    return text


def lines_of(items, indent, width=100):
    """Items packed into lines."""
    lines, line = [], ""
    for item in items:
        piece = item + ","
        if line and len(indent) + len(line) + 1 + len(piece) > width:
            lines.append(indent + line)
            line = piece
        else:
            line = f"{line} {piece}" if line else piece
    lines.append(indent + line)
    return lines


def term_text(term, weights):
    lines = ["    ScorecardTerm("]
    if len(term.features) == 1:
        lines.append(f"      .{term.features[0]},")
    else:
        lines.append(f"      .{term.features[0]}, .{term.features[1]},")
    names = ["edges"] if len(term.features) == 1 else ["edges", "across"]
    for name, edges in zip(names, term.edges):
        lines.append(f"      {name}: [{', '.join(number(edge) for edge in edges)}],")
    lines.append("      weights: [")
    rows = weights.reshape(term.shape)
    for row in rows.reshape(-1, term.shape[-1]):
        lines += lines_of([f"{value:.2f}" for value in row + 0.0], "        ")
    lines.append("      ]),")
    return lines


def operating_points(rows):
    """(W, least and greatest sensitivity over vendors left out, least and greatest specificity over lists
    left out)."""
    bought = [evidence for _, evidence in model.vendor_left_out(rows).values()]
    organic = [spread for _, _, spread in model.list_left_out(rows).values()]
    for point in POINTS:
        found = [(evidence - model.CAUTION >= point).mean() for evidence in bought]
        spared = [(spread - model.CAUTION < point).mean() for spread in organic]
        yield point, min(found), max(found), min(spared), max(spared)


def main(folder):
    rows = data.labelled(folder)
    card = model.train(rows)
    text = [
        "// Written by scripts/train: change that, not this. Logistic regression on binned features, fitted on",
        "// bought followers of three vendors (2013) against two crowds of volunteers (2013) and the organic",
        "// followers of two real lists (2022); what it is fitted on is not part of the project.",
        "",
        "extension Scorecard {",
        "  /// The compiled-in model of `classify` for Twitter profiles.",
        "  package static let trained = Scorecard(",
        '    name: "decoy",',
        f"    intercept: {card.intercept - model.CAUTION:.2f},",
        "    terms: trainedTerms,",
        "    points: trainedPoints)",
        "}",
        "",
        "private let trainedTerms: [ScorecardTerm] =",
        "  [",
    ]
    start = 0
    for term in card.terms:
        text += term_text(term, card.weights[start:start + term.size])
        start += term.size
    text += ["  ]", "", "/// Measured on vendors and lists that the model was not fitted on.",
             "private let trainedPoints: [OperatingPoint] =", "  ["]
    for point in operating_points(rows):
        evidence, *shares = point
        low_found, high_found, low_spared, high_spared = (f"{share:.4f}" for share in shares)
        text += [
            "    OperatingPoint(",
            f"      evidence: {evidence}, sensitivity: {low_found}...{high_found},",
            f"      specificity: {low_spared}...{high_spared}),"]
    text += ["  ]", ""]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("\n".join(text))
    print(f"{TARGET.name}: {len(card.terms)} terms, {len(card.weights)} weights")


if __name__ == "__main__":
    main(sys.argv[1])

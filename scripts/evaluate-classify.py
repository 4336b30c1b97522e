"""Figures of the scorecard of `classify` on rows it was not fitted on: scripts/train FOLDER --evaluate.

A number after that stands in for the shift that is shipped."""

import sys

import numpy as np
from sklearn.metrics import brier_score_loss, matthews_corrcoef, roc_auc_score

import scorecard_data as data
import scorecard_model as model

VIEWS = {"whole": lambda rows: rows, "no dates": data.without_dates, "followers, friends": data.counts_only}
# W at which a follower is called fake at base rate .5, suspect and fake at the defaults.
EVEN, SUSPECT, FAKE = 0.0, np.log(19), np.log(19) + np.log(9)


def main(folder, shift):
    rows = data.labelled(folder)
    for name, view in VIEWS.items():
        print(f"columns: {name}")
        left_out = model.list_left_out(rows, view)
        for unseen, (known, evidence, spread) in left_out.items():
            evidence, spread = evidence - shift, spread - shift
            fake = known.fake.values
            profiles = (known.source != "TFP").values
            print(
                f"  list {unseen} unseen: MCC {matthews_corrcoef(fake, evidence >= EVEN):.3f}"
                f" (without TFP {matthews_corrcoef(fake[profiles], evidence[profiles] >= EVEN):.3f})"
                f" AUC {roc_auc_score(fake, evidence):.4f}"
                f" Brier {brier_score_loss(fake, 1 / (1 + np.exp(-evidence))):.4f};"
                f" organic followers called fake at .5 {(spread >= EVEN).mean():.2%},"
                f" suspect or fake at the defaults {(spread >= SUSPECT).mean():.2%},"
                f" fake {(spread >= FAKE).mean():.2%}")
            print("   ", {s: f"{(evidence[known.source == s] >= EVEN).mean():.3f}" for s in known.source.unique()})
    for vendor, (genuine, bought) in model.vendor_left_out(rows).items():
        fake = np.r_[np.zeros(len(genuine)), np.ones(len(bought))]
        evidence = np.r_[genuine, bought] - shift
        print(
            f"vendor {vendor} unseen: MCC {matthews_corrcoef(fake, evidence >= EVEN):.3f}"
            f" AUC {roc_auc_score(fake, evidence):.4f} found {(evidence[fake == 1] >= EVEN).mean():.3f}"
            f" at the defaults {(evidence[fake == 1] >= SUSPECT).mean():.3f}"
            f" fake {(evidence[fake == 1] >= FAKE).mean():.3f}")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else model.CAUTION)

"""The terms of the scorecard of `classify`, and how it is fitted and measured."""

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold

import scorecard_data as data
from scorecard_fit import Term, fit, quantile_edges

# Direction of each feature: with it for those that agree in every data set, 0 and a bound for those
# whose sign flips from one to the next.
SINGLE = {
    "followers": (-1, 9),
    "friendsPerFollowerSquared": (1, 9),
    "friends": (0, 1),
    "statuses": (0, 1),
    "favourites": (-1, 9),
    "listed": (-1, 9),
    "emptyDescription": (1, 9),
    "friendsPerDay": (1, 9),
    "favouritesPerDay": (-1, 9),
    "statusesPerDay": (0, 1),
    "accountAge": (-1, 2),
}
TABLES = [
    ("followers", "friends"),
    ("followersPerDay", "friendsPerDay"),
]
BINS, TABLE_BINS = 8, 5
# Penalties for 4,000 rows of weight, chosen by cross-validation among 0.1, 0.3 and 1.
SCALE = 0.3
# The shift: so much is taken off every weight of evidence (that is, off the intercept), since to
# accuse wrongly is worse than to miss. It moves the point at which a follower is called fake and
# changes no order among followers. Measured at a base rate of one half on what the models had not
# seen (5 folds; scripts/train FOLDER --evaluate): organic followers called fake on list A, on list C;
# MCC on cresci-2015 with A left out, with C left out; MCC on the vendor TWT left out.
#   0.90  3.06 %  0.16 %  .953  .952  .703
#   1.20  2.51 %  0.16 %  .950  .950  .665
#   1.30  2.35 %  0.13 %  .949  .947  .642
#   1.35  2.29 %  0.10 %  .947  .943  .633
#   1.65  1.85 %  0.10 %  .945  .937  .513
# 1.3 is the largest tried that keeps both MCCs at .945 or more, and A stays under 2.5 %. It was
# chosen on these very lists, so a third list may well lie higher. No shift tried (to 1.8) brings A to
# the 0.8 % of boosted trees.
CAUTION = 1.3
# How often a training row is seen whole, without dates, and with followers and friends alone.
VIEWS = [(0.85, lambda rows: rows), (0.1, data.without_dates), (0.05, data.counts_only)]


def terms_for(rows, weights):
    """The terms with bins at equal weight of the given rows."""
    terms = []
    for name, (direction, bound) in SINGLE.items():
        if name == "emptyDescription":
            edges = [0.5]
        else:
            edges = quantile_edges(rows[name].values, weights, BINS)
        terms.append(Term([name], [edges], direction, bound))
    for pair in TABLES:
        edges = [quantile_edges(rows[name].values, weights, TABLE_BINS) for name in pair]
        terms.append(Term(list(pair), edges, ridge=2, smooth=2))
    return terms


def train(rows, scale=SCALE):
    weights = data.balanced(rows)
    terms = terms_for(rows, weights)
    views = pd.concat([view(rows) for _, view in VIEWS], ignore_index=True)
    return fit(terms, views, np.concatenate([weights * part for part, _ in VIEWS]), scale)


def halves(rows, folds=5, seed=1):
    return StratifiedKFold(folds, shuffle=True, random_state=seed).split(rows, rows.source)


def list_left_out(rows, view=lambda rows: rows, scale=SCALE, folds=5):
    """For each list: W of its organic followers by models that never saw it, averaged over folds, and
    W of every row of cresci-2015 by the fold's model that never saw that row."""
    known = rows[~rows.source.isin(data.LISTS)].reset_index(drop=True)
    found = {}
    for name in data.LISTS:
        others = rows[rows.source.isin(data.LISTS) & (rows.source != name)]
        unseen = rows[rows.source == name]
        evidence, spread = np.zeros(len(known)), []
        for learn, test in halves(known, folds):
            card = train(pd.concat([known.iloc[learn], others], ignore_index=True), scale)
            evidence[test] = card.evidence(view(known.iloc[test]))
            spread.append(card.evidence(view(unseen)))
        found[name] = (known, evidence, np.mean(spread, axis=0))
    return found


def vendor_left_out(rows, scale=SCALE, folds=5):
    """For each vendor: W of its accounts by models that never saw the vendor, and W of the genuine
    rows of cresci-2015 by the fold's model that never saw that row."""
    genuine = rows[rows.source.isin(data.CROWDS)].reset_index(drop=True)
    lists = rows[rows.source.isin(data.LISTS)]
    found = {}
    for vendor in data.VENDORS:
        others = rows[rows.source.isin(data.VENDORS) & (rows.source != vendor)]
        unseen = rows[rows.source == vendor]
        evidence, spread = np.zeros(len(genuine)), []
        for learn, test in halves(genuine, folds):
            card = train(pd.concat([genuine.iloc[learn], others, lists], ignore_index=True), scale)
            evidence[test] = card.evidence(genuine.iloc[test])
            spread.append(card.evidence(unseen))
        found[vendor] = (evidence, np.mean(spread, axis=0))
    return found

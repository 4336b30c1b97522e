"""The labelled followers that the scorecard of `classify` is fitted on, and the features of a row.

Every source is brought to the same columns; a column that a source lacks stays empty (NaN) and takes
no part there. Genuine are the two volunteer crowds of cresci-2015 and the followers of two real lists
that sit far from any spike or creation band ("organic", a weak label); fake are the followers of
three vendors. What tells the collections apart and not the people (banner, geo_enabled, time zone,
language, default image, place, absolute creation date) is not read at all.
"""

import numpy as np
import pandas as pd

VENDORS = ["FSF", "INT", "TWT"]
CROWDS = ["E13", "TFP"]
LISTS = ["A", "C"]

# The features, by the names of `ScorecardFeature` in Swift.
COUNTS = {
    "followers": "followers_count",
    "friends": "friends_count",
    "statuses": "statuses_count",
    "favourites": "favourites_count",
    "listed": "listed_count",
}
DATED = ["followersPerDay", "friendsPerDay", "statusesPerDay", "favouritesPerDay", "accountAge"]
# No account of cresci-2015 is younger than this day.
CRESCI_CAPTURE = pd.Timestamp("2013-06-12", tz="UTC")


def derived(table):
    """The features that are quotients of others; `accountAge` is in days and at least 1."""
    table = table.copy()
    table["accountAge"] = table["accountAge"].clip(lower=1)
    for name in ["followers", "friends", "statuses", "favourites"]:
        table[name + "PerDay"] = table[name] / table["accountAge"]
    table["friendsPerFollowerSquared"] = table["friends"] / table["followers"].clip(lower=1) ** 2
    return table


def counts(raw):
    return pd.DataFrame({name: raw[column].astype(float) for name, column in COUNTS.items()})


def cresci(folder):
    raw = pd.read_csv(f"{folder}/cresci2015/profiles.csv.gz", dtype={"id": str})
    rows = counts(raw)
    rows["source"] = raw.source
    rows["fake"] = (raw.label == "fake").astype(int)
    rows["emptyDescription"] = raw.description.isna().astype(float)
    made = pd.to_datetime(raw.created_at, format="%a %b %d %H:%M:%S %z %Y")
    rows["accountAge"] = (CRESCI_CAPTURE - made).dt.total_seconds() / 86400

    raw = pd.read_csv(f"{folder}/cresci2015/tfp_counts_only.csv")
    volunteers = counts(raw)
    volunteers["source"] = "TFP"
    volunteers["fake"] = 0
    volunteers["emptyDescription"] = 1.0 - raw.has_description
    volunteers["accountAge"] = np.nan
    return pd.concat([rows, volunteers], ignore_index=True)


def follower_list(folder, name):
    """A real list, oldest follower first, with `weak` (batch, organic, unclear) and `made` in days."""
    export = pd.read_csv(f"{folder}/follower_lists/list_{name}_export.csv.gz", dtype={"id": str})
    reference = pd.read_csv(f"{folder}/follower_lists/list_{name}_reference.csv.gz", dtype={"id": str})
    raw = reference.merge(export, on="id").sort_values("rank", ignore_index=True)
    rows = counts(raw)
    rows["source"] = name
    rows["fake"] = 0
    empty = raw.description_len == 0
    rows["emptyDescription"] = empty.where(raw.description_len.notna()).astype(float)
    made = pd.to_datetime(raw.created_at)
    rows["made"] = (made - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / 86400
    rows["accountAge"] = rows.made.max() - rows.made
    rows["weak"] = raw.weak_label
    return rows


def labelled(folder):
    """All rows of known class."""
    rows = [cresci(folder)]
    for name in LISTS:
        whole = follower_list(folder, name)
        rows.append(whole[whole.weak == "organic"])
    return derived(pd.concat(rows, ignore_index=True))


def balanced(rows, total=4000.0):
    """Weights of rows: half the sum to the fakes, every vendor the same; of the genuine, half to the
    crowds of cresci-2015 together and half to the lists, every list the same."""
    weights = np.zeros(len(rows))
    source = rows.source.values

    def share(names, part):
        present = [name for name in names if (source == name).any()]
        for name in present:
            weights[source == name] = part / len(present) / (source == name).sum()

    share(VENDORS, 0.5)
    crowd = np.isin(source, CROWDS)
    weights[crowd] = 0.25 / max(1, crowd.sum())
    share(LISTS, 0.25)
    return weights / weights.sum() * total


def without_dates(rows):
    """The rows as an export without creation dates has them."""
    rows = rows.copy()
    rows[DATED] = np.nan
    return rows


def counts_only(rows):
    """The rows as a thin export has them: followers and friends."""
    rows = without_dates(rows)
    rows[["statuses", "favourites", "listed", "emptyDescription"]] = np.nan
    return rows

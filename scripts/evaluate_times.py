"""Follow times inferred from the order of made lists."""

import datetime

from evaluate_accounts import Account
from evaluate_people import CREATED, FOLLOWED, ID
from evaluate_random import Draws
from evaluate_table import median


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def record_share(account):
    """The part of the followers that were younger than all before them when they followed."""
    newest, records = 0, 0
    for row in sorted(account.rows, key=lambda row: row[FOLLOWED]):
        if row[CREATED] > newest:
            newest, records = row[CREATED], records + 1
    return records / len(account.rows)


def measure_times(decoy, seeds, path, lines):
    for rate, must, goal in ((10, "4 h", "2.5 h"), (100, "1.3 h", "0.8 h")):
        medians, followers = [], 0
        for seed in seeds:
            draws = Draws(seed, "times", rate)
            account = Account(draws, rate=rate, days=365, fresh=draws.uniform(.14, .24))
            account.write(path)
            decoy.ask(f'load "{path}" as t')
            rows = decoy.ask("t | drop followed_at | timeline | select id, followed_est")
            truth = {row[ID]: row[FOLLOWED] for row in account.rows}
            errors = [abs(seconds(row["followed_est"]) - truth[row["id"]]) / 3600
                      for row in rows if row["followed_est"]]
            followers += len(errors)
            if errors:
                medians.append(median(errors))
            lines.detail(f"follow time, seed {seed}, {rate} a day: median error "
                         f"{median(errors) if errors else float('nan'):.2f} h, {record_share(account):.3f} records")
        lines.add(f"follow time, median error at {rate} a day", must, goal,
                  f"{median(medians):.2f} h" if medians else "–", f"{len(medians)} accounts, {followers}")

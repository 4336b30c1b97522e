"""Spikes, verdicts and drips on made accounts."""

from collections import Counter

from evaluate_accounts import Account
from evaluate_audiences import measure_audiences
from evaluate_random import Draws
from evaluate_table import area_under_curve, decimals, share

LEAST_TIMES = 2.0  # events of fewer usual days' followers are neither asked for nor false
QUALITIES = ("crude", "crude scattered", "aged", "two batches", "padded", "padded aged", "padded scattered")


class Found:
    """A row of `spike` or `drip`, in days of the account."""

    def __init__(self, account, row):
        self.start, self.end, self.row = account.day(row["start"]), account.day(row["end"]), row

    def meets(self, event, within=0):
        return self.start <= event.end + within and event.start <= self.end + within

    def overlap(self, event):
        return min(self.end, event.end) - max(self.start, event.start) + 1


def ask(decoy, account, path, verb):
    """The rows of a verb on an account."""
    account.write(path)
    decoy.ask(f'load "{path}" as t')
    return [Found(account, row) for row in decoy.ask(f"t | {verb}")]


def spikes(decoy, account, path):
    return [found for found in ask(decoy, account, path, "spike") if found.row["kind"] == "spike"]


def describe(account, found):
    row = found.row
    return (f"{row['start']}..{row['end']} observed {row['observed']} expected {row['expected']:.1f} "
            f"(rate {account.rate:.0f}, alpha {account.alpha:.2f})")


def eventful(seed):
    """An account with one to four purchases and viral days, sometimes a purge and a gap."""
    draws = Draws(seed, "eventful")
    account = Account(draws)
    if draws.chance(.2):
        account.purge()
    if draws.chance(.3):
        account.lose_days()
    for _ in range(draws.randint(1, 4)):
        if draws.chance(.6):
            account.buy(quality=draws.choice(QUALITIES))
        else:
            account.go_viral()
    return account


def clean(seed):
    """An account that never bought and had no special day; sometimes a purge."""
    draws = Draws(seed, "clean")
    account = Account(draws)
    if draws.chance(.2):
        account.purge()
    return account


def measure_spikes(decoy, seeds, path, lines):
    asked = hits = false = 0
    years = 0.0
    judged = []  # (event, row)
    missed = Counter()
    for seed in seeds:
        account = eventful(seed)
        found = spikes(decoy, account, path)
        years += account.years
        events = [event for event in account.events if event.kind in ("bought", "viral")]
        for one in found:
            if not any(one.meets(event, within=1) for event in account.events):
                false += 1
                lines.detail(f"false spike, seed {seed}: {describe(account, one)}")
        for event in events:
            inside = [one for one in found if one.meets(event)]
            if event.times >= LEAST_TIMES:
                asked += 1
                hits += bool(inside)
                if not inside:
                    missed[event.kind] += 1
                    lines.detail(
                        f"missed {event.kind}, seed {seed}: {account.date(event.start)} {event.times:.1f} times the "
                        f"rate of {account.rate:.0f}, alpha {account.alpha:.2f}, {event.quality}")
            if inside:
                best = max(inside, key=lambda one: one.row["excess"])
                judged.append((seed, account.date(event.start), event, best.row))
    precision, recall = hits / max(1, hits + false), hits / max(1, asked)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    lines.add("spikes, F1, events of >= 2x daily", ".85", ".92", f"{f1:.3f}", asked)
    lines.add("  recall", "", "", f"{recall:.3f}", asked)
    lines.add("  false alarms an account-year", "<= .35", "", f"{false / years:.3f}", f"{years:.0f} years")
    measure_verdicts(judged, lines)


def measure_verdicts(judged, lines):
    scored = [(event, row) for _, _, event, row in judged if row["bought_score"] is not None]
    bought = [row["bought_score"] for event, row in scored if event.kind == "bought"]
    padded = [row["bought_score"] for event, row in scored if event.is_padded]
    viral = [row["bought_score"] for event, row in scored if event.kind == "viral"]
    lines.add("bought or viral, AUC of bought_score", ".96", ".99", decimals(area_under_curve(bought, viral)),
              f"{len(bought)}, {len(viral)}")
    lines.add("  well-padded fakes alone", ".88", ".96", decimals(area_under_curve(padded, viral)),
              f"{len(padded)}, {len(viral)}")
    verdicts = Counter((event.kind, row["verdict"]) for _, _, event, row in judged)
    of = {kind: sum(n for (k, _), n in verdicts.items() if k == kind) for kind in ("bought", "viral")}
    lines.add("viral called bought-like", ".005", "0", share(verdicts["viral", "bought-like"], of["viral"]),
              of["viral"])
    lines.add("bought called no-sign", ".12", ".05", share(verdicts["bought", "no-sign"], of["bought"]),
              of["bought"])
    lines.add("  bought called bought-like", "", "", share(verdicts["bought", "bought-like"], of["bought"]),
              of["bought"])
    by_quality = Counter((event.quality, row["verdict"]) for _, _, event, row in judged if event.kind == "bought")
    for quality in QUALITIES:
        said = ", ".join(f"{verdict} {n}" for (q, verdict), n in sorted(by_quality.items()) if q == quality)
        lines.detail(f"bought, {quality}: {said}")
    for seed, date, event, row in judged:
        if (event.kind, row["verdict"]) in (("viral", "bought-like"), ("bought", "no-sign")):
            lines.detail(f"{event.kind} called {row['verdict']}, seed {seed}: {date}, {event.quality}, "
                         f"{event.fakes} fakes, {event.times:.1f} times; score {row['bought_score']}; {row['why']}")


def measure_clean(decoy, seeds, path, lines):
    """Spikes and drips found where there is nothing."""
    years, false, drips = 0.0, 0, 0
    for seed in seeds:
        account = clean(seed)
        years += account.years
        for one in spikes(decoy, account, path):
            false += 1
            lines.detail(f"false spike on a clean account, seed {seed}: {describe(account, one)}")
        for row in decoy.ask("t | drip"):
            drips += 1
            lines.detail(f"false drip on a clean account, seed {seed}: {drip_text(row)}")
    lines.add("false alarms on clean accounts, a year", ".20", ".05", decimals(false / years), f"{years:.0f} years")
    return years, drips


def drip_text(row):
    return (f"{row['start']}..{row['end']} excess {row['excess']:.0f} of {row['followers']} by {row['channel']}, "
            f"made {row['created_from']}..{row['created_to']}, {row['why']}")


def measure_drips(decoy, seeds, path, lines, clean_years, clean_drips):
    """Drips found, with other events about; false ones here and on the clean accounts."""
    found_drips = 0
    years, false = clean_years, clean_drips
    by_quality = Counter()
    for seed in seeds:
        draws = Draws(seed, "drip")
        account = Account(draws, days=draws.randint(330, 700), rate=draws.log_uniform(8, 200))
        drip = account.drip()
        if draws.chance(.4):
            account.go_viral() if draws.chance(.5) else account.buy(quality=draws.choice(QUALITIES))
        years += account.years
        rows = ask(decoy, account, path, "drip")
        hits = [one for one in rows if one.overlap(drip) >= (one.end - one.start + 1) / 3]
        found_drips += bool(hits)
        by_quality[drip.quality, bool(hits)] += 1
        if not hits:
            lines.detail(
                f"missed drip, seed {seed}: {account.date(drip.start)}..{account.date(drip.end)} {drip.fakes} fakes, "
                f"{drip.times:.2f} of the rate of {account.rate:.0f}, {drip.quality}")
        for one in rows:
            # A row on a bought block has found a purchase, if not this one.
            if not any(one.meets(event, within=7) for event in account.events if event.kind != "viral"):
                false += 1
                lines.detail(f"false drip, seed {seed}: {drip_text(one.row)}")
    lines.add("drips of >= 100 fakes found", ".85", ".95", share(found_drips, len(seeds)), len(seeds))
    lines.add("  false alarms a year", "<= .25", "", decimals(false / years), f"{years:.0f} years")
    measure_audiences(
        lambda account: [one.row for one in ask(decoy, account, path, "drip")], seeds, lines, drip_text)
    for (quality, is_found), n in sorted(by_quality.items()):
        lines.detail(f"drip, {quality}: {n} {'found' if is_found else 'missed'}")

"""Audiences that change though nobody bought anything, in which a drip is easily seen: each seed has one kind."""

from evaluate_accounts import Account
from evaluate_random import Draws
from evaluate_table import decimals

KINDS = ("slow attention", "campaign", "quiet campaign", "new audience", "sign-up wave")


def audience(seed):
    """The kind of a seed, and an account of it."""
    draws = Draws(seed, "audience")
    kind = KINDS[seed % len(KINDS)]
    days, rate = draws.randint(330, 450), draws.log_uniform(8, 60)
    if kind == "sign-up wave":
        # Dates that always supply a part of the followers: how many days before the first they end, width, share.
        block = (draws.uniform(90, 900), draws.uniform(15, 60), draws.log_uniform(.08, .3))
        return kind, Account(draws, rate=rate, days=days, block=block)
    account = Account(draws, rate=rate, days=days)
    start = draws.randint(90, days - 120)
    change(account, kind, start, draws)
    return kind, account


def change(account, kind, start, draws):
    """Adds the people that a kind brings from a day on."""
    usual = account.usual(start)
    youth = draws.uniform(.35, 1.1) if kind == "slow attention" else draws.log_uniform(.4, 1.8)
    end = account.days if kind == "new audience" else start + draws.randint(30, 90)
    decay = .5 ** (1 / draws.uniform(3, 9))
    times = draws.log_uniform(6, 25) if kind == "slow attention" else draws.log_uniform(.4, 2)
    crowd = account.crowd
    poor = crowd.poor
    if kind == "quiet campaign":
        crowd.poor += draws.uniform(.2, .5)
    for day in range(start, end):
        mean = times * usual * (decay ** (day - start) if kind == "slow attention" else 1)
        for _ in range(draws.overdispersed(mean, .03)):
            account.rows.append(crowd.member(account.people, day, account.moment(day), youth))
    crowd.poor = poor


def measure_audiences(ask_drips, seeds, lines, describe):
    """Drips found on accounts without any; `ask_drips` gives those of an account, `describe` says one in words."""
    years, false = dict.fromkeys(KINDS, 0.0), dict.fromkeys(KINDS, 0)
    for seed in seeds:
        kind, account = audience(seed)
        years[kind] += account.years
        for row in ask_drips(account):
            false[kind] += 1
            lines.detail(f"false drip, {kind}, seed {seed}: {describe(row)}")
    for kind in KINDS:
        if years[kind]:
            lines.add(f"  false drips a year, {kind}", "<= .25", "", decimals(false[kind] / years[kind]),
                      f"{years[kind]:.0f} years")

"""Blocks shared by several accounts against audiences that are shared anyway."""

import os

from evaluate_accounts import Account
from evaluate_people import CREATED, FOLLOWED, Crowd, People, Seller
from evaluate_random import Draws
from evaluate_table import share

QUALITIES = ("crude", "aged", "two batches", "padded")


def share_audience(account, pool, part):
    """Puts people of the pool in the place of this part of the account's own followers."""
    draws = account.draws
    taken = set()
    for index, row in enumerate(account.rows):
        if not draws.chance(part):
            continue
        number = draws.randrange(len(pool))
        if number in taken or pool[number][CREATED] > row[FOLLOWED]:
            continue
        taken.add(number)
        person = list(pool[number])
        person[FOLLOWED] = row[FOLLOWED]
        account.rows[index] = person


def group(seed):
    """Six accounts: the first three buy of one stock, the next two of stocks of their own, the last four go
    viral. Each draws followers from the audience of one of two towns."""
    draws = Draws(seed, "overlap")
    accounts = [Account(Draws(seed, "overlap", number), rate=draws.log_uniform(8, 60), days=300)
                for number in range(6)]
    people = People(draws)
    crowd = Crowd(draws, 300)
    start = max(account.first for account in accounts)
    for account in accounts:
        moved = start - account.first
        for row in account.rows:
            row[FOLLOWED] += moved
            row[CREATED] += moved
            row[0] = account.people.identity(row[CREATED])
        account.first = start
    towns = []
    for _ in range(2):
        towns.append([crowd.member(people, 0, start + draws.random() * 200 * 86_400)
                      for _ in range(draws.randint(1500, 6000))])
    part = draws.uniform(.05, .35)
    for number, account in enumerate(accounts):
        share_audience(account, towns[number % 2], part)
    seller = Seller(draws, draws.choice(QUALITIES), start)
    stock = [seller.fake(people, start) for _ in range(draws.randint(400, 900))]
    for account in accounts[:3]:
        account.buy(seller=seller, stock=draws.sample(stock, draws.randint(120, len(stock) * 2 // 3)))
    for account in accounts[3:5]:
        account.buy(quality=draws.choice(QUALITIES))
    for account in accounts[2:]:
        account.go_viral()
    return accounts


def measure_overlap(decoy, seeds, folder, lines):
    pairs = found = called = 0
    others = wrong = wrong_blocks = 0
    for seed in seeds:
        accounts = group(seed)
        names = [f"acct{number}" for number in range(6)]
        for name, account in zip(names, accounts):
            path = os.path.join(folder, f"{name}.csv")
            account.write(path)
            decoy.ask(f'load "{path}" as {name}')
        rows = decoy.ask("overlap " + ", ".join(names))
        for number, account in enumerate(accounts):
            for event in account.events:
                for other in range(6):
                    if other == number:
                        continue
                    mine = [row for row in rows
                            if row["account"] == names[number] and row["other"] == names[other]
                            and account.day(row["start"]) <= event.end and event.start <= account.day(row["end"])]
                    is_block = any(row["kind"] == "shared-block" for row in mine)
                    if event.kind == "bought" and number < 3 and other < 3:
                        pairs += 1
                        found += bool(mine)
                        called += is_block
                        if not is_block:
                            lines.detail(
                                f"shared block not called so, seed {seed}: {names[number]} {account.date(event.start)} "
                                f"on {names[other]}, {event.quality}, {event.times:.1f} times, said "
                                f"{[row['kind'] for row in mine]}")
                    else:
                        others += 1
                        wrong += bool(mine)
                        wrong_blocks += is_block
                        if mine:
                            lines.detail(
                                f"false overlap, seed {seed}: {names[number]} {account.date(event.start)} "
                                f"({event.kind}, {event.quality}) on {names[other]}, said {mine[0]['kind']}, "
                                f"{mine[0]['shared']} of {mine[0]['members']}, lift {mine[0]['lift']:.1f}")
    lines.add("overlap, true positives (reported at all)", ".90", "1", share(found, pairs), pairs)
    lines.add("  called shared-block", "", "", share(called, pairs), pairs)
    lines.add("overlap, false positives (reported at all)", ".01", "0", share(wrong, others), others)
    lines.add("  called shared-block", "", "", share(wrong_blocks, others), others)

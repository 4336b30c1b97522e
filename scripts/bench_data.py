"""The data of the benchmark: a list of the followers of twelve accounts, the same for the same rows and seed.

Rows are in follow order with the accounts interleaved (Zipf), a follower has one profile under all accounts and
follows each at most once. Followers come more on some weekdays, in viral days, and in bought blocks and a drip.
No account has two followers in one second, so that every order by the time of following is one order."""

import json
import shutil

import numpy as np
import polars as pl

ACCOUNTS = ["harbour_bank", "polar_coffee", "juniper_air", "moss_games", "delta_shoes", "opal_audio", "cedar_bikes",
            "salt_pantry", "violet_tv", "comet_pay", "ember_books", "tulip_wear"]
LANGUAGES = ("en es ja pt ar fr tr id ru ko de it nl th hi pl fa sv uk zh vi el cs ro da fi he hu no ca ur bn ta ms tl "
             "sr bg hr lt und").split()
GIVEN = ("Anna John Maria Ahmed Wei Yuki Carlos Fatima Olga Pierre Lars Ivan Sofía José Zoë Łukasz Мария محمد さくら "
         "김민준 Priya Ravi Emma Liam Noah Ava Mia Lucas Elena Hana Ken Omar Leila Nina Tom Kate Ben Sam Alex Kim").split()
FAMILY = ("Smith García Müller Tanaka Nguyen Silva Rossi Kowalski Johansson O'Neil Chen Khan Okafor Dubois Novák "
          "Yılmaz Петров 鈴木 Brown Jones Davis Clark Young Wright Scott Green Baker Adams Hill Moore").split()
ROOTS = "anna john maria ahmed wei yuki carlos olga pierre lars ivan sofia jose zoe ravi emma liam noah mia lucas".split()
ENDINGS = ["Codes", "music", "official", "x", "Photo", "writes", "_art", "loves", "92", "87", "2001", "TV", "games", "DE"]
PLACES = ["London", "New York, NY", "São Paulo, Brasil", "Tokyo", "東京", "Paris, France", "Istanbul", "Lagos, Nigeria",
          "Berlin", "Madrid", "Los Angeles, CA", "Mexico City", "Москва", "Cairo", "Toronto, Ont.", "Mumbai, India",
          'the "real" world', "Jakarta", "Seoul", "Chicago, IL", "somewhere\nelse", "Lima", "Dublin", "Oslo, Norway"]
WORDS = ("dreamer official music lover writer artist student engineer gamer mother father books reader teacher nurse "
         "designer developer marketing social media manager life live laugh dogs cats coffee sports news politics proud "
         "blogger youtube producer actor singer dancer she/her he/him 🇧🇷 ❤️ ✨ 🚀 #music viva la vida fútbol música "
         "これは 日本 любовь жизнь حب open source data science ai startup photography nature hiking Coffee wine beer").split()
# Words that need quotes in a CSV file; one in ten words of those who write so.
AWKWARD = ["books,", "coffee,", "and,", '"truth"', '"life"', "cats\ndogs", "here:\n"]
LETTERS = list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
DAY = 86400
FIRST_DAY, DAYS = 17897, 2861  # from 2019-01-01
OPENED = 13228 * DAY  # 2006-03-21, the first accounts
END = (FIRST_DAY + DAYS) * DAY
PARTS = 20


def pick(rng, choices, count):
    return pl.Series(choices)[rng.integers(0, len(choices), count)]


def some(rng, texts, share):
    """The texts, but only this share of them; the others null."""
    return pl.select(pl.when(pl.Series(rng.random(len(texts)) < share)).then(texts)).to_series()


def heavy(rng, mean, spread, count, most):
    return np.minimum(np.exp(rng.normal(mean, spread, count)), most).astype(np.int64)


def joined(columns, separator=""):
    """Texts side by side; null where every one is null."""
    frame = pl.DataFrame([column.alias(str(i)) for i, column in enumerate(columns)])
    together = pl.concat_str(pl.all(), separator=separator, ignore_nulls=True)
    return frame.select(pl.when(together != "").then(together)).to_series()


def letters(rng, count, least, most):
    """Random letters, a text for each of `count`."""
    lengths = rng.integers(least, most + 1, count)
    return [some_first(pick(rng, LETTERS, count), lengths > i) for i in range(most)]


def some_first(texts, kept):
    return pl.select(pl.when(pl.Series(kept)).then(texts)).to_series()


def numbered(rng, count, digits):
    return pl.Series(rng.integers(0, 10 ** digits, count)).cast(pl.String).str.zfill(digits)


def descriptions(rng, count):
    lengths = rng.integers(1, 24, count)
    awkward = rng.random(count) < 0.4
    words = []
    for i in range(24):
        odd = awkward & (rng.random(count) < 0.1)
        word = pl.select(pl.when(pl.Series(odd)).then(pick(rng, AWKWARD, count)).otherwise(pick(rng, WORDS, count)))
        words.append(some_first(word.to_series(), lengths > i))
    return joined(words, " ")


def profiles(rng, created, fake):
    """The profiles of those who were created then, ordinary people or bought ones."""
    n = len(created)
    share = (lambda ordinary, bought: rng.random(n) < (bought if fake else ordinary))
    handle = joined([pick(rng, ROOTS, n), some(rng, pl.Series(["_"]).new_from_index(0, n), 0.6), pick(rng, ENDINGS, n),
                     *letters(rng, n, 0, 4)])
    digits = joined([pick(rng, ROOTS, n), numbered(rng, n, 8 if fake else 6)])
    handle = pl.select(pl.when(pl.Series(share(0.18, 1))).then(digits).otherwise(handle)).to_series()
    flourish = pick(rng, [" 🚀✨", ", PhD", ' "Ace"', "\n(fan)", " Jr."], n)
    followers = rng.integers(0, 8, n) if fake else heavy(rng, 4.3, 2.0, n, 90_000_000)
    statuses = rng.integers(0, 3, n) if fake else heavy(rng, 5.8, 2.4, n, 3_000_000) * (rng.random(n) > 0.06)
    # Ids before 2015-11 count up, later ones hold the time of creation.
    early = 12 + ((created - OPENED) / (16740 * DAY - OPENED) * 3.2e9).astype(np.int64)
    early = early + np.arange(n) if not fake else early
    late = ((created * 1000 + rng.integers(0, 1000, n) - 1288834974657) << 22) | rng.integers(0, 1 << 22, n)
    protected = share(0.07, 0)
    last = created + ((END - created) * np.sqrt(rng.random(n))).astype(np.int64)
    return pl.DataFrame({
        "follower_id": np.where((created < 16740 * DAY) & (not fake), early, late),
        "screen_name": handle,
        "name": joined([pick(rng, GIVEN, n), some(rng, joined([pick(rng, [" "], n), pick(rng, FAMILY, n)]), 0.8),
                        some(rng, flourish, 0.05)]),
        "created": created,
        "followers_count": followers,
        "friends_count": 1000 + heavy(rng, 6.5, 0.7, n, 4000) if fake else heavy(rng, 5.4, 1.3, n, 900_000),
        "statuses_count": statuses,
        "favourites_count": rng.integers(0, 2, n) if fake else heavy(rng, 5.9, 2.5, n, 2_000_000),
        "listed_count": np.where(followers > 50, heavy(rng, 0.5, 1.5, n, 400_000), 0),
        "verified": (rng.random(n) < np.where(followers > 5000, 0.12, 0.001)) & (not fake),
        "protected": protected,
        "default_profile": share(0.45, 1),
        "default_profile_image": share(0.06, 0.8),
        "lang": pl.Series(LANGUAGES)[(40 * rng.random(n) ** 3).astype(np.int64)],
        "location": some(rng, pick(rng, PLACES, n), 0.05 if fake else 0.46),
        "description": some(rng, descriptions(rng, n), 0.10 if fake else 0.78),
        "url": some(rng, joined([pick(rng, ["https://t.co/"], n), *letters(rng, n, 10, 10)]), 0 if fake else 0.13),
        "last": some_first(pl.Series(last), (statuses > 0) & ~protected),
    })


def ordinary_times(rng, count):
    """When `count` people follow one account: growth, weekdays, noise and a few viral days."""
    day = np.arange(DAYS)
    rate = 0.3 + 1 / (1 + np.exp(-(day - DAYS * rng.uniform(0.2, 0.8)) / rng.uniform(200, 800)))
    rate *= np.where((FIRST_DAY + day + 3) % 7 >= 5, 0.72, 1.0) * np.exp(rng.normal(0, 0.12, DAYS))
    for start in rng.integers(200, DAYS - 100, rng.integers(0, 2)):
        rate[start:start + 9] *= 1 + rng.uniform(12, 40) * np.exp(-np.arange(9) / 1.8)
    days = np.searchsorted(np.cumsum(rate) / rate.sum(), rng.random(count))
    return (FIRST_DAY + days) * DAY + rng.integers(0, DAY, count)


def bought(rng, rows):
    """Five blocks of one day and one drip of sixty, as (account, times of following)."""
    for days in (1, 1, 1, 1, 1, 60):
        size = int(min(rows * rng.uniform(0.003, 0.012), 40_000))
        start = (FIRST_DAY + rng.integers(300, DAYS - 200)) * DAY
        yield rng.integers(0, 6), start + rng.integers(0, days * DAY, size)


def spread_out(times):
    """Sorted times, moved on where needed so that no two are the same second."""
    steps = np.arange(len(times))
    return np.maximum.accumulate(np.sort(times) - steps) + steps


def people_and_rows(rows, seed):
    """The profiles, and for each row in follow order its account, profile and time."""
    rng = np.random.default_rng(seed)
    blocks = list(bought(rng, rows))
    shares = 1 / np.arange(1, len(ACCOUNTS) + 1) ** 0.9
    ordinary = rows - sum(len(times) for _, times in blocks)
    counts = np.floor(shares / shares.sum() * ordinary).astype(int)
    counts[0] += ordinary - counts.sum()
    population = max(int(rows * 0.6), counts.max())
    part = (np.arange(population) + rng.random(population)) / population
    created = np.where(part < 0.62, OPENED + (FIRST_DAY * DAY - OPENED) * np.sqrt(part / 0.62),
                       FIRST_DAY * DAY + (DAYS - 2) * DAY * (part - 0.62) / 0.38).astype(np.int64)
    accounts, people, times = [], [], []
    for account, count in enumerate(counts):
        who = rng.permutation(population)[:count]
        when = ordinary_times(rng, count)
        # Who did not exist then follows later, mostly soon after signing up.
        soon = created[who] + 60 + ((END - DAY - created[who]) * rng.random(count) ** 3).astype(np.int64)
        when = np.where(when <= created[who], soon, when)
        order = np.argsort(when, kind="stable")
        accounts.append(np.full(count, account)), people.append(who[order]), times.append(when[order])
    made = [created]
    for account, when in blocks:
        when = np.sort(when)
        people.append(sum(map(len, made)) + np.arange(len(when)))
        made.append(when.min() - (2 + 70 * rng.random(len(when)) ** 2).astype(np.int64) * DAY
                    - rng.integers(0, DAY, len(when)))
        accounts.append(np.full(len(when), account)), times.append(when)
    chunks = [profiles(rng, created[i:i + 500_000], False) for i in range(0, population, 500_000)]
    chunks += [profiles(rng, block, True) for block in made[1:]]
    account, person, time = map(np.concatenate, (accounts, people, times))
    order = np.argsort(time, kind="stable")
    account, person, time = account[order], person[order], time[order]
    for one in range(len(ACCOUNTS)):
        own = np.flatnonzero(account == one)
        time[own] = spread_out(time[own])
    order = np.argsort(time, kind="stable")
    return pl.concat(chunks, rechunk=True), account[order], person[order], time[order]


def as_time(name):
    return pl.from_epoch(pl.col(name), time_unit="s")


def csv_rows(people, account, person, time):
    picked = people[person].with_columns(account=pl.Series(ACCOUNTS)[account], followed=time)
    return picked.select(
        "account", "follower_id", "screen_name", "name", as_time("created").alias("created_at"),
        as_time("followed").alias("followed_at"), "followers_count", "friends_count", "statuses_count",
        "favourites_count", "listed_count", "verified", "protected", "default_profile", "default_profile_image", "lang",
        "location", "description", "url", as_time("last").alias("last_status_at"))


def json_rows(frame):
    """The same rows as the newer interface of the site gives them."""
    stamp = [pl.col(name).dt.strftime("%Y-%m-%dT%H:%M:%S.000Z") for name in
             ("created_at", "followed_at", "last_status_at")]
    return frame.with_columns(stamp).select(
        "account", "followed_at", pl.col("follower_id").cast(pl.String).alias("id"),
        pl.col("screen_name").alias("username"), "name", "created_at", "description", "location", "url", "verified",
        "protected", "default_profile", "default_profile_image", "lang",
        pl.struct(followers_count="followers_count", following_count="friends_count", tweet_count="statuses_count",
                  listed_count="listed_count", like_count="favourites_count").alias("public_metrics"),
        "last_status_at")


def generate(folder, rows, seed=11):
    """Makes the files once: followers.csv, followers.jsonl and the CSV cut into twenty; gives their folder."""
    folder = folder / f"rows-{rows}-{seed}"
    done = folder / "data.json"
    if done.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "parts").mkdir(parents=True)
    people, account, person, time = people_and_rows(rows, seed)
    limits = np.linspace(0, rows, PARTS + 1).astype(int)
    style = {"datetime_format": "%Y-%m-%dT%H:%M:%SZ", "quote_style": "necessary"}
    with open(folder / "followers.csv", "wb") as whole, open(folder / "followers.jsonl", "wb") as lines:
        for number, (low, high) in enumerate(zip(limits, limits[1:])):
            frame = csv_rows(people, account[low:high], person[low:high], time[low:high])
            frame.write_csv(whole, include_header=number == 0, **style)
            frame.write_csv(folder / "parts" / f"{number:02}.csv", **style)
            json_rows(frame).write_ndjson(lines)
    done.write_text(json.dumps({"rows": rows, "seed": seed, "people": len(people)}))
    return folder

"""Queries of the families that the core queries stand for: predicates, groups, sorts, joins, windows and the rest.

What would give a million rows ends in a few figures of them, so that the work is timed and not the printing."""

import polars as pl

from bench_data import ACCOUNTS
from bench_query import Query

c = pl.col
BIG, SECOND, THIRD, FOURTH, FIFTH = ACCOUNTS[:5]
SMALL = ACCOUNTS[-1]


def day(name):
    return c(name).dt.date()


def month(name):
    return c(name).dt.truncate("1mo").dt.date()


def counted(f, *conditions):
    return f.filter(*conditions).select(pl.len())


def predicate(name, decoy, sql, *conditions, chdb=""):
    return Query(
        name, "predicates", f"f | filter {decoy} | count", sql=f"select count(*) from f where {sql}",
        chdb=chdb and f"select count(*) from f where {chdb}", polars=lambda f: counted(f, *conditions))


PREDICATES = [
    predicate("in-lists of texts", f'account in ("{SECOND}", "{THIRD}", "{FIFTH}") and lang in ("en", "es", "ja", "pt")',
              f"account in ('{SECOND}', '{THIRD}', '{FIFTH}') and lang in ('en', 'es', 'ja', 'pt')",
              c("account").is_in([SECOND, THIRD, FIFTH]), c("lang").is_in(["en", "es", "ja", "pt"])),
    predicate("in-list of numbers", "followers in (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144)",
              "followers_count in (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144)",
              c("followers_count").is_in([0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144])),
    predicate("or-chain", "followers == 0 or friends > 5000 or statuses == 0 or listed > 100 or verified",
              "followers_count = 0 or friends_count > 5000 or statuses_count = 0 or listed_count > 100 or verified",
              (c("followers_count") == 0) | (c("friends_count") > 5000) | (c("statuses_count") == 0)
              | (c("listed_count") > 100) | c("verified")),
    predicate("between", "followers between 100 and 1000 and statuses between 10 and 500",
              "followers_count between 100 and 1000 and statuses_count between 10 and 500",
              c("followers_count").is_between(100, 1000), c("statuses_count").is_between(10, 500)),
    predicate("null tests", "description == null and location == null and url != null",
              "description is null and location is null and url is not null",
              c("description").is_null(), c("location").is_null(), c("url").is_not_null()),
    predicate("dates", "followed_at in 2021-03..2021-08 and created_at < 2015",
              "followed_at >= '2021-03-01' and followed_at < '2021-09-01' and created_at < '2015-01-01'",
              c("followed_at") >= pl.datetime(2021, 3, 1), c("followed_at") < pl.datetime(2021, 9, 1),
              c("created_at") < pl.datetime(2015, 1, 1)),
    predicate("two columns", "last_status_at < followed_at and friends > followers",
              "last_status_at < followed_at and friends_count > followers_count",
              c("last_status_at") < c("followed_at"), c("friends_count") > c("followers_count")),
    predicate("text equals, few values", 'location == "Berlin" and lang != "en"', "location = 'Berlin' and lang <> 'en'",
              c("location") == "Berlin", c("lang") != "en"),
    predicate("text equals, many values", 'name == "Anna Smith" or screen_name == "ravi_games"',
              "name = 'Anna Smith' or screen_name = 'ravi_games'",
              (c("name") == "Anna Smith") | (c("screen_name") == "ravi_games")),
    predicate("prefix", 'starts_with(screen_name, "anna")', "starts_with(screen_name, 'anna')",
              c("screen_name").str.starts_with("anna"), chdb="startsWith(screen_name, 'anna')"),
    predicate("suffix", 'ends_with(screen_name, "99")', "ends_with(screen_name, '99')",
              c("screen_name").str.ends_with("99"), chdb="endsWith(screen_name, '99')"),
    predicate("not", "not (verified or protected) and not default_profile and not (followers < 50)",
              "not (verified or protected) and not default_profile and not (followers_count < 50)",
              ~(c("verified") | c("protected")), ~c("default_profile"), ~(c("followers_count") < 50)),
    predicate("arithmetic", "friends > 10 * followers and (statuses + favourites) / (listed + 1) < 20",
              "friends_count > 10 * followers_count and (statuses_count + favourites_count) / (listed_count + 1) < 20",
              c("friends_count") > 10 * c("followers_count"),
              (c("statuses_count") + c("favourites_count")) / (c("listed_count") + 1) < 20),
    predicate("length of text", "length(description) > 100", "length(description) > 100",
              c("description").str.len_chars() > 100, chdb="lengthUTF8(description) > 100"),
    predicate("two words", 'contains(description, "coffee") and contains(description, "music")',
              "contains(description, 'coffee') and contains(description, 'music')",
              c("description").str.contains("coffee", literal=True), c("description").str.contains("music", literal=True),
              chdb="position(description, 'coffee') > 0 and position(description, 'music') > 0"),
    predicate("alternatives", r"description matches /\b(coffee|wine|beer)\b/",
              r"regexp_matches(description, '\b(coffee|wine|beer)\b')",
              c("description").str.contains(r"\b(coffee|wine|beer)\b"),
              chdb=r"match(description, '\\b(coffee|wine|beer)\\b')"),
    predicate("hours and weekdays", "hour(followed_at) in 0..5 and weekday(followed_at) >= 6",
              "hour(followed_at) between 0 and 5 and isodow(followed_at) >= 6",
              c("followed_at").dt.hour().is_between(0, 5), c("followed_at").dt.weekday() >= 6,
              chdb="toHour(followed_at) between 0 and 5 and toDayOfWeek(followed_at) >= 6"),
]


def sizes(f, *keys):
    """How many groups there are, the largest, and the sum of squares."""
    n = f.group_by(*keys).agg(pl.len().cast(pl.Int64).alias("n"))
    return n.select(pl.len(), c("n").max().alias("m"), (c("n") * c("n")).sum().alias("s"))


def groups(name, decoy, sql, *keys, chdb=""):
    """Groups by keys of many values."""
    text = "select count(*), max(n), sum(n * n) from (select count(*) n from f group by {})"
    return Query(
        name, "groups", f"f | group n = count() by {decoy} | group k = count(), m = max(n), s = sum(n * n)",
        sql=text.format(sql), chdb=chdb and text.format(chdb), polars=lambda f: sizes(f, *keys))


GROUPS = [
    groups("group by names", "screen_name", "screen_name", "screen_name"),
    groups("group by long texts", "description", "description", "description"),
    groups("group by id and time", "id, created_at", "follower_id, created_at", "follower_id", "created_at"),
    groups("group by two numbers", "followers, friends", "followers_count, friends_count",
           "followers_count", "friends_count"),
    groups("group by name and account", "name, account", "name, account", "name", "account"),
    Query(
        "group by expressions", "groups",
        "f | group n = count() by size = floor(ln(1 + followers)), y = year(created_at)",
        duckdb="select floor(ln(1 + followers_count)) a, year(created_at) b, count(*) from f group by a, b",
        chdb="select floor(log(1 + followers_count)) a, toYear(created_at) b, count(*) from f group by a, b",
        polars=lambda f: f.group_by((c("followers_count") + 1).log().floor().alias("a"),
                                    c("created_at").dt.year().alias("b")).agg(pl.len())),
    Query(
        "group by weekday and hour", "groups",
        "f | group n = count(), m = avg(statuses) by w = weekday(followed_at), h = hour(followed_at)",
        duckdb="select isodow(followed_at) a, hour(followed_at) b, count(*), avg(statuses_count) from f group by a, b",
        chdb="select toDayOfWeek(followed_at) a, toHour(followed_at) b, count(*), avg(statuses_count) from f group by a, b",
        polars=lambda f: f.group_by(c("followed_at").dt.weekday().alias("a"), c("followed_at").dt.hour().alias("b")).agg(
            pl.len(), c("statuses_count").mean().alias("m"))),
    Query(
        "group by month and language", "groups", "f | group n = count(), s = sum(followers) by month(followed_at), lang",
        duckdb="select date_trunc('month', followed_at)::date m, lang, count(*), sum(followers_count) from f group by m, lang",
        chdb="select toStartOfMonth(followed_at) m, lang, count(*), sum(followers_count) from f group by m, lang",
        polars=lambda f: f.group_by(month("followed_at").alias("m"), "lang").agg(
            pl.len(), c("followers_count").sum().alias("s"))),
    Query(
        "group by four flags", "groups",
        "f | group n = count(), a = avg(friends) by verified, protected, default_profile, default_image",
        sql="select verified, protected, default_profile, default_profile_image, count(*), avg(friends_count) from f"
            " group by verified, protected, default_profile, default_profile_image",
        polars=lambda f: f.group_by("verified", "protected", "default_profile", "default_profile_image").agg(
            pl.len(), c("friends_count").mean().alias("a"))),
    Query(
        "group after a filter, null key", "groups",
        "f | filter followers > 1000 | group n = count(), a = avg(listed) by location",
        sql="select location, count(*), avg(listed_count) from f where followers_count > 1000 group by location",
        polars=lambda f: f.filter(c("followers_count") > 1000).group_by("location").agg(
            pl.len(), c("listed_count").mean().alias("a"))),
    Query(
        "fifteen aggregates", "groups",
        "f | group n = count(), a = sum(followers), b = avg(followers), c = min(followers), d = max(followers),"
        " e = sum(friends), g = avg(friends), h = min(friends), i = max(friends), j = sum(statuses), k = avg(statuses),"
        " l = min(statuses), m = max(statuses), o = count(verified), p = count(description) by account",
        duckdb="select account, count(*), sum(followers_count), avg(followers_count), min(followers_count),"
               " max(followers_count), sum(friends_count), avg(friends_count), min(friends_count), max(friends_count),"
               " sum(statuses_count), avg(statuses_count), min(statuses_count), max(statuses_count),"
               " count(*) filter (verified), count(description) from f group by account",
        chdb="select account, count(*), sum(followers_count), avg(followers_count), min(followers_count),"
             " max(followers_count), sum(friends_count), avg(friends_count), min(friends_count), max(friends_count),"
             " sum(statuses_count), avg(statuses_count), min(statuses_count), max(statuses_count),"
             " countIf(verified), count(description) from f group by account",
        polars=lambda f: f.group_by("account").agg(
            pl.len(), *[getattr(c(f"{name}_count"), how)().alias(name + how)
                        for name in ("followers", "friends", "statuses") for how in ("sum", "mean", "min", "max")],
            c("verified").sum(), c("description").count())),
]

# Gini's coefficient over the different values, each as often as it is there.
GINI = ("with v as (select account, followers_count x, count(*) k from f group by account, followers_count),"
        " e as (select account, x, k, sum(k) over (partition by account order by x) e, sum(k) over (partition by account) n"
        " from v) select account, sum({} * (2 * e - k - n)) / (max(n) * sum({})) from e group by account")


def gini(name):
    x, n = c(name).sort(), pl.len()
    return ((2 * pl.int_range(1, n + 1) - n - 1) * x).cast(pl.Float64).sum() / (n * x.sum())


AGGREGATES = [
    Query(
        "three quantiles by language", "aggregates",
        "f | group a = quantile(statuses, 0.1), b = quantile(statuses, 0.5), c = quantile(statuses, 0.9) by lang",
        duckdb="select lang, quantile_cont(statuses_count, [0.1, 0.5, 0.9]) from f group by lang",
        chdb="select lang, quantilesExactInclusive(0.1, 0.5, 0.9)(statuses_count) from f group by lang",
        polars=lambda f: f.group_by("lang").agg(
            c("statuses_count").quantile(q, "linear").alias(str(q)) for q in (0.1, 0.5, 0.9))),
    Query(
        "quantiles of a ratio", "aggregates",
        "f | derive r = friends / (followers + 1) | group a = quantile(r, 0.05), b = median(r), c = quantile(r, 0.95)",
        duckdb="select quantile_cont(friends_count / (followers_count + 1), [0.05, 0.5, 0.95]) from f",
        chdb="select quantilesExactInclusive(0.05, 0.5, 0.95)(friends_count / (followers_count + 1)) from f",
        polars=lambda f: f.select((c("friends_count") / (c("followers_count") + 1)).alias("r")).select(
            c("r").quantile(q, "linear").alias(str(q)) for q in (0.05, 0.5, 0.95))),
    Query(
        "distinct names by account", "aggregates", "f | group d = distinct(name) by account",
        duckdb="select account, count(distinct name) from f group by account",
        chdb="select account, uniqExact(name) from f group by account",
        polars=lambda f: f.group_by("account").agg(c("name").n_unique())),
    Query(
        "distinct languages and places by day", "aggregates",
        "f | group a = distinct(lang), b = distinct(location) by day(followed_at)",
        duckdb="select followed_at::date d, count(distinct lang), count(distinct location) from f group by d",
        chdb="select toDate(followed_at) d, uniqExact(lang), uniqExact(location) from f group by d",
        polars=lambda f: f.group_by(day("followed_at").alias("d")).agg(
            c("lang").n_unique(), c("location").drop_nulls().n_unique())),
    Query(
        "distinct ids by day", "aggregates", "f | group d = distinct(id) by day(created_at)",
        duckdb="select created_at::date d, count(distinct follower_id) from f group by d",
        chdb="select toDate(created_at) d, uniqExact(follower_id) from f group by d",
        polars=lambda f: f.group_by(day("created_at").alias("d")).agg(c("follower_id").n_unique())),
    Query(
        "first and last", "aggregates",
        "f | group a = first(screen_name), b = last(screen_name), c = first(url) by account",
        duckdb="select account, arg_min(screen_name, followed_at), arg_max(screen_name, followed_at),"
               " arg_min(url, followed_at) filter (url is not null) from f group by account",
        chdb="select account, argMin(screen_name, followed_at), argMax(screen_name, followed_at),"
             " argMin(url, followed_at) from f group by account",
        polars=lambda f: f.group_by("account").agg(
            c("screen_name").first().alias("a"), c("screen_name").last().alias("b"), c("url").drop_nulls().first())),
    Query(
        "least and greatest times", "aggregates",
        "f | group a = min(created_at), b = max(created_at), c = max(last_status_at) by lang",
        sql="select lang, min(created_at), max(created_at), max(last_status_at) from f group by lang",
        polars=lambda f: f.group_by("lang").agg(
            c("created_at").min().alias("a"), c("created_at").max().alias("b"), c("last_status_at").max())),
    Query(
        "least and greatest texts", "aggregates", "f | group a = min(screen_name), b = max(screen_name) by lang",
        sql="select lang, min(screen_name), max(screen_name) from f group by lang",
        polars=lambda f: f.group_by("lang").agg(c("screen_name").min().alias("a"), c("screen_name").max().alias("b"))),
    Query(
        "text of the greatest", "aggregates", "f | group a = max_by(screen_name, favourites * 1_000_000_000 + followers) by month(created_at)",
        duckdb="select date_trunc('month', created_at)::date m, arg_max(screen_name, favourites_count * 1000000000 + followers_count)"
               " from f group by m",
        chdb="select toStartOfMonth(created_at) m, argMax(screen_name, favourites_count * 1000000000 + followers_count) from f group by m",
        polars=lambda f: f.group_by(month("created_at").alias("m")).agg(
            c("screen_name").get((c("favourites_count") * 1_000_000_000 + c("followers_count")).arg_max()))),
    Query(
        "shares of conditions", "aggregates",
        "f | group a = share(followers < 10), b = share(description == null), c = share(verified) by month(followed_at)",
        duckdb="select date_trunc('month', followed_at)::date m, avg((followers_count < 10)::int), avg((description is null)::int),"
               " avg(verified::int) from f group by m",
        chdb="select toStartOfMonth(followed_at) m, avg(followers_count < 10), avg(description is null), avg(verified)"
             " from f group by m",
        polars=lambda f: f.group_by(month("followed_at").alias("m")).agg(
            (c("followers_count") < 10).mean().alias("a"), c("description").is_null().mean().alias("b"),
            c("verified").mean())),
    Query(
        "Gini by account", "aggregates", "f | group g = gini(followers) by account",
        duckdb=GINI.format("x * k", "x * k"), chdb=GINI.format("toFloat64(x * k)", "x * k"),
        polars=lambda f: f.group_by("account").agg(gini("followers_count"))),
    Query(
        "correlations by language", "aggregates",
        "f | group a = corr(ln(1 + followers), ln(1 + friends)), b = corr(statuses, favourites) by lang",
        duckdb="select lang, corr(ln(1 + followers_count), ln(1 + friends_count)), corr(statuses_count, favourites_count)"
               " from f group by lang",
        chdb="select lang, corrStable(log(1 + followers_count), log(1 + friends_count)),"
             " corrStable(statuses_count, favourites_count) from f group by lang",
        polars=lambda f: f.group_by("lang").agg(
            pl.corr((c("followers_count") + 1).log(), (c("friends_count") + 1).log()).alias("a"),
            pl.corr("statuses_count", "favourites_count").alias("b"))),
    Query(
        "deviation and mode", "aggregates", "f | group s = stddev(statuses), m = mode(lang) by account",
        duckdb="select account, stddev_samp(statuses_count), mode(lang) from f group by account",
        chdb="select a.account, s, m from (select account, stddevSampStable(statuses_count) s from f group by account) a"
             " join (select account, argMax(lang, n) m from (select account, lang, count(*) n from f group by account, lang)"
             " group by account) b using account",
        polars=lambda f: f.group_by("account").agg(
            c("statuses_count").std(), c("lang").mode().first())),
]

EACH = 1000  # of a sorted table every thousandth row is shown


def sampled(inner, chdb=False):
    """Every thousandth row of a sorted subquery."""
    number = "rowNumberInAllBlocks()" if chdb else "row_number() over () - 1"
    return f"select * from (select {number} as i, t.* from ({inner}) t) where i % {EACH} = 0 order by i"


def sort(name, keys, sql_keys, columns, sql_columns, polars):
    inner = f"select {sql_columns} from f order by {sql_keys}"
    return Query(
        name, "sorts", f"f | sort {keys} | select {columns} | window j = row_number() | filter j % {EACH} == 1"
                       f" | derive i = j - 1 | select i, {columns}",
        duckdb=sampled(inner), chdb=sampled(inner, True),
        polars=lambda f: polars(f).with_row_index("i").gather_every(EACH))


SORTS = [
    sort("sort by text", "screen_name, id", "screen_name, follower_id", "screen_name, id", "screen_name, follower_id",
         lambda f: f.select("screen_name", "follower_id").sort("screen_name", "follower_id")),
    sort("sort by two keys", "account, friends desc", "account::varchar, friends_count desc", "account, friends",
         "account, friends_count",
         lambda f: f.select(c("account").cast(pl.String), "friends_count").sort(
             "account", "friends_count", descending=[False, True])),
    sort("sort by a number", "statuses desc", "statuses_count desc", "statuses", "statuses_count",
         lambda f: f.select("statuses_count").sort("statuses_count", descending=True)),
    sort("sort by time, wide", "created_at, id", "created_at, follower_id",
         "created_at, id, screen_name, name, followers, lang, description",
         "created_at, follower_id, screen_name, name, followers_count, lang, description",
         lambda f: f.select("created_at", "follower_id", "screen_name", "name", "followers_count", "lang", "description")
         .sort("created_at", "follower_id")),
    sort("sort by an expression", "friends / (followers + 1) desc, id", "friends_count / (followers_count + 1) desc, follower_id",
         "id, friends", "follower_id, friends_count",
         lambda f: f.select("follower_id", "friends_count", r=c("friends_count") / (c("followers_count") + 1)).sort(
             "r", "follower_id", descending=[True, False]).drop("r")),
    Query(
        "top 100, wide", "sorts",
        "f | top 100 by followers, id | select id, screen_name, name, followers, lang, description",
        sql="select follower_id, screen_name, name, followers_count, lang, description from f"
            " order by followers_count desc, follower_id desc limit 100",
        polars=lambda f: f.select("follower_id", "screen_name", "name", "followers_count", "lang", "description")
        .top_k(100, by=["followers_count", "follower_id"])),
    Query(
        "top 3 a day", "sorts", "f | top 3 by followers, id per d = day(followed_at) | select id, followers",
        duckdb="select r.id, r.n from (select unnest(max({'n': followers_count, 'id': follower_id}, 3)) r"
               " from f group by followed_at::date)",
        chdb="select follower_id, followers_count from f order by followers_count desc, follower_id desc"
             " limit 3 by toDate(followed_at)",
        polars=lambda f: f.group_by(day("followed_at").alias("d")).agg(
            c("follower_id", "followers_count").top_k_by(["followers_count", "follower_id"], 3)
        ).explode("follower_id", "followers_count").select("follower_id", "followers_count")),
]

FAMILIES = PREDICATES + GROUPS + AGGREGATES + SORTS

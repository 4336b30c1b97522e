"""Shapes in which hunts through seven hundred other queries found Decoy slower than a peer: kept, so that it stays faster."""

import polars as pl

from bench_families import BIG, day, predicate
from bench_query import Query

c = pl.col
NAMES = ["Anna Smith", "John Brown", "Kim Okafor", "Olga Silva", "Carlos Baker", "Alex Davis", "Ahmed", "Ravi", "Maria García",
         "Hana Chen", "Ken Hill", "Nina Moore", "Leila Khan", "Sam Clark", "Ben Jones", "Kate Young", "Lucas Rossi", "Ana"]
COUNTS = ["followers", "friends", "statuses", "favourites", "listed"]
MOMENTS = [("min", "min"), ("max", "max"), ("avg", "avg"), ("stddev", "stddev_samp")]


def listed(words, quote):
    return ", ".join(f"{quote}{word}{quote}" for word in words)


def matching(name, column, decoy, pattern, polars="", chdb=""):
    return Query(
        name, "shapes", f"f | filter {column} matches {decoy} | count",
        duckdb=f"select count(*) from f where regexp_matches({column}, '{pattern}')",
        chdb=f"select count(*) from f where match({column}, '{chdb or pattern}')",
        polars=lambda f: f.filter(c(column).str.contains(polars or pattern)).select(pl.len()))


PATTERNS = [
    matching("a class behind a letter", "description", "/#[a-z]+/", "#[a-z]+"),
    matching("words in any case", "description", "/bot|spam|fake/i", "(?i)bot|spam|fake"),
    matching("last character", "description", "/[.!?,]$/", "[.!?,]$"),
    matching("letters beyond ASCII", "description", "/[а-я]+/", "[а-я]+"),
    predicate("contains in any case, beyond ASCII", 'description ~ "Любовь"', "lower(description) like '%любовь%'",
              c("description").str.contains("(?i)любовь"), chdb="positionCaseInsensitiveUTF8(description, 'любовь') > 0"),
    predicate("many texts in a list", f"name in ({listed(NAMES, chr(34))})", f"name in ({listed(NAMES, chr(39))})",
              c("name").is_in(NAMES)),
    predicate("texts between", 'description between "a" and "c"', "description between 'a' and 'c'",
              c("description").is_between(pl.lit("a"), pl.lit("c"))),
    predicate("last two letters", 'substring(screen_name, -2) == "99"', "right(screen_name, 2) = '99'",
              c("screen_name").str.slice(-2) == "99"),
    predicate("words of a text", 'length(description) - length(replace(description, " ", "")) >= 5',
              "length(description) - length(replace(description, ' ', '')) >= 5",
              c("description").str.count_matches(" ", literal=True) >= 5,
              chdb="lengthUTF8(description) - lengthUTF8(replaceAll(description, ' ', '')) >= 5"),
]

GROUPS = [
    Query(
        "first row of each id", "shapes",
        "f | top 1 by followers, followed_at per id | group n = count(), s = sum(followers)",
        sql="select count(*), sum(followers_count) from (select followers_count, row_number() over (partition by follower_id"
            " order by followers_count desc, followed_at desc) i from f) t where i = 1",
        polars=lambda f: f.select("follower_id", "followers_count", "followed_at").sort(
            "followers_count", "followed_at", descending=True).unique("follower_id", keep="first").select(
            pl.len(), c("followers_count").sum())),
    Query(
        "the ten thousand greatest", "shapes",
        "f | top 10000 by followers, id, followed_at | group m = min(followers), s = sum(followers)",
        sql="select min(followers_count), sum(followers_count) from (select followers_count from f order by"
            " followers_count desc, follower_id desc, followed_at desc limit 10000) t",
        polars=lambda f: f.select("followers_count", "follower_id", "followed_at").top_k(
            10000, by=["followers_count", "follower_id", "followed_at"]).select(
            c("followers_count").min().alias("m"), c("followers_count").sum().alias("s"))),
    Query(
        "averages by id", "shapes",
        "f | group n = count(), a = sum(followers), b = max(friends), d = avg(statuses) by id"
        " | group k = count(), s = sum(a), t = max(b), u = sum(d)",
        sql="select count(*), sum(a), max(b), sum(d) from (select sum(followers_count) a, max(friends_count) b,"
            " avg(statuses_count) d from f group by follower_id) t",
        polars=lambda f: f.group_by("follower_id").agg(
            c("followers_count").sum().alias("a"), c("friends_count").max().alias("b"), c("statuses_count").mean().alias("d")
        ).select(pl.len(), c("a").sum(), c("b").max(), c("d").sum())),
    Query(
        "deviations by handle", "shapes",
        "f | group s = stddev(followers) by screen_name | group n = count(s), t = sum(s)",
        duckdb="select count(s), sum(s) from (select stddev_samp(followers_count) s from f group by screen_name)",
        polars=lambda f: f.group_by("screen_name").agg(c("followers_count").std().alias("s")).select(
            c("s").count().alias("n"), c("s").sum().alias("t"))),
    Query(
        "moments of five columns", "shapes",
        "f | group " + ", ".join(f"{name}_{own} = {own}({name})" for name in COUNTS for own, _ in MOMENTS),
        duckdb="select " + ", ".join(f"{sql}({name}_count)" for name in COUNTS for _, sql in MOMENTS) + " from f",
        chdb="select " + ", ".join(f"{sql}({name}_count)" for name in COUNTS
                                   for sql in ("min", "max", "avg", "stddevSamp")) + " from f",
        polars=lambda f: f.select([
            getattr(c(f"{name}_count"), own)().alias(f"{name}_{own}") for name in COUNTS for own in ("min", "max", "mean", "std")
        ])),
    Query(
        "distinct texts by account", "shapes", "f | group d = distinct(screen_name) by account",
        sql="select account, count(distinct screen_name) from f group by account",
        polars=lambda f: f.group_by("account").agg(c("screen_name").n_unique())),
    Query(
        "lists of each person", "shapes", "f | group k = distinct(account) by id | count by k",
        sql="select k, count(*) from (select count(distinct account) k from f group by follower_id) t group by k",
        polars=lambda f: f.group_by("follower_id").agg(c("account").n_unique().alias("k")).group_by("k").agg(pl.len())),
    Query(
        "distinct texts by day", "shapes",
        "f | group d = distinct(name), e = distinct(lang) by t = day(followed_at) | group n = count(), s = sum(d), u = sum(e)",
        duckdb="select count(*), sum(d), sum(e) from (select count(distinct name) d, count(distinct lang) e from f"
               " group by followed_at::date)",
        chdb="select count(*), sum(d), sum(e) from (select uniqExact(name) d, uniqExact(lang) e from f"
             " group by toDate(followed_at)) t",
        polars=lambda f: f.group_by(day("followed_at")).agg(
            c("name").n_unique().alias("d"), c("lang").n_unique().alias("e")).select(pl.len(), c("d").sum(), c("e").sum())),
]

ROWS = [
    Query(
        "count of each row's handle", "shapes", "f | derive k = count() per screen_name | filter k >= 5 | count by lang",
        sql="select lang, count(*) from (select lang, count(*) over (partition by screen_name) k from f) t where k >= 5"
            " group by lang",
        polars=lambda f: f.filter(pl.len().over("screen_name") >= 5).group_by("lang").agg(pl.len())),
    Query(
        "first follow of each handle", "shapes",
        "f | window i = row_number() by followed_at, id per screen_name | filter i == 1 | group n = count(), s = sum(followers)",
        sql="select count(*), sum(followers_count) from (select followers_count, row_number() over (partition by screen_name"
            " order by followed_at, follower_id) i from f) t where i = 1",
        polars=lambda f: f.select("screen_name", "followed_at", "follower_id", "followers_count").sort(
            "followed_at", "follower_id").unique("screen_name", keep="first").select(pl.len(), c("followers_count").sum())),
    Query(
        "words of descriptions", "shapes",
        f'f | filter account == "{BIG}" and description != null | derive w = split(description, " ") | explode w'
        " | group n = count() by w | top 20 by n, w",
        duckdb="select w, count(*) n from (select unnest(string_split(description, ' ')) w from f"
               f" where account = '{BIG}') group by w order by n desc, w desc limit 20",
        polars=lambda f: f.filter(c("account") == BIG, c("description").is_not_null()).select(
            c("description").str.split(" ").alias("w")).explode("w").group_by("w").agg(pl.len().alias("n")).top_k(
            20, by=["n", "w"])),
]

NUMBERS = range(3, 5000, 5)
MINUTES = [f"201{year}-0{month}-{day}T21:27:{second}" for year in range(2, 7) for month in range(1, 9)
           for day, second in ((11, 10), (17, 31), (23, 46))]
HANDLES = [f"{name.split()[0].lower()}_{number}" for name in NAMES for number in range(1, 60)]

LISTS = [
    predicate("a thousand numbers in a list", f"statuses in ({listed(NUMBERS, '')})",
              f"statuses_count in ({listed(NUMBERS, '')})", c("statuses_count").is_in(list(NUMBERS))),
    predicate("a thousand texts in a list", f"screen_name in ({listed(HANDLES, chr(34))})",
              f"screen_name in ({listed(HANDLES, chr(39))})", c("screen_name").is_in(HANDLES)),
    predicate("times in a list", f"created_at in ({listed(MINUTES, '')})",
              f"created_at in ({', '.join(f'timestamp {chr(39)}{moment}{chr(39)}' for moment in MINUTES)})",
              c("created_at").is_in(pl.Series(MINUTES).str.to_datetime()),
              chdb=f"created_at in ({', '.join(f'toDateTime({chr(39)}{moment}{chr(39)}, {chr(39)}UTC{chr(39)})' for moment in MINUTES)})"),
    predicate("a text equal to another", "description == name or name == screen_name",
              "description = name or name = screen_name",
              (c("description") == c("name")) | (c("name") == c("screen_name"))),
    predicate("powers and roots", "sqrt(followers) * 2 > pow(friends, 0.4)",
              "sqrt(followers_count) * 2 > pow(friends_count, 0.4)",
              c("followers_count").sqrt() * 2 > c("friends_count").cast(pl.Float64).pow(0.4)),
]

NUMBERED = [
    Query(
        "the newest rows", "shapes", "f | sort followed_at desc, id | take 20 | select id, followed_at",
        sql="select follower_id, followed_at from f order by followed_at desc, follower_id limit 20",
        polars=lambda f: f.select("follower_id", "followed_at").sort(
            "followed_at", "follower_id", descending=[True, False]).head(20)),
    Query(
        "quantiles by day", "shapes",
        "f | group a = median(followers), b = quantile(friends, 0.9), k = quantile(statuses, 0.25) by d = day(followed_at)"
        " | group n = count(), s = sum(a), t = sum(b), u = sum(k)",
        duckdb="select count(*), sum(a), sum(b), sum(k) from (select quantile_cont(followers_count, 0.5) a,"
               " quantile_cont(friends_count, 0.9) b, quantile_cont(statuses_count, 0.25) k from f group by followed_at::date)",
        polars=lambda f: f.group_by(day("followed_at")).agg(
            c("followers_count").median().alias("a"), c("friends_count").quantile(0.9, "linear").alias("b"),
            c("statuses_count").quantile(0.25, "linear").alias("k")).select(
            pl.len(), c("a").sum(), c("b").sum(), c("k").sum())),
    Query(
        "entropies by day", "shapes",
        "f | group e = entropy(followers) by d = day(followed_at) | group n = count(), s = sum(e), m = max(e)",
        duckdb="select count(*), sum(e), max(e) from (select entropy(followers_count) e from f group by followed_at::date)",
        polars=lambda f: f.group_by(day("followed_at")).agg(
            c("followers_count").value_counts().struct.field("count").entropy(base=2).alias("e")).select(
            pl.len(), c("e").sum(), c("e").max().alias("m"))),
    Query(
        "quarters of an hour", "shapes",
        "f | group n = count() by k = bin(followed_at, 15min) | group k = count(), m = max(n), s = sum(n * n)",
        duckdb="select count(*), max(n), sum(n * n) from (select count(*) n from f"
               " group by time_bucket(interval '15 minutes', followed_at))",
        polars=lambda f: f.group_by(c("followed_at").dt.truncate("15m")).agg(pl.len().cast(pl.Int64).alias("n")).select(
            pl.len(), c("n").max(), (c("n") * c("n")).sum().alias("s"))),
    Query(
        "different times of a list in order", "shapes", "f | group d = distinct(followed_at)",
        sql="select count(distinct followed_at) from f",
        polars=lambda f: f.select(c("followed_at").n_unique())),
    Query(
        "choices within choices", "shapes",
        'f | group n = count() by k = if(verified, if(followers > 1000, "vip", "verified"),'
        ' if(default_image, "egg", if(statuses == 0, "silent", "usual")))',
        sql="select case when verified then case when followers_count > 1000 then 'vip' else 'verified' end when"
            " default_profile_image then 'egg' when statuses_count = 0 then 'silent' else 'usual' end k, count(*) from f group by k",
        polars=lambda f: f.group_by(
            pl.when(c("verified")).then(
                pl.when(c("followers_count") > 1000).then(pl.lit("vip")).otherwise(pl.lit("verified")))
            .when(c("default_profile_image")).then(pl.lit("egg"))
            .when(c("statuses_count") == 0).then(pl.lit("silent")).otherwise(pl.lit("usual")).alias("k")).agg(pl.len())),
    Query(
        "deviations by month and language", "shapes",
        "f | group a = stddev(statuses), n = count() by m = month(created_at), lang | filter n > 1"
        " | group s = sum(a), k = count()",
        duckdb="select sum(a), count(*) from (select stddev_samp(statuses_count) a, count(*) n from f"
               " group by date_trunc('month', created_at), lang) where n > 1",
        polars=lambda f: f.group_by(c("created_at").dt.truncate("1mo"), "lang").agg(
            c("statuses_count").std().alias("a"), pl.len().alias("n")).filter(c("n") > 1).select(c("a").sum(), pl.len())),
]

BEHIND = [
    Query(
        "groups of a prefix", "shapes",
        'f | group n = count(), m = max(followers) by screen_name | filter starts_with(screen_name, "anna")'
        " | group k = count(), s = sum(n), x = max(m)",
        sql="select count(*), sum(n), max(m) from (select screen_name, count(*) n, max(followers_count) m from f"
            " group by screen_name) where starts_with(screen_name, 'anna')",
        chdb="select count(*), sum(n), max(m) from (select screen_name, count(*) n, max(followers_count) m from f"
             " group by screen_name) where startsWith(screen_name, 'anna')",
        polars=lambda f: f.group_by("screen_name").agg(
            pl.len().alias("n"), c("followers_count").max().alias("m"))
        .filter(c("screen_name").str.starts_with("anna")).select(pl.len(), c("n").sum(), c("m").max())),
    Query(
        "conditions behind a join", "shapes",
        "f | join (f | group k = count() by followers, friends) on followers, friends"
        " | filter k > 20 and statuses < 5 | group n = count(), m = max(k)",
        sql="select count(*), max(k) from f join (select followers_count, friends_count, count(*) k from f"
            " group by followers_count, friends_count) g using (followers_count, friends_count)"
            " where k > 20 and statuses_count < 5",
        polars=lambda f: f.join(
            f.group_by("followers_count", "friends_count").agg(pl.len().cast(pl.Int64).alias("k")),
            on=["followers_count", "friends_count"])
        .filter(c("k") > 20, c("statuses_count") < 5).select(pl.len(), c("k").max())),
]

SHAPES = PATTERNS + GROUPS + ROWS + LISTS + NUMBERED + BEHIND

"""More queries of the families: joins, distinct, pivot, windows, chains of derive, text functions, files."""

import polars as pl

from bench_data import ACCOUNTS
from bench_families import BIG, FOURTH, SECOND, SMALL, THIRD, day, month
from bench_query import Query

c = pl.col


def of(f, account, *columns):
    return f.filter(c("account") == account).select(*columns)


JOINS = [
    Query(
        "join to a small table", "joins",
        "f | join (f | group m = median(followers) by lang) on lang | filter followers > m | count by lang",
        duckdb="select lang, count(*) from f join (select lang, median(followers_count) m from f group by lang) using (lang)"
               " where followers_count > m group by lang",
        chdb="select lang, count(*) from f join (select lang, quantileExactInclusive(0.5)(followers_count) m from f"
             " group by lang) t using (lang) where followers_count > m group by lang",
        polars=lambda f: f.join(f.group_by("lang").agg(c("followers_count").median().alias("m")), on="lang").filter(
            c("followers_count") > c("m")).group_by("lang").agg(pl.len())),
    Query(
        "join one to many", "joins",
        "f | group n = count(), h = max(screen_name) by id | filter n > 1 | join f on id"
        " | group k = count(), s = sum(n), t = sum(friends) by account",
        sql="select account, count(*), sum(n), sum(friends_count) from (select follower_id, count(*) n, max(screen_name) h"
            " from f group by follower_id) t join f using (follower_id) where n > 1 group by account",
        polars=lambda f: f.join(
            f.group_by("follower_id").agg(pl.len().cast(pl.Int64).alias("n")).filter(c("n") > 1), on="follower_id").group_by(
            "account").agg(pl.len(), c("n").sum(), c("friends_count").sum())),
    Query(
        "join many to many", "joins",
        f'f | filter account == "{SECOND}" | select d = day(created_at), friends | join (f | filter account == "{THIRD}"'
        " | select d = day(created_at), followers) on d | group n = count(), s = sum(friends), t = sum(followers)",
        duckdb=f"select count(*), sum(friends_count), sum(followers_count) from (select created_at::date d, friends_count"
               f" from f where account = '{SECOND}') a join (select created_at::date d, followers_count from f"
               f" where account = '{THIRD}') b using (d)",
        chdb=f"select count(*), sum(friends_count), sum(followers_count) from (select toDate(created_at) d, friends_count"
             f" from f where account = '{SECOND}') a join (select toDate(created_at) d, followers_count from f"
             f" where account = '{THIRD}') b using (d)",
        polars=lambda f: of(f, SECOND, day("created_at").alias("d"), "friends_count").join(
            of(f, THIRD, day("created_at").alias("d"), "followers_count"), on="d").select(
            pl.len(), c("friends_count").sum(), c("followers_count").sum())),
    Query(
        "followers of another account too", "joins",
        f'f | filter id in (f | filter account == "{SECOND}") | count by account',
        sql=f"select account, count(*) from f where follower_id in (select follower_id from f where account = '{SECOND}')"
            " group by account",
        polars=lambda f: f.join(of(f, SECOND, "follower_id"), on="follower_id", how="semi").group_by("account").agg(pl.len())),
    Query(
        "followers of no other account", "joins",
        f'f | filter account == "{SMALL}" | join (f | filter account != "{SMALL}") on id with kind = anti | count',
        sql=f"select count(*) from f where account = '{SMALL}' and follower_id not in"
            f" (select follower_id from f where account <> '{SMALL}')",
        polars=lambda f: f.filter(c("account") == SMALL).join(
            f.filter(c("account") != SMALL).select("follower_id"), on="follower_id", how="anti").select(pl.len())),
    Query(
        "join on text", "joins",
        f'f | filter account == "{BIG}" | select screen_name, friends | join (f | filter account == "{SECOND}"'
        " | select screen_name, followers) on screen_name | group n = count(), s = sum(friends), t = sum(followers)",
        sql=f"select count(*), sum(friends_count), sum(followers_count) from (select screen_name, friends_count from f"
            f" where account = '{BIG}') a join (select screen_name, followers_count from f where account = '{SECOND}') b"
            " using (screen_name)",
        polars=lambda f: of(f, BIG, "screen_name", "friends_count").join(
            of(f, SECOND, "screen_name", "followers_count"), on="screen_name").select(
            pl.len(), c("friends_count").sum(), c("followers_count").sum())),
    Query(
        "join on two keys", "joins",
        "f | join (f | group big = max(followers) by account, d = day(followed_at)) on account, day(followed_at) = d"
        " | filter followers == big | group n = count(), s = sum(big)",
        duckdb="select count(*), sum(big) from f join (select account, followed_at::date d, max(followers_count) big from f"
               " group by all) t on f.account = t.account and f.followed_at::date = t.d where followers_count = big",
        chdb="select count(*), sum(big) from (select account, toDate(followed_at) d, followers_count from f) a join"
             " (select account, toDate(followed_at) d, max(followers_count) big from f group by account, d) b"
             " using (account, d) where followers_count = big",
        polars=lambda f: f.with_columns(day("followed_at").alias("d")).join(
            f.group_by("account", day("followed_at").alias("d")).agg(c("followers_count").max().alias("big")),
            on=["account", "d"]).filter(c("followers_count") == c("big")).select(pl.len(), c("big").sum())),
    Query(
        "left join, nulls counted", "joins",
        f'f | join (f | filter account == "{FOURTH}" | select id, theirs = followed_at) on id with kind = left'
        " | group n = count(), k = count(theirs), l = max(theirs) by account",
        sql="select account, count(*), count(theirs), max(theirs) from f left join (select follower_id, followed_at as theirs"
            f" from f where account = '{FOURTH}') t using (follower_id) group by account",
        chdb="select account, count(*), count(theirs), max(theirs) from f left join (select follower_id,"
             f" toNullable(followed_at) as theirs from f where account = '{FOURTH}') t using (follower_id) group by account",
        polars=lambda f: f.join(of(f, FOURTH, "follower_id", c("followed_at").alias("theirs")), on="follower_id",
                                how="left").group_by("account").agg(
            pl.len(), c("theirs").count().alias("k"), c("theirs").max().alias("l"))),
    Query(
        "lookup of a text", "joins",
        f'f | lookup (f | filter account == "{BIG}" | select id, there = screen_name) on id'
        " | group n = count(there), m = max(there) by lang",
        sql=f"select lang, count(there), max(there) from f left join (select follower_id, screen_name as there from f"
            f" where account = '{BIG}') t using (follower_id) group by lang",
        chdb=f"select lang, count(there), max(there) from f left join (select follower_id, toNullable(screen_name) as there"
             f" from f where account = '{BIG}') t using (follower_id) group by lang",
        polars=lambda f: f.join(of(f, BIG, "follower_id", c("screen_name").alias("there")), on="follower_id",
                                how="left").group_by("lang").agg(c("there").count().alias("n"), c("there").max().alias("m"))),
]

DISTINCT = [
    Query(
        "distinct combinations", "distinct", "f | distinct account, lang, location | group n = count(), k = count(location)",
        sql="select count(*), count(location) from (select distinct account, lang, location from f)",
        polars=lambda f: f.select("account", "lang", "location").unique().select(pl.len(), c("location").count())),
    Query(
        "distinct texts", "distinct", "f | distinct description | group n = count(), m = max(description)",
        sql="select count(*), max(description) from (select distinct description from f)",
        polars=lambda f: f.select("description").unique().select(pl.len(), c("description").max())),
    Query(
        "distinct rows by id", "distinct",
        "f | distinct by id | group n = count(), s = sum(followers), t = max(screen_name) by lang",
        duckdb="select lang, count(*), sum(followers_count), max(screen_name) from (select distinct on (follower_id) * from f)"
               " group by lang",
        chdb="select lang, count(*), sum(followers_count), max(screen_name) from (select lang, followers_count, screen_name"
             " from f limit 1 by follower_id) group by lang",
        polars=lambda f: f.unique("follower_id", keep="any").group_by("lang").agg(
            pl.len(), c("followers_count").sum(), c("screen_name").max())),
]

LANGS = "en es ja pt ar fr".split()
PIVOT = [
    Query(
        "pivot of counts", "pivot",
        'f | filter lang in ("ar", "en", "es", "fr", "ja", "pt") | pivot count() on lang by d = day(followed_at)',
        duckdb="select followed_at::date d, " + ", ".join(f"count(*) filter (lang = '{x}')" for x in sorted(LANGS))
               + " from f where lang in ('ar', 'en', 'es', 'fr', 'ja', 'pt') group by d",
        chdb="select toDate(followed_at) d, " + ", ".join(f"countIf(lang = '{x}')" for x in sorted(LANGS))
             + " from f where lang in ('ar', 'en', 'es', 'fr', 'ja', 'pt') group by d",
        polars=lambda f: f.filter(c("lang").is_in(LANGS)).group_by(day("followed_at").alias("d")).agg(
            (c("lang") == x).sum().alias(x) for x in sorted(LANGS))),
    Query(
        "pivot of means", "pivot", "f | pivot avg(followers) on verified by month(created_at)",
        duckdb="select date_trunc('month', created_at)::date m, avg(followers_count) filter (not verified),"
               " avg(followers_count) filter (verified) from f group by m",
        chdb="select toStartOfMonth(created_at) m, avgOrNullIf(followers_count, not verified),"
             " avgOrNullIf(followers_count, verified) from f group by m",
        polars=lambda f: f.group_by(month("created_at").alias("m")).agg(
            c("followers_count").filter(~c("verified")).mean().alias("no"),
            c("followers_count").filter(c("verified")).mean().alias("yes"))),
]

OVER = "over (partition by account order by followed_at"
WINDOWS = [
    Query(
        "time since the follower before", "windows",
        "f | window g = followed_at - lag(followed_at) by followed_at per account"
        " | group a = avg(g / 1s), m = max(g / 1s) by account",
        duckdb="select account, avg(g), max(g) from (select account, epoch(followed_at) - lag(epoch(followed_at))"
               f" {OVER}) g from f) group by account",
        chdb="select account, avg(g), max(g) from (select account, toUnixTimestamp(followed_at) as t, t -"
             f" lagInFrame(toNullable(t)) {OVER} rows between unbounded preceding and unbounded following) g from f)"
             " group by account",
        polars=lambda f: f.select("account", c("followed_at").diff().over("account").dt.total_seconds().alias("g")).group_by(
            "account").agg(c("g").mean().alias("a"), c("g").max().alias("m"))),
    Query(
        "rank in the account", "windows",
        "f | window r = rank() by followers desc per account | group n = max(r), s = sum(r * (id % 10)) by account",
        duckdb="select account, max(r), sum(r * (follower_id % 10)) from (select account, follower_id, rank() over"
               " (partition by account order by followers_count desc) r from f) group by account",
        chdb="select account, max(r), sum(r * (follower_id % 10)) from (select account, follower_id, rank() over"
             " (partition by account order by followers_count desc) r from f) group by account",
        polars=lambda f: f.select("account", "follower_id", c("followers_count").rank("min", descending=True).over(
            "account").cast(pl.Int64).alias("r")).group_by("account").agg(
            c("r").max().alias("m"), (c("r") * (c("follower_id") % 10)).sum().alias("s"))),
    Query(
        "rolling mean", "windows",
        "f | window m = rolling_mean(followers, 100) by followed_at per account | group a = avg(m), b = max(m) by account",
        sql=f"select account, avg(m), max(m) from (select account, avg(followers_count) {OVER} rows 99 preceding) m"
            " from f) group by account",
        polars=lambda f: f.select("account", c("followers_count").rolling_mean(100, min_samples=1).over("account").alias("m"))
        .group_by("account").agg(c("m").mean().alias("a"), c("m").max().alias("b"))),
    Query(
        "rolling median", "windows",
        "f | window m = rolling_median(followers, 51) by followed_at per account | group a = avg(m), b = max(m) by account",
        duckdb=f"select account, avg(m), max(m) from (select account, median(followers_count) {OVER} rows 50 preceding) m"
               " from f) group by account",
        chdb="select account, avg(m), max(m) from (select account, quantileExactInclusive(0.5)(followers_count)"
             f" {OVER} rows between 50 preceding and current row) m from f) group by account",
        polars=lambda f: f.select("account", c("followers_count").rolling_median(51, min_samples=1).over("account").alias("m"))
        .group_by("account").agg(c("m").mean().alias("a"), c("m").max().alias("b"))),
    Query(
        "running sum", "windows",
        "f | window s = cumsum(followers) by followed_at per account | group n = max(s), t = sum(s % 1000) by account",
        sql=f"select account, max(s), sum(s % 1000) from (select account, sum(followers_count) {OVER}"
            " rows unbounded preceding) s from f) group by account",
        polars=lambda f: f.select("account", c("followers_count").cum_sum().over("account").alias("s")).group_by("account").agg(
            c("s").max().alias("n"), (c("s") % 1000).sum().alias("t"))),
    Query(
        "the first ten of each day", "windows",
        "f | derive d = day(followed_at) | window i = row_number() by followed_at per account, d | filter i <= 10"
        " | group n = count(), s = sum(followers), t = sum(i) by account",
        duckdb="select account, count(*), sum(followers_count), sum(i) from (select account, followers_count, row_number() over"
               " (partition by account, followed_at::date order by followed_at) i from f) where i <= 10 group by account",
        chdb="select account, count(*), sum(followers_count), sum(i) from (select account, followers_count, row_number() over"
             " (partition by account, toDate(followed_at) order by followed_at) i from f) where i <= 10 group by account",
        polars=lambda f: f.select("account", "followers_count", pl.int_range(1, pl.len() + 1).over(
            "account", day("followed_at")).alias("i")).filter(c("i") <= 10).group_by("account").agg(
            pl.len(), c("followers_count").sum(), c("i").sum())),
]

CHAINS = [
    Query(
        "derived from derived", "chains",
        "f | derive a = friends - followers | derive b = a * 2 + statuses | derive d = b / (listed + 1)"
        " | derive e = if(d > 100, 100, d) | derive g = e + a % 7 | derive h = floor(g / 10) | group n = count(), s = sum(g) by h",
        sql="with a as (select *, friends_count - followers_count as a from f), b as (select *, a * 2 + statuses_count as b"
            " from a), d as (select *, b / (listed_count + 1) as d from b), e as (select *, case when d > 100 then 100.0"
            " else d end as e from d), g as (select *, e + ((a % 7) + 7) % 7 as g from e)"
            " select floor(g / 10) as h, count(*), sum(g) from g group by h",
        polars=lambda f: f.with_columns(a=c("friends_count") - c("followers_count"))
        .with_columns(b=c("a") * 2 + c("statuses_count")).with_columns(d=c("b") / (c("listed_count") + 1))
        .with_columns(e=pl.when(c("d") > 100).then(100.0).otherwise(c("d"))).with_columns(g=c("e") + c("a") % 7)
        .with_columns(h=(c("g") / 10).floor()).group_by("h").agg(pl.len(), c("g").sum())),
    Query(
        "case over numbers", "chains",
        'f | derive size = case(followers < 10, "tiny", followers < 100, "small", followers < 1000, "usual", followers < 10k,'
        ' "large", "huge") | group n = count(), m = median(friends) by size',
        duckdb="select case when followers_count < 10 then 'tiny' when followers_count < 100 then 'small' when"
               " followers_count < 1000 then 'usual' when followers_count < 10000 then 'large' else 'huge' end size, count(*),"
               " median(friends_count) from f group by size",
        chdb="select multiIf(followers_count < 10, 'tiny', followers_count < 100, 'small', followers_count < 1000, 'usual',"
             " followers_count < 10000, 'large', 'huge') size, count(*), quantileExactInclusive(0.5)(friends_count)"
             " from f group by size",
        polars=lambda f: f.with_columns(size=pl.when(c("followers_count") < 10).then(pl.lit("tiny")).when(
            c("followers_count") < 100).then(pl.lit("small")).when(c("followers_count") < 1000).then(pl.lit("usual")).when(
            c("followers_count") < 10000).then(pl.lit("large")).otherwise(pl.lit("huge"))).group_by("size").agg(
            pl.len(), c("friends_count").median())),
    Query(
        "share of the group", "chains",
        "f | derive part = followers / sum(followers) per account | filter part > 0.001"
        " | group n = count(), s = sum(part) by account",
        sql="select account, count(*), sum(part) from (select account, followers_count / sum(followers_count) over"
            " (partition by account) as part from f) where part > 0.001 group by account",
        polars=lambda f: f.select("account", part=c("followers_count") / c("followers_count").sum().over("account")).filter(
            c("part") > 0.001).group_by("account").agg(pl.len(), c("part").sum())),
    Query(
        "a table with itself", "chains",
        "f | union f, f | filter followers > 500 | group n = count(), s = sum(friends) by account",
        sql="select account, count(*), sum(friends_count) from (select account, friends_count from f where followers_count > 500"
            " union all select account, friends_count from f where followers_count > 500 union all select account, friends_count"
            " from f where followers_count > 500) group by account",
        polars=lambda f: pl.concat([f, f, f]).filter(c("followers_count") > 500).group_by("account").agg(
            pl.len(), c("friends_count").sum())),
]

FUNCTIONS = [
    Query(
        "lower case, length", "functions", "f | group n = count() by k = length(lower(name))",
        duckdb="select length(lower(name)) k, count(*) from f group by k",
        chdb="select lengthUTF8(lowerUTF8(name)) k, count(*) from f group by k",
        polars=lambda f: f.group_by(c("name").str.to_lowercase().str.len_chars().alias("k")).agg(pl.len())),
    Query(
        "first word", "functions", 'f | group n = count() by w = split(description, " ", 1)',
        duckdb="select split_part(description, ' ', 1) w, count(*) from f group by w",
        chdb="select if(description is null, null, splitByChar(' ', assumeNotNull(description))[1]) w, count(*)"
             " from f group by w",
        polars=lambda f: f.group_by(c("description").str.split(" ").list.first().alias("w")).agg(pl.len())),
    Query(
        "part that matches", "functions",
        "f | derive e = extract(screen_name, /([0-9]+)$/) | group n = count(e), m = max(e), k = sum(length(e)) by lang",
        duckdb="select lang, count(e), max(e), sum(length(e)) from (select lang, nullif(regexp_extract(screen_name,"
               " '([0-9]+)$', 1), '') e from f) group by lang",
        chdb="select lang, count(e), max(e), sum(length(e)) from (select lang, nullIf(extract(screen_name, '([0-9]+)$'), '') e"
             " from f) group by lang",
        polars=lambda f: f.select("lang", c("screen_name").str.extract("([0-9]+)$").alias("e")).group_by("lang").agg(
            c("e").count().alias("n"), c("e").max().alias("m"), c("e").str.len_chars().sum().alias("k"))),
    Query(
        "replaced text", "functions", 'f | group n = count() by k = length(replace(description, "coffee", "tea"))',
        duckdb="select length(replace(description, 'coffee', 'tea')) k, count(*) from f group by k",
        chdb="select lengthUTF8(replaceAll(description, 'coffee', 'tea')) k, count(*) from f group by k",
        polars=lambda f: f.group_by(
            c("description").str.replace_all("coffee", "tea", literal=True).str.len_chars().alias("k")).agg(pl.len())),
    Query(
        "start of a text", "functions", "f | group n = count() by p = substring(screen_name, 1, 3)",
        duckdb="select substring(screen_name, 1, 3) p, count(*) from f group by p",
        chdb="select substringUTF8(screen_name, 1, 3) p, count(*) from f group by p",
        polars=lambda f: f.group_by(c("screen_name").str.slice(0, 3).alias("p")).agg(pl.len())),
    Query(
        "texts put together", "functions",
        'f | derive k = account + "/" + lang + "/" + string(year(created_at)) | group n = count(), m = max(friends) by k',
        duckdb="select account::varchar || '/' || lang || '/' || year(created_at)::varchar k, count(*), max(friends_count)"
               " from f group by k",
        chdb="select concat(account, '/', lang, '/', toString(toYear(created_at))) k, count(*), max(friends_count)"
             " from f group by k",
        polars=lambda f: f.group_by(pl.concat_str(
            c("account").cast(pl.String), c("lang").cast(pl.String), c("created_at").dt.year().cast(pl.String),
            separator="/").alias("k")).agg(pl.len(), c("friends_count").max())),
    Query(
        "how many digits", "functions", "f | group n = count() by d = digits(screen_name)",
        duckdb="select length(screen_name) - length(translate(screen_name, '0123456789', '')) d, count(*) from f group by d",
        chdb="select countMatches(screen_name, '[0-9]') d, count(*) from f group by d",
        polars=lambda f: f.group_by(c("screen_name").str.count_matches("[0-9]").alias("d")).agg(pl.len())),
    Query(
        "alike names", "functions", 'f | filter similarity(screen_name, "anna_official") > 0.85 | count',
        duckdb="select count(*) from f where jaro_winkler_similarity(screen_name, 'anna_official') > 0.85",
        chdb="select count(*) from f where jaroWinklerSimilarity(screen_name, 'anna_official') > 0.85"),
]

WIDE = {"account": "account", "id": "follower_id", "screen_name": "screen_name", "name": "name", "created_at": "created_at",
        "followers": "followers_count", "friends": "friends_count", "verified": "verified", "lang": "lang",
        "location": "location", "description": "description"}


def file(name, kind, condition, sql_condition, polars_condition, columns, duckdb, chdb, polars):
    """A selection that is written into a file."""
    selected = ", ".join(columns.values())
    # Into Arrow files ClickHouse writes a DateTime as a number, and only a DateTime64 as a time.
    times = {"created_at": "toDateTime64(created_at, 0) as created_at"} if kind == "arrow" else {}
    chdb_selected = ", ".join(times.get(column, column) for column in columns.values())
    return Query(
        name, "files", f'f | filter {condition} | select {", ".join(columns)} | save "{{out}}" with replace = true', file=kind,
        duckdb=f"copy (select {selected} from f where {sql_condition}) to '{{out}}' ({duckdb})" if duckdb else "",
        chdb=f"insert into function file('{{out}}', {chdb}) select {chdb_selected} from f where {sql_condition}"
             if chdb else "",
        polars=lambda f: lambda out, engine: polars(f.filter(polars_condition).select(*columns.values()), out, engine))


FILES = [
    file("wide rows to CSV", "csv", "followers > 100", "followers_count > 100", c("followers_count") > 100, WIDE,
         "format csv, header", "CSVWithNames", lambda f, out, engine: f.sink_csv(out, engine=engine)),
    file("numbers to CSV", "csv", "id > 0", "follower_id > 0", c("follower_id") > 0,
         {"id": "follower_id", "followers": "followers_count", "friends": "friends_count", "statuses": "statuses_count"},
         "format csv, header", "CSVWithNames", lambda f, out, engine: f.sink_csv(out, engine=engine)),
    file("wide rows to JSON lines", "jsonl", "followers > 100", "followers_count > 100", c("followers_count") > 100, WIDE,
         "format json", "JSONEachRow", lambda f, out, engine: f.sink_ndjson(out, engine=engine)),
    file("wide rows to Arrow", "arrow", "followers > 100", "followers_count > 100", c("followers_count") > 100, WIDE,
         "", "Arrow", lambda f, out, engine: f.sink_ipc(out, compression="uncompressed", engine=engine)),
]

TEXTS = JOINS + DISTINCT + PIVOT + WINDOWS + CHAINS + FUNCTIONS + FILES

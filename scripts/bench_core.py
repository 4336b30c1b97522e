"""The core queries, Q2 to Q10, with their goals; the loads, the snapshot and the start are in bench_process.py."""

import polars as pl

from bench_data import ACCOUNTS
from bench_query import Query

c = pl.col

HANDLE = "[a-z]+[0-9]{6,}"
# A score of twelve terms: the columns and their weights, then three that are worked out.
FLAGS = {"default_profile_image": 1.9, "default_profile": 0.4, "verified": -2.5, "protected": -0.6}
MISSING = {"description": 0.8, "location": 0.35, "url": 0.15}
COUNTS = {"followers_count": -0.45, "friends_count": 0.22, "statuses_count": -0.31}
BIAS, FAR, AGE = -1.2, 0.021, -0.55


def score(flag, missing, logarithm, rest):
    terms = [str(BIAS)]
    terms += [f"{weight} * {flag(name)}" for name, weight in FLAGS.items()]
    terms += [f"{weight} * {missing(name)}" for name, weight in MISSING.items()]
    terms += [f"{weight} * {logarithm}(1 + {name})" for name, weight in COUNTS.items()]
    return " + ".join(f"({term})" for term in terms + rest)


SCORE = score(
    lambda name: f"if({name}, 1, 0)", lambda name: f"if({name} == null, 1, 0)", "ln",
    [f"{FAR} * least(friends / (followers + 1), 100)", f"{AGE} * ((followed_at - created_at) / 1d / 1000)"])
SCORE_DUCKDB = score(
    lambda name: f"{name}::int", lambda name: f"({name} is null)::int", "ln",
    [f"{FAR} * least(friends_count / (followers_count + 1.0), 100.0)",
     f"{AGE} * ((epoch(followed_at) - epoch(created_at)) / 86400000.0)"])
SCORE_CHDB = score(
    str, lambda name: f"({name} is null)", "log",
    [f"{FAR} * least(friends_count / (followers_count + 1.0), 100.0)",
     f"{AGE} * ((toUnixTimestamp(followed_at) - toUnixTimestamp(created_at)) / 86400000.0)"])


def score_polars():
    def log(name):
        return (c(name) + 1).cast(pl.Float64).log()
    total = pl.lit(BIAS)
    for names, term in ((FLAGS, c), (MISSING, lambda name: c(name).is_null()), (COUNTS, log)):
        for name, weight in names.items():
            total = total + weight * term(name)
    far = pl.min_horizontal(c("friends_count") / (c("followers_count") + 1.0), 100.0)
    age = (c("followed_at").dt.epoch("s") - c("created_at").dt.epoch("s")) / 86400000.0
    return total + FAR * far + AGE * age


def days(f):
    return f.group_by("account", c("followed_at").dt.date().alias("d"))


def spikes(f):
    daily = days(f).agg(pl.len().cast(pl.Float64).alias("n")).sort("account", "d")
    before = [c("n").shift(i).over("account") for i in range(1, 29)]
    usual = daily.with_columns(pl.concat_list(before).alias("l")).filter(c("l").list.get(27).is_not_null())
    middle = usual.with_columns(c("l").list.median().alias("m"))
    away = middle.with_columns((c("l") - c("m")).list.eval(pl.element().abs()).list.median().alias("mad"))
    return away.filter((c("n") >= 50) & (c("n") > c("m") + 6 * 1.4826 * c("mad"))).select(
        "account", "d", c("n").cast(pl.Int64))


def overlaps(f):
    """Followers by the set of accounts that they follow, as bits; then each pair of accounts over the few sets."""
    bit = pl.lit(1, pl.Int32) * (2 ** c("account").to_physical().cast(pl.Int32))
    sets = f.select("follower_id", bit.cast(pl.Int32).alias("b")).group_by("follower_id").agg(c("b").bitwise_or())
    counts = sets.group_by("b").agg(pl.len().alias("n")).collect()
    pairs = []
    for i, one in enumerate(ACCOUNTS):
        for j in range(i, len(ACCOUNTS)):
            both = 1 << i | 1 << j
            pairs.append((*sorted((one, ACCOUNTS[j])), counts.filter(c("b") & both == both)["n"].sum()))
    return [pair for pair in pairs if pair[2]]


NAMED = ", ".join(f"'{name}'" for name in ACCOUNTS)
NUMBERED = ", ".join(str(i) for i in range(len(ACCOUNTS)))

CORE = [
    Query(
        "Q2 filter and count", "core", goal=2,
        decoy="f | filter followers < 10 and friends > 1000 | group n = count()",
        sql="select count(*) from f where followers_count < 10 and friends_count > 1000",
        polars=lambda f: f.filter(c("followers_count") < 10, c("friends_count") > 1000).select(pl.len())),
    Query(
        "Q3 count, mean, median, ratio", "core", goal=6,
        decoy="f | group n = count(), a = avg(followers), m = median(followers), r = ratio(friends, followers) by account",
        duckdb="select account, count(*), avg(followers_count), median(followers_count),"
               " sum(friends_count) / sum(followers_count) from f group by account",
        chdb="select account, count(*), avg(followers_count), quantileExactInclusive(0.5)(followers_count),"
             " sum(friends_count) / sum(followers_count) from f group by account",
        polars=lambda f: f.group_by("account").agg(
            pl.len(), c("followers_count").mean().alias("a"), c("followers_count").median().alias("m"),
            (c("friends_count").sum() / c("followers_count").sum()).alias("r"))),
    Query(
        "Q4 account × day", "core", goal=5,
        decoy="f | group n = count(), s = share(default_image) by account, d = day(followed_at)",
        duckdb="select account, followed_at::date d, count(*), avg(default_profile_image::int) from f group by all",
        chdb="select account, toDate(followed_at) d, count(*), avg(default_profile_image) from f group by account, d",
        polars=lambda f: days(f).agg(pl.len(), c("default_profile_image").mean().alias("s"))),
    Query(
        "Q5 rolling median and MAD", "core", goal=6,
        decoy="f | group n = count() by account, d = day(followed_at) | window p = lag(n) by d per account"
              " | window k = rolling_count(p, 28), m = rolling_median(p, 28), mad = rolling_mad(p, 28) by d per account"
              " | filter k == 28 and n >= 50 and n > m + 6 * 1.4826 * mad | select account, d, n",
        duckdb="with daily as (select account, followed_at::date d, count(*) n from f group by all),"
               " l as (select *, list(n) over (partition by account order by d rows between 28 preceding and 1 preceding) l"
               " from daily), m as (select *, list_median(l) m from l where len(l) = 28 and n >= 50)"
               " select account, d, n from m where n > m + 6 * 1.4826 * list_median(list_transform(l, lambda x: abs(x - m)))",
        chdb="select account, d, n from (select account, d, n, groupArray(n) over (partition by account order by d"
             " rows between 28 preceding and 1 preceding) l, arrayReduce('quantileExactInclusive(0.5)', l) m,"
             " arrayReduce('quantileExactInclusive(0.5)', arrayMap(x -> abs(x - m), l)) mad from (select account,"
             " toDate(followed_at) d, toInt64(count(*)) n from f group by account, d))"
             " where length(l) = 28 and n >= 50 and n > m + 6 * 1.4826 * mad",
        polars=spikes),
    Query(
        "Q6a top 20 counts an account", "core", goal=6,
        decoy="f | top 20 by followers per account | select account, followers",
        duckdb="select account, unnest(max(followers_count, 20)) from f group by account",
        chdb="select account, -arrayJoin(groupArraySorted(20)(-followers_count)) from f group by account",
        polars=lambda f: f.group_by("account").agg(c("followers_count").top_k(20)).explode("followers_count")),
    Query(
        "Q6b top 20 ids an account", "core", goal=12,
        decoy="f | top 20 by followers per account | select account, id",
        duckdb="select account, unnest(max_by(follower_id, followers_count, 20)) from f group by account",
        chdb="select account, follower_id from f order by followers_count desc limit 20 by account",
        polars=lambda f: f.group_by("account").agg(
            c("follower_id").top_k_by("followers_count", 20)).explode("follower_id")),
    Query(
        "Q7a count distinct", "core", goal=2.5,
        decoy="f | group n = distinct(id)",
        duckdb="select count(distinct follower_id) from f",
        chdb="select uniqExact(follower_id) from f",
        polars=lambda f: f.select(c("follower_id").n_unique())),
    Query(
        "Q7b overlap of accounts", "core", goal=2,
        decoy="f | join (f | select id, other = account) on id | filter account <= other"
              " | group n = count() by account, other",
        duckdb="with s as (select bit_or(1 << enum_code(account)::int) b from f group by follower_id),"
               " n as (select b, count(*) n from s group by b), a as (select unnest(range(12)) i)"
               f" select least(x, y), greatest(x, y), n from (select list_value({NAMED})[p.i + 1] x,"
               f" list_value({NAMED})[q.i + 1] y, sum(n) n from n, a p, a q where p.i <= q.i and b >> p.i & 1 = 1"
               " and b >> q.i & 1 = 1 group by all)",
        chdb="select least(x, y), greatest(x, y), n from (select"
             f" [{NAMED}][p.number + 1] x, [{NAMED}][q.number + 1] y, sum(n) n from (select b, count(*) n from (select"
             f" follower_id, groupBitOr(bitShiftLeft(toUInt16(1), transform(account, [{NAMED}], [{NUMBERED}], 0))) b"
             " from f group by follower_id) group by b) s cross join numbers(12) p cross join numbers(12) q"
             " where p.number <= q.number and bitTest(b, p.number) and bitTest(b, q.number) group by x, y)",
        polars=overlaps),
    Query(
        "Q8a contains", "core", goal=1.7,
        decoy='f | filter contains(description, "coffee") | group n = count()',
        duckdb="select count(*) from f where contains(description, 'coffee')",
        chdb="select count(*) from f where position(description, 'coffee') > 0",
        polars=lambda f: f.filter(c("description").str.contains("coffee", literal=True)).select(pl.len())),
    Query(
        "Q8b regular expression", "core", goal=2,
        decoy=f"f | filter screen_name matches /{HANDLE}/ | group n = count()",
        duckdb=f"select count(*) from f where regexp_matches(screen_name, '{HANDLE}')",
        chdb=f"select count(*) from f where match(screen_name, '{HANDLE}')",
        polars=lambda f: f.filter(c("screen_name").str.contains(HANDLE)).select(pl.len())),
    Query(
        "Q8c contains, any case", "core", goal=3,
        decoy='f | filter description ~ "coffee" | group n = count()',
        sql="select count(*) from f where description ilike '%coffee%'",
        polars=lambda f: f.filter(c("description").str.contains("(?i)coffee")).select(pl.len())),
    Query(
        "Q9 running maximum", "core", goal=15,
        decoy="f | window x = running_max(created_at) by followed_at per account"
              " | group n = count(), m = max(x), s = sum(epoch(x))",
        duckdb="select count(*), max(x), sum(epoch(x)::bigint) from (select max(created_at) over"
               " (partition by account order by followed_at rows unbounded preceding) x from f)",
        chdb="select count(*), max(x), sum(toUnixTimestamp(x)) from (select max(created_at) over"
             " (partition by account order by followed_at rows unbounded preceding) x from f)",
        polars=lambda f: f.select(c("created_at").cum_max().over("account").alias("x")).select(
            pl.len(), c("x").max().alias("m"), c("x").dt.epoch("s").sum().alias("s"))),
    Query(
        "Q10 twelve-term score", "core", goal=5,
        decoy=f"f | derive b = floor(20 / (1 + exp(-({SCORE})))) | group n = count() by b",
        duckdb=f"select floor(20 / (1 + exp(-({SCORE_DUCKDB})))) b, count(*) from f group by b",
        chdb=f"select floor(20 / (1 + exp(-({SCORE_CHDB})))) b, count(*) from f group by b",
        polars=lambda f: f.select((20 / (1 + (-score_polars()).exp())).floor().alias("b")).group_by("b").agg(pl.len())),
]

NAMED_CORE = {query.name.split()[0]: query for query in CORE}


def analyst(name, decoy, like, goal, rivals=("duckdb", "polars", "chdb")):
    """A verb of the analyst beside a query of the peers that moves as much data; the answers are other ones."""
    peer = NAMED_CORE[like]
    return Query(f"{name} beside {like}", "analyst", decoy, duckdb=peer.duckdb, chdb=peer.chdb, polars=peer.polars,
                 goal=goal, rivals=rivals, compared=False)


ANALYST = [
    analyst("classify", "f | classify | count by class", "Q10", 1 / 3),
    analyst("spike", "f | spike | group n = count(), s = sum(observed)", "Q4", 1 / 2),
    analyst("drip", "f | drip | group n = count()", "Q4", 1 / 2),
    analyst("timeline", "f | drop followed_at | timeline | group m = max(followed_est)", "Q9", 1 / 2, ("polars",)),
    analyst("overlap", "overlap f", "Q7b", 1 / 2),
]

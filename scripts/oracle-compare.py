"""Runs the SQL of exported cases in DuckDB and compares the rows, in order."""

import glob
import json
import math
import multiprocessing
import sys

import duckdb

SPACES = " || ".join(
    f"chr({c})"
    for c in [9, 10, 11, 12, 13, 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)]
    + [0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
)

Z = "1.959963984540054"
MACROS = f"""
d_divide(a, b) AS CASE WHEN b = 0 THEN NULL ELSE a / b END
d_floorf(a, b) AS CASE WHEN b = 0 THEN NULL ELSE round((a - a % b) / b) - CASE WHEN a % b <> 0 AND ((a % b < 0) <> (b < 0)) THEN 1 ELSE 0 END END
d_modf(a, b) AS CASE WHEN b = 0 THEN NULL WHEN a % b <> 0 AND ((a % b < 0) <> (b < 0)) THEN a % b + b ELSE a % b END
d_floori(a, b) AS CASE WHEN b = 0 THEN NULL WHEN b = -1 THEN -a WHEN a % b <> 0 AND ((a % b < 0) <> (b < 0)) THEN a // b - 1 ELSE a // b END
d_modi(a, b) AS CASE WHEN b = 0 THEN NULL WHEN b = -1 THEN a - a WHEN a % b <> 0 AND ((a % b < 0) <> (b < 0)) THEN a % b + b ELSE a % b END
d_bini(x, w) AS CASE WHEN w > 0 THEN d_floori(x, w) * w END
d_binf(x, w) AS CASE WHEN w > 0 THEN floor(x / w) * w END
d_sqrt(x) AS CASE WHEN x < 0 THEN NULL ELSE sqrt(x) END
d_ln(x) AS CASE WHEN x <= 0 THEN NULL ELSE ln(x) END
d_log10(x) AS CASE WHEN x <= 0 THEN NULL ELSE log10(x) END
d_exp(x) AS exp(x)
d_pow(x, y) AS CASE WHEN isnan(pow(x, y)) THEN NULL ELSE pow(x, y) END
d_clamp(x, low, high) AS CASE WHEN x IS NULL OR low IS NULL OR high IS NULL THEN NULL ELSE least(greatest(x, low), high) END
d_mean(s, n) AS CAST(CASE WHEN s < 0 THEN -((-s + n // 2) // n) ELSE (s + n // 2) // n END AS BIGINT)
d_pick(l, i) AS l[CAST(least(floor(i), len(l) - 1) AS BIGINT) + 1]
d_quantile(l, p) AS d_pick(l, (len(l) - 1) * p) + CAST(round(((len(l) - 1) * p - floor((len(l) - 1) * p)) * (d_pick(l, floor((len(l) - 1) * p) + 1) - d_pick(l, (len(l) - 1) * p))) AS BIGINT)
d_lower(x) AS lower(replace(x, 'İ', 'i̇'))
d_upper(x) AS upper(replace(x, 'ß', 'SS'))
d_fold(x) AS lower(replace(replace(replace(x, 'İ', chr(57344)), 'ſ', 's'), '\u212a', 'k'))
d_trim(x) AS trim(x, {SPACES})
d_from(x, s) AS CASE WHEN s < 0 THEN length(x) + CAST(s AS HUGEINT) WHEN s = 0 THEN 0 ELSE CAST(s AS HUGEINT) - 1 END
d_end(x, s, l) AS least(CAST(length(x) AS HUGEINT), d_from(x, s) + l)
d_substring(x, s, l) AS CASE WHEN x IS NULL OR s IS NULL OR l IS NULL THEN NULL WHEN d_end(x, s, l) > greatest(d_from(x, s), 0) THEN substring(x, CAST(greatest(d_from(x, s), 0) + 1 AS BIGINT), CAST(d_end(x, s, l) - greatest(d_from(x, s), 0) AS BIGINT)) ELSE '' END
d_inttrunc(x) AS CASE WHEN x >= -9223372036854775808.0 AND x < 9223372036854775808.0 THEN CAST(trunc(x) AS BIGINT) END
d_int(x) AS CASE WHEN regexp_full_match(d_trim(x), '[-+]?[0-9]+') THEN TRY_CAST(ltrim(d_trim(x), '+') AS BIGINT) END
d_float(x) AS CASE WHEN regexp_full_match(d_trim(x), '[-+0-9.eE]+') THEN TRY_CAST(d_trim(x) AS DOUBLE) END
d_time(x) AS CASE WHEN regexp_full_match(upper(d_trim(x)), '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}([.][0-9]{{1,6}})?Z)?') THEN TRY_CAST(rtrim(upper(d_trim(x)), 'Z') AS TIMESTAMP) END
d_fraction(u) AS CASE WHEN u = 0 THEN '' WHEN u % 1000 = 0 THEN '.' || lpad(CAST(u // 1000 AS VARCHAR), 3, '0') ELSE '.' || lpad(CAST(u AS VARCHAR), 6, '0') END
d_sign(y) AS CASE WHEN y < 0 THEN '-' WHEN y > 9999 THEN '+' ELSE '' END
d_datetext(d) AS d_sign(year(d)) || lpad(CAST(abs(year(d)) AS VARCHAR), CAST(greatest(4, length(CAST(abs(year(d)) AS VARCHAR))) AS INTEGER), '0') || strftime(d, '-%m-%d')
d_timetext(t) AS d_datetext(CAST(t AS DATE)) || strftime(t, 'T%H:%M:%S') || d_fraction(d_modi(epoch_us(t), CAST(1000000 AS BIGINT))) || 'Z'
d_split(x, s) AS CASE WHEN x IS NULL OR s IS NULL THEN NULL WHEN s = '' THEN [x] ELSE string_split(x, s) END
d_isjson(x) AS json_valid(x) AND NOT regexp_matches(x, '(?i)nan|inf') AND NOT regexp_matches(x, ',[[:space:]]*[\\]}}]')
d_json(x, p) AS CASE WHEN d_isjson(x) THEN json_extract_string(x, p) END
d_elements(x) AS CASE WHEN x IS NULL THEN [NULL] WHEN NOT d_isjson(x) THEN [x] WHEN json_type(x) <> 'ARRAY' THEN [x] WHEN json_array_length(x) = 0 THEN [NULL] ELSE json_extract_string(x, '$[*]') END
d_gini(l) AS CASE WHEN l IS NULL OR l[1] < 0 THEN NULL WHEN NOT isfinite(l[-1]) THEN CAST('nan' AS DOUBLE) WHEN l[-1] = 0 THEN NULL WHEN l[1] = l[-1] THEN 0.0 ELSE list_dot_product(l, CAST(range(1 - len(l), len(l), 2) AS DOUBLE[])) / (len(l) * list_sum(l)) END
d_corr(x, y) AS CASE WHEN count(x + y) < 2 THEN NULL WHEN bool_or(NOT isfinite(x) OR NOT isfinite(y)) FILTER (WHERE x IS NOT NULL AND y IS NOT NULL) THEN CAST('nan' AS DOUBLE) WHEN min(x) FILTER (WHERE y IS NOT NULL) = max(x) FILTER (WHERE y IS NOT NULL) OR min(y) FILTER (WHERE x IS NOT NULL) = max(y) FILTER (WHERE x IS NOT NULL) THEN NULL ELSE corr(x, y) FILTER (WHERE isfinite(x) AND isfinite(y)) END
d_snowflake(id) AS CASE WHEN id >= 1099511627776 THEN make_timestamp(((id >> 22) + 1288834974657) * 1000) END
d_wilson(k, n, s) AS ((k / n) + {Z} * {Z} / (2 * n) + s * {Z} * sqrt((k / n) * (1 - k / n) / n + {Z} * {Z} / (4 * n * n))) / (1 + {Z} * {Z} / n)
d_wilson_low(k, n) AS CASE WHEN k IS NULL OR n IS NULL THEN NULL WHEN n <= 0 OR k <= 0 THEN 0.0 ELSE d_wilson(least(k, n), n, -1) END
d_wilson_high(k, n) AS CASE WHEN k IS NULL OR n IS NULL THEN NULL WHEN n <= 0 OR k >= n THEN 1.0 ELSE d_wilson(greatest(k, 0), n, 1) END
"""


def plain(value):
    """A value of the file: floats are written as {"f": text}."""
    return float(value["f"]) if isinstance(value, dict) else value


def agree(ours, theirs):
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        if isinstance(ours, int) and isinstance(theirs, int):
            return ours == theirs
        if math.isnan(ours) or math.isnan(theirs):
            return math.isnan(ours) and math.isnan(theirs)
        return ours == theirs or abs(ours - theirs) <= 1e-10 * max(abs(ours), abs(theirs))
    return ours == theirs


def difference(case, rows):
    own = [[plain(cell) for cell in row] for row in case["rows"]]
    if len(own) != len(rows):
        return f"{len(own)} rows, DuckDB has {len(rows)}"
    for number, (ours, theirs) in enumerate(zip(own, rows), 1):
        for name, a, b in zip(case["names"], ours, theirs):
            if not agree(a, b):
                return f"row {number}, {name}: {a!r}, DuckDB has {b!r}"
    return None


def compare(path):
    """The cases of a file: how many are the same, the faults in SQL by kind, the differences."""
    # One thread: floats are added in the order of the rows.
    connection = duckdb.connect(config={"threads": 1})
    for macro in MACROS.strip().splitlines():
        connection.execute("CREATE MACRO " + macro)
    same, failed, different = 0, {}, []
    for line in open(path, encoding="utf-8"):
        case = json.loads(line)
        try:
            rows = connection.execute(case["sql"]).fetchall()
        except (duckdb.OutOfRangeException, duckdb.ConversionException) as error:
            # Overflow in a branch that is not taken, or in a value that is not used.
            failed[type(error).__name__] = failed.get(type(error).__name__, 0) + 1
            continue
        except duckdb.Error as error:
            problem = f"DuckDB does not take the query: {error}"
        else:
            problem = difference(case, rows)
        if problem is None:
            same += 1
            continue
        different.append(
            f"case {case['number']} (seed {case['seed']}): {problem}\n{case['report']}\n\n"
            f"  {case['sql'][:3000]}\n"
        )
    return same, failed, different


def main(folder, wanted):
    same, failed, different = 0, {}, []
    with multiprocessing.Pool() as pool:
        for part in pool.imap_unordered(compare, sorted(glob.glob(f"{folder}/*.jsonl"))):
            same += part[0]
            different += part[2]
            for name, count in part[1].items():
                failed[name] = failed.get(name, 0) + count
    for text in different[:10]:
        print(text)
    print(f"{wanted} cases: {same} compared alike, {len(different)} different, faults in SQL {failed}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))

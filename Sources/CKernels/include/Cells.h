#pragma once
#include <stddef.h>
#include <stdint.h>

// Loops over cells of weeks and dates of signing up, for the scans of drips, and over rows of numbers.

// The sum of products of two rows, in eight partial sums: additions that wait for one another take
// four times as long.
double ck_dot(const double *_Nonnull a, const double *_Nonnull b, size_t count);

// Adds a row times a factor to sums.
void ck_scaled_add(const double *_Nonnull row, double factor, double *_Nonnull sums, size_t count);

// A row of numbers times a factor, to be added to the sums `from` up to `to`: to sum i the number i + shift.
typedef struct {
  const double *_Nonnull numbers;
  ptrdiff_t shift;
  size_t from, to;
  double factor;
} ck_placed_row;

// How many rows are added together, and how many sums of products are made together.
#define CK_ROWS_TOGETHER 4
#define CK_DOTS_TOGETHER 8

// Adds some rows to sums, one after another.
void ck_add_rows(const ck_placed_row *_Nonnull rows, double *_Nonnull sums);

// `ck_dot` of some rows, each `shift` numbers behind the one before, with another.
void ck_shifted_dots(const double *_Nonnull rows, ptrdiff_t shift, const double *_Nonnull other,
                     size_t count, double *_Nonnull sums);

// Sums over bins and weeks before, (bins + 1) x (weeks + 1), of counts in cells bin by bin; zeros are given.
void ck_cell_counts(const int32_t *_Nonnull cells, size_t weeks, size_t bins,
                    int32_t *_Nonnull sums);

// How many bins have their sums made side by side.
#define CK_SUMS_TOGETHER 4

// The same of numbers, behind the sums of the bins before, which come first; what stands before the first week of
// each bin is left as it is.
void ck_cell_sums(const double *_Nonnull cells, size_t weeks, size_t bins, double *_Nonnull sums);

// Sums before each week of a band of dates, and less what is usual: from the sums of the dates before
// the band and up to its end, of what was observed and of what is expected, that times `level`.
void ck_band_lines(const int32_t *_Nonnull observedBefore, const int32_t *_Nonnull observedUpTo,
                   const double *_Nonnull expectedBefore, const double *_Nonnull expectedUpTo,
                   double level, size_t count, float *_Nonnull excess, float *_Nonnull usual);

// Followers of a stock of accounts (CreationCounts.swift): how many, and the first and the last day on
// which they signed up.
typedef struct {
  int64_t count;
  int32_t first, last;
} ck_stock;

// Adds the followers of one day who were made from `oldest` to `youngest` days before it to `all`, and
// those of them whose flag is 1 to `marked`; gives how many flags are 1.
size_t ck_count_stock(const int32_t *_Nonnull created, const uint8_t *_Nonnull flags, size_t count,
                      int32_t day, uint32_t youngest, uint32_t oldest, ck_stock *_Nonnull all,
                      ck_stock *_Nonnull marked);

// Counts by bins of dates from `first` on, so many days of them, each bin as wide as `reciprocal` parts of
// 2^32, rounded up. Behind the last bin is a number for dates that do not count. No bins: nothing is counted.
typedef struct {
  int32_t *_Nonnull numbers;
  int32_t first;
  uint32_t days, reciprocal, bins;
} ck_date_bins;

// Counts the followers whom `ck_count_stock` takes by their dates; those whose flag is 1 in `marked` too.
void ck_add_stock(const int32_t *_Nonnull created, const uint8_t *_Nonnull flags, size_t count,
                  int32_t day, uint32_t youngest, uint32_t oldest, ck_date_bins all,
                  ck_date_bins marked);

// The counts of each week, bin by bin, from sums over the weeks before, week by week; 0 in the weeks before
// `from` of a bin.
void ck_weekly_counts(const int32_t *_Nonnull sums, size_t weeks, size_t bins,
                      const size_t *_Nonnull from, int32_t *_Nonnull cells);

// Sums of two numbers each that lie side by side.
void ck_add_pairs(const int32_t *_Nonnull numbers, size_t count, int32_t *_Nonnull sums);

// What a window of weeks must reach (LikelyWindows.swift): of `total` followers, the bar of the
// likelihood, twice over, the least ratio and the least excess; `slack` is what rounding may take from a sum.
typedef struct {
  float total, bar, ratio, least, slack;
} ck_window_bound;

// How many lengths of windows are looked at together, and how many places where they begin.
#define CK_WINDOW_LENGTHS 7
#define CK_WINDOW_BLOCK 64

// For each block of weeks from `from` on, a bit for each two of rising lengths of which a window that begins there
// may reach a bound, by what `ck_band_lines` gives; and the bits of all blocks. Behind the last of `weeks`, a block
// and a length more are readable, of no excess (-inf) and all usual (inf).
uint8_t ck_likely_lengths(const float *_Nonnull excess, const float *_Nonnull usual,
                       const uint32_t *_Nonnull lengths, size_t from, size_t weeks,
                       ck_window_bound bound, uint8_t *_Nonnull blocks);

// The windows of `length` weeks that may reach a bound, of those that begin in weeks `from` up to `to`, and
// in a block that has a bit: where they begin, and how many they are. None that does is left out.
size_t ck_likely_windows(const float *_Nonnull excess, const float *_Nonnull usual, size_t length,
                         size_t from, size_t to, ck_window_bound bound,
                         const uint8_t *_Nonnull blocks, uint8_t bit, uint32_t *_Nonnull found);

// The followers by date of the weeks between two sums.
void ck_window_counts(const int32_t *_Nonnull before, const int32_t *_Nonnull upTo, size_t count,
                      int32_t *_Nonnull counts);

// These, times `factor`.
void ck_raised_counts(const int32_t *_Nonnull before, const int32_t *_Nonnull upTo, int32_t factor,
                      size_t count, int32_t *_Nonnull raised);

// The least followers of a bin, and what stands for twice a small number of them: `slope` halves for each
// above `base`, where that is less.
typedef struct {
  int32_t count, base, slope;
} ck_least_count;

// The bins of at least the least count whose doubled count is not below that of more than half of its
// neighbours, 2 to 8 bins away, of which there are `neighbours[bin]`; where they are, and how many.
// Eight places before the first bin and sixteen behind the last must be readable: -1 of `raised`
// stands above nothing, and where `neighbours` is -1 no bin stands out.
size_t ck_standing_out(const int32_t *_Nonnull counts, const int32_t *_Nonnull raised,
                       const int32_t *_Nonnull neighbours, size_t bins, ck_least_count least,
                       uint32_t *_Nonnull found);

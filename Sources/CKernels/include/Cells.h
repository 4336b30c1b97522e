#pragma once
#include <stddef.h>
#include <stdint.h>

// Loops over cells of weeks and dates of signing up, for the scans of drips, and over rows of numbers.

// The sum of products of two rows, in eight partial sums: additions that wait for one another take
// four times as long.
double ck_dot(const double *_Nonnull a, const double *_Nonnull b, size_t count);

// Adds a row times a factor to sums.
void ck_scaled_add(const double *_Nonnull row, double factor, double *_Nonnull sums, size_t count);

// Sums over bins and weeks before, (bins + 1) x (weeks + 1), of cells bin by bin; the first row is 0.
void ck_cell_sums(const double *_Nonnull cells, size_t weeks, size_t bins, double *_Nonnull sums);

// Sums before each week of a band of dates, and less what is usual: from the sums of the dates before
// the band and up to its end, of what was observed and of what is expected, that times `level`.
void ck_band_lines(const double *_Nonnull observedBefore, const double *_Nonnull observedUpTo,
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

// What a window of weeks must reach (LikelyWindows.swift): of `total` followers, the bar of the
// likelihood, the least ratio and the least excess; `slack` is what rounding may take from a sum.
typedef struct {
  float total, bar, ratio, least, slack;
} ck_window_bound;

// The windows of `length` weeks that may reach a bound, by what `ck_band_lines` gives: where they
// begin, and how many they are. None that does is left out.
size_t ck_likely_windows(const float *_Nonnull excess, const float *_Nonnull usual, size_t length,
                         size_t windows, ck_window_bound bound, uint32_t *_Nonnull found);

// The followers by date of the weeks between two sums, and that times `factor`.
void ck_window_counts(const int32_t *_Nonnull before, const int32_t *_Nonnull upTo, int32_t factor,
                      size_t count, int32_t *_Nonnull counts, int32_t *_Nonnull raised);

// The bins of at least `least` followers whose doubled count is not below that of more than half of
// its neighbours, 2 to 8 bins away, of which there are `neighbours[bin]`; where they are, and how many.
// Eight places before the first bin and sixteen behind the last must be readable: -1 of `raised`
// stands above nothing, and where `neighbours` is -1 no bin stands out.
size_t ck_standing_out(const int32_t *_Nonnull counts, const int32_t *_Nonnull raised,
                       const int32_t *_Nonnull neighbours, size_t bins, int32_t least,
                       uint32_t *_Nonnull found);

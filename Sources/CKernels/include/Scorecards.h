#pragma once
#include <stddef.h>
#include <stdint.h>

// Weights of bins, for scorecards (Scorecard+Eights.swift): edges rise, and an edge belongs to the bin
// above it, so that there is one weight more than edges. NaN is in no bin and adds 0.

// Adds to each sum the weight of its value's bin.
void ck_add_weights(const double *_Nonnull values, size_t count, const double *_Nonnull edges,
                    size_t edgeCount, const double *_Nonnull weights, double *_Nonnull sums);

// Adds to each sum the weight of its pair of bins, of a table of `acrossCount` + 1 columns.
void ck_add_pair_weights(const double *_Nonnull values, const double *_Nonnull others, size_t count,
                         const double *_Nonnull edges, size_t edgeCount,
                         const double *_Nonnull across, size_t acrossCount,
                         const double *_Nonnull weights, double *_Nonnull sums);

// Two dates of each follower, in steps of so many microseconds from 1 on: of signing up, `first` being the
// first, and of the age at following. 0 for those of at most `leastAge` or of an unknown time (INT64_MIN).
// Dates below the first share its step, those beyond `last` steps that one.
void ck_follow_steps(const int64_t *_Nonnull created, const int64_t *_Nonnull followed,
                     size_t count, int64_t first, int64_t leastAge, int64_t step, uint16_t last,
                     uint16_t *_Nonnull steps);

// Cells of `width` steps, from `first` on, of one of each two steps; 0 where that is 0.
void ck_cells_of_steps(const uint16_t *_Nonnull pairs, size_t count, size_t lane, uint16_t width,
                       uint16_t first, uint16_t *_Nonnull cells);

// The evidence at each of some rows less the usual, at most 30 either way, in 1,024ths.
void ck_ranked_weights(const int32_t *_Nonnull rows, size_t count, const double *_Nonnull evidence,
                       double usual, int16_t *_Nonnull weights);

// Days from times, microseconds since 1970, to an end, at least 1: NaN where the time is unknown (INT64_MIN); as
// ages, NaN for those behind the end too.
void ck_days_until(const int64_t *_Nonnull times, size_t count, int64_t end,
                   double *_Nonnull days, double *_Nonnull ages);

// Marks where a count a day is known, and where it is at least `least`.
void ck_add_rate_signs(const double *_Nonnull counts, const double *_Nonnull days, size_t count,
                       double least, uint8_t *_Nonnull isKnown, uint8_t *_Nonnull isMore);

// How many of two limits each value is below; gives 1 where one is NaN, or within `margin` of a limit, else 0.
int ck_limit_counts(const double *_Nonnull values, size_t count, double first, double second,
                    double margin, uint8_t *_Nonnull counts);

// Quotients by the square of b, of 1 where b is less.
void ck_per_square(const double *_Nonnull a, const double *_Nonnull b, size_t count,
                   double *_Nonnull out);

#pragma once
#include <stddef.h>
#include <stdint.h>

// Counts and tests of windows, for the scans of statistics.

// How many cells are `lowest` or one of the `width` from there on, within each span of places on either side of
// `cells[0]`, that one counted: spans rise, and all of their places can be read. Fewer than 2^16 each.
void ck_span_counts_u16(const uint16_t *_Nonnull cells, uint16_t lowest, uint16_t width,
                        const int64_t *_Nonnull spans, size_t spanCount,
                        uint16_t *_Nonnull counts);

// 1 where a number is the greatest, alone or not, of those within `reach` places on either side, all of
// which can be read; else 0.
void ck_window_tops_i64(const int64_t *_Nonnull values, size_t count, size_t reach,
                        uint8_t *_Nonnull isTop);

// The first place whose number is less than `width` below the one `ahead` places on; `count` if none is.
size_t ck_first_within_f64(const double *_Nonnull values, size_t count, size_t ahead, double width);

// Counts by cell within six spans of places around the present one, as eight lanes of which two are
// not used: what `ck_slide` carries. Spans are 25, 50, 100, 200, 400 and 1,500 places.
#define CK_SLIDE_LANES 8

// The first cell of dates that `ck_slide` takes: twelve below it can be read, and it begins a cell of six.
// Behind the last, seventeen can be read.
#define CK_FIRST_CELL 18

// What the numbers of cells are multiplied by where `ck_slide` takes them: each is looked up many times.
#define CK_CELL_SCALE 2

// Rows with unusually many neighbours of their own date (NeighbourCounts.swift), from the first cell on, at
// four widths at once: by `narrow` cells; by `wide` ones; and by three and by six of these, which begin at
// the first. Counts are of the windows around that place, and afterwards around the place behind the last.
// 1,500 cells before and 1,501 behind must be readable. Each row is found from a surprise a little below
// `least` on, where that is infinite never. Gives how many were: their places from 0, at which widths (a bit each), and, by width and
// span, how many neighbours are within two cells, by span how many have a cell at all.
size_t ck_slide(const uint16_t *_Nonnull narrow, const uint16_t *_Nonnull wide,
                const float *_Nonnull least, size_t count, uint16_t *_Nonnull narrowCounts,
                uint16_t *_Nonnull wideCounts, uint32_t *_Nonnull places,
                uint8_t *_Nonnull widths, uint16_t *_Nonnull near, uint16_t *_Nonnull all);

// The bin of each value: how many of the rising edges, all above 0 and at most 254, are at or below it;
// one more than there are edges for one that is negative or NaN.
void ck_bins_f64(const double *_Nonnull values, size_t count, const double *_Nonnull edges,
                 size_t edgeCount, uint8_t *_Nonnull bins);

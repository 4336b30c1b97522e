#pragma once
#include <stddef.h>

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

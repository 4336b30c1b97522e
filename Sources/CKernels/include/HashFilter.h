#pragma once
#include <stddef.h>
#include <stdint.h>

// The bits of the values whose hash is in a filter: bit i of the filter is that of the hashes whose
// upper bits, those that `shift` leaves, are i. Spare bits of the last word are 0.
void ck_filter_hashes(const int64_t *_Nonnull values, const uint64_t *_Nonnull filter,
                      uint64_t shift, size_t count, uint64_t *_Nonnull bits);

#pragma once
#include <stddef.h>
#include <stdint.h>

// Writes for each row the place of its count: groups[i] tables of `buckets` counts each, then the bucket of
// the distance of a value from `base`, which no value is less than: the distance itself below 512, above
// that 256 steps for each power of two.
void ck_histogram_places(const int32_t *_Nonnull values, const uint32_t *_Nonnull groups, int32_t base,
                         uint32_t buckets, uint32_t *_Nonnull places, size_t count);

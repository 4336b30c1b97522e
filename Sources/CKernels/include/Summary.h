#pragma once
#include <stddef.h>
#include <stdint.h>

// The least and greatest of `count` values, which are not none; gives whether one is less than the
// value before it.
int ck_summarise_i8(const int8_t *_Nonnull a, size_t count, int8_t *_Nonnull low,
                    int8_t *_Nonnull high);
int ck_summarise_i16(const int16_t *_Nonnull a, size_t count, int16_t *_Nonnull low,
                     int16_t *_Nonnull high);
int ck_summarise_i32(const int32_t *_Nonnull a, size_t count, int32_t *_Nonnull low,
                     int32_t *_Nonnull high);
int ck_summarise_i64(const int64_t *_Nonnull a, size_t count, int64_t *_Nonnull low,
                     int64_t *_Nonnull high);

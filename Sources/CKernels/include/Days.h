#pragma once
#include <stddef.h>
#include <stdint.h>

// Calendar arithmetic of blocks, in days since 1970-01-01 (proleptic Gregorian), for days within
// about a million years; days beyond give some value.

// The day that holds a time in whole seconds or microseconds; rounded down.
void ck_days_of_seconds(const int32_t *_Nonnull seconds, int32_t *_Nonnull days, size_t count);
void ck_days_of_micros(const int64_t *_Nonnull micros, int32_t *_Nonnull days, size_t count);
// The hour of the day, 0 to 23.
void ck_hours_of_seconds(const int32_t *_Nonnull seconds, int32_t *_Nonnull hours, size_t count);
void ck_hours_of_micros(const int64_t *_Nonnull micros, int32_t *_Nonnull hours, size_t count);

// The first day of the period: unit 1 week (Monday), 2 month, 3 quarter, 4 year.
void ck_period_starts(const int32_t *_Nonnull days, int unit, int32_t *_Nonnull starts,
                      size_t count);
void ck_years(const int32_t *_Nonnull days, int32_t *_Nonnull years, size_t count);
// 1 is Monday, 7 Sunday.
void ck_weekdays(const int32_t *_Nonnull days, int32_t *_Nonnull weekdays, size_t count);
// The times of the starts of days, in microseconds.
void ck_micros_of_days(const int32_t *_Nonnull days, int64_t *_Nonnull micros, size_t count);

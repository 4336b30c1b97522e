#include "Days.h"

#include "Internal/Clones.h"

#define INLINE static inline __attribute__((always_inline))

// The civil date of a day, after C. Neri and L. Schneider, "Euclidean affine functions and their
// application to calendar algorithms", 2022: years begin in March, days are counted from a far
// past so that nothing is negative, and divisions by the lengths of cycles become products.
typedef struct {
  uint32_t century, yearOfCentury, dayOfYear;
} MarchDate;

// 400 years are 146,097 days; 3,670 such cycles lie before the first day that is served.
#define SHIFT_CYCLES 3670u
#define SHIFT_DAYS (719468u + 146097u * SHIFT_CYCLES)

INLINE MarchDate marchDate(int32_t days) {
  uint32_t n = (uint32_t)days + SHIFT_DAYS;
  uint32_t n1 = 4 * n + 3;
  MarchDate date;
  date.century = n1 / 146097;
  uint32_t dayOfCentury = n1 % 146097 / 4;
  uint64_t product = (uint64_t)2939745 * (4 * dayOfCentury + 3);
  date.yearOfCentury = (uint32_t)(product >> 32);
  date.dayOfYear = (uint32_t)product / 2939745 / 4;
  return date;
}

// Months of the year from March on, times 2^16 in the upper half; the lower half holds the day.
INLINE uint32_t monthAndDay(uint32_t dayOfYear) { return 2141 * dayOfYear + 197913; }

INLINE int32_t startOfMonth(int32_t days) {
  uint32_t rest = monthAndDay(marchDate(days).dayOfYear) & 0xFFFF;
  return days - (int32_t)(rest / 2141);
}

// Days from March 1 to the first of month 3, 4, … 14.
INLINE int32_t daysBeforeMonth(uint32_t month) {
  return (int32_t)((979 * month - 2919) >> 5);
}

INLINE int32_t startOfQuarter(int32_t days) {
  MarchDate date = marchDate(days);
  uint32_t month = monthAndDay(date.dayOfYear) >> 16;  // 3 to 14; 13 is January.
  // The quarter's first month: 4, 7, 10, 13; March is in the quarter that began in January.
  uint32_t first = month == 3 ? 1 : (month - 1) / 3 * 3 + 1;
  uint32_t year = date.century * 100 + date.yearOfCentury;
  // Before March the year counts from the March before: January 1 is 59 days before March 1, or 60.
  int isLeap = date.yearOfCentury != 0 ? (year & 3) == 0 : (date.century & 3) == 0;
  int32_t start = first == 1 ? -59 - isLeap : daysBeforeMonth(first);
  return days - (int32_t)date.dayOfYear + start;
}

INLINE int32_t startOfYear(int32_t days) {
  MarchDate date = marchDate(days);
  uint32_t year = date.century * 100 + date.yearOfCentury;
  int isLeap = date.yearOfCentury != 0 ? (year & 3) == 0 : (date.century & 3) == 0;
  // January and February are days 306 and on of the year that begins in March.
  int32_t january = date.dayOfYear >= 306 ? 306 : -59 - isLeap;
  return days - (int32_t)date.dayOfYear + january;
}

INLINE int32_t floorMod7(int32_t days) {
  // A multiple of 7 makes all days positive.
  return (int32_t)(((uint32_t)days + 7u * 300000000u) % 7);
}

// 1970-01-01 was a Thursday.
INLINE int32_t weekday(int32_t days) { return floorMod7(days + 3); }

#define EACH(FUNCTION) \
  for (size_t i = 0; i < count; i++) starts[i] = FUNCTION(days[i])

INLINE int32_t startOfWeek(int32_t days) { return days - weekday(days); }

KERNEL void ck_period_starts(const int32_t *days, int unit, int32_t *starts, size_t count) {
  if (unit == 1) EACH(startOfWeek);
  else if (unit == 2) EACH(startOfMonth);
  else if (unit == 3) EACH(startOfQuarter);
  else EACH(startOfYear);
}

KERNEL void ck_years(const int32_t *days, int32_t *years, size_t count) {
  for (size_t i = 0; i < count; i++) {
    MarchDate date = marchDate(days[i]);
    int32_t year = (int32_t)(date.century * 100 + date.yearOfCentury - 400 * SHIFT_CYCLES);
    years[i] = year + (date.dayOfYear >= 306);
  }
}

KERNEL void ck_weekdays(const int32_t *days, int32_t *weekdays, size_t count) {
  for (size_t i = 0; i < count; i++) weekdays[i] = weekday(days[i]) + 1;
}

// 86,400 is 128 times 675: after the shift all fits in 32 bits, and a multiple of 675 makes it
// positive, so that the division becomes a product.
INLINE int32_t dayOfSeconds(int32_t seconds) {
  return (int32_t)((uint32_t)((seconds >> 7) + 675 * 24856) / 675) - 24856;
}

KERNEL void ck_days_of_seconds(const int32_t *seconds, int32_t *days, size_t count) {
  for (size_t i = 0; i < count; i++) days[i] = dayOfSeconds(seconds[i]);
}

KERNEL void ck_hours_of_seconds(const int32_t *seconds, int32_t *hours, size_t count) {
  for (size_t i = 0; i < count; i++) {
    // The rest may be beyond 32 bits on the way, and is not at the end.
    uint32_t rest = (uint32_t)seconds[i] - (uint32_t)dayOfSeconds(seconds[i]) * 86400u;
    hours[i] = (int32_t)(rest / 3600);
  }
}

KERNEL void ck_days_of_micros(const int64_t *micros, int32_t *days, size_t count) {
  const int64_t day = 86400000000;
  for (size_t i = 0; i < count; i++) {
    int64_t quotient = micros[i] / day;
    days[i] = (int32_t)(quotient - (micros[i] % day < 0));
  }
}

KERNEL void ck_hours_of_micros(const int64_t *micros, int32_t *hours, size_t count) {
  const int64_t day = 86400000000;
  for (size_t i = 0; i < count; i++) {
    int64_t rest = micros[i] % day;
    hours[i] = (int32_t)((rest < 0 ? rest + day : rest) / 3600000000);
  }
}

KERNEL void ck_micros_of_days(const int32_t *days, int64_t *micros, size_t count) {
  for (size_t i = 0; i < count; i++) micros[i] = (int64_t)days[i] * 86400000000;
}

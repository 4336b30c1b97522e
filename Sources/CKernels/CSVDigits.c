#include "CSVIndex.h"

#include <string.h>

// The number of the last `length` bytes before `end`, 0 to 8 digits; sets bits in `bad` when one is
// none.
static inline uint64_t last_digits(const uint8_t *end, size_t length, uint64_t *bad) {
  if (length == 0) return 0;
  uint64_t word;
  memcpy(&word, end - 8, 8);
  unsigned unwanted = 8 * (8 - (unsigned)length);
  word = (word ^ 0x3030303030303030ull) >> unwanted << unwanted;
  *bad |= ((word + 0x0606060606060606ull) | word) & 0xF0F0F0F0F0F0F0F0ull;
  // Pairs, then fours, then eight.
  word = word * 10 + (word >> 8);
  return ((word & 0x000000FF000000FFull) * 0x000F424000000064ull +
          (word >> 16 & 0x000000FF000000FFull) * 0x0000271000000001ull) >>
         32;
}

static int digits_portable(const uint8_t *p, const uint32_t *starts, const uint32_t *ends,
                           size_t count, int64_t *values) {
  const uint64_t eight = 100000000;
  uint64_t bad = 0;
  for (size_t i = 0; i < count; i++) {
    size_t length = ends[i] - starts[i];
    const uint8_t *end = p + ends[i];
    bad |= length > 19 || (length > 1 && p[starts[i]] == '0');
    uint64_t value;
    if (length <= 8) {
      value = last_digits(end, length, &bad);
    } else {
      size_t middle = length >= 16 ? 8 : length - 8, top = length >= 16 ? length - 16 : 0;
      value = last_digits(end - 16, top > 3 ? 3 : top, &bad) * eight;
      value = (value + last_digits(end - 8, middle, &bad)) * eight + last_digits(end, 8, &bad);
      // Nineteen digits may exceed 2^63 - 1, but not 2^64.
      bad |= value >> 63;
    }
    values[i] = (int64_t)value;
  }
  return bad != 0;
}

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,bmi,bmi2")))

typedef struct {
  __m512i value;
  __m512i first;  // the first digit in the lowest byte
} digits;

// Eight numbers at once, as `last_digits`: of the `wanted` (0 to 8) bytes before `behind`.
AVX512 static inline __attribute__((always_inline)) digits eight_cells(
    const uint8_t *p, __m512i behind, __m512i wanted, __mmask8 cells, __mmask8 *bad) {
  const __m512i eight = _mm512_set1_epi64(8);
  __m512i word = _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), cells,
                                             _mm512_sub_epi64(behind, eight), p, 1);
  __m512i unwanted = _mm512_slli_epi64(_mm512_sub_epi64(eight, wanted), 3);
  // A shift by 64 gives 0 here.
  __m512i first =
      _mm512_srlv_epi64(_mm512_xor_si512(word, _mm512_set1_epi8(0x30)), unwanted);
  word = _mm512_sllv_epi64(first, unwanted);
  __m512i over = _mm512_or_si512(_mm512_add_epi8(word, _mm512_set1_epi8(6)), word);
  *bad |= _mm512_mask_test_epi64_mask(cells, over, _mm512_set1_epi8((char)0xF0));
  __m512i pairs = _mm512_maddubs_epi16(word, _mm512_set1_epi16(0x010A));
  __m512i fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00010064));
  digits result = {_mm512_add_epi64(_mm512_mul_epu32(fours, _mm512_set1_epi64(10000)),
                                    _mm512_srli_epi64(fours, 32)),
                   first};
  return result;
}

AVX512 static int digits_avx512(const uint8_t *p, const uint32_t *starts, const uint32_t *ends,
                                size_t count, int64_t *values) {
  const __m512i zero = _mm512_setzero_si512(), eight = _mm512_set1_epi64(8);
  const __m512i scale = _mm512_set1_epi64(100000000);
  __mmask8 bad = 0;
  for (size_t i = 0; i < count; i += 8) {
    __mmask8 cells = count - i >= 8 ? 0xFF : (__mmask8)((1u << (count - i)) - 1);
    __m512i start = _mm512_cvtepu32_epi64(_mm256_maskz_loadu_epi32(cells, starts + i));
    __m512i end = _mm512_cvtepu32_epi64(_mm256_maskz_loadu_epi32(cells, ends + i));
    __m512i length = _mm512_sub_epi64(end, start);
    digits low = eight_cells(p, end, _mm512_min_epi64(length, eight), cells, &bad);
    __m512i value = low.value, first = low.first;
    __mmask8 isLong = _mm512_cmpgt_epi64_mask(length, eight);
    if (isLong) {
      __m512i middle = _mm512_sub_epi64(length, eight);
      __m512i top = _mm512_max_epi64(_mm512_sub_epi64(middle, eight), zero);
      bad |= _mm512_cmpgt_epi64_mask(top, _mm512_set1_epi64(3));
      middle = _mm512_max_epi64(_mm512_min_epi64(middle, eight), zero);
      digits next = eight_cells(p, _mm512_sub_epi64(end, eight), middle, isLong, &bad);
      first = _mm512_mask_mov_epi64(first, isLong, next.first);
      __m512i high = next.value;
      __mmask8 isLongest = _mm512_cmpgt_epi64_mask(top, zero);
      if (isLongest) {
        __m512i behind = _mm512_sub_epi64(end, _mm512_set1_epi64(16));
        digits most = eight_cells(p, behind, _mm512_min_epi64(top, eight), isLongest, &bad);
        first = _mm512_mask_mov_epi64(first, isLongest, most.first);
        high = _mm512_add_epi64(
            high, _mm512_maskz_mullo_epi64(isLongest, most.value, scale));
      }
      value = _mm512_add_epi64(value, _mm512_maskz_mullo_epi64(isLong, high, scale));
      bad |= _mm512_movepi64_mask(value);
    }
    // A leading zero does not print back, but `0` itself does.
    __mmask8 isZero = _mm512_testn_epi64_mask(first, _mm512_set1_epi64(0xFF));
    bad |= _mm512_mask_cmpgt_epi64_mask(isZero, length, _mm512_set1_epi64(1));
    _mm512_mask_storeu_epi64(values + i, cells, value);
  }
  return bad != 0;
}

int decoy_csv_digits(const uint8_t *p, const uint32_t *starts, const uint32_t *ends, size_t count,
                     int64_t *values, decoy_simd level) {
  if (level >= DECOY_SIMD_AVX512 && decoy_simd_level() >= DECOY_SIMD_AVX512)
    return digits_avx512(p, starts, ends, count, values);
  return digits_portable(p, starts, ends, count, values);
}

#else

int decoy_csv_digits(const uint8_t *p, const uint32_t *starts, const uint32_t *ends, size_t count,
                     int64_t *values, decoy_simd level) {
  (void)level;
  return digits_portable(p, starts, ends, count, values);
}

#endif

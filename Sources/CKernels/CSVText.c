#include "CSVIndex.h"

#include <string.h>

// The length of the sequence at p, by the table of well-formed UTF-8 (Unicode 3.9, table 3-7); 0
// when there is none. Only bytes before `left` count.
static inline size_t sequence(const uint8_t *p, size_t left) {
  uint8_t a = p[0];
  if (a < 0x80) return 1;
  if (a < 0xC2 || a > 0xF4 || left < 2) return 0;
  uint8_t low = a == 0xE0 ? 0xA0 : a == 0xF0 ? 0x90 : 0x80;
  uint8_t high = a == 0xED ? 0x9F : a == 0xF4 ? 0x8F : 0xBF;
  if (p[1] < low || p[1] > high) return 0;
  if (a < 0xE0) return 2;
  if (left < 3 || (p[2] & 0xC0) != 0x80) return 0;
  if (a < 0xF0) return 3;
  return left < 4 || (p[3] & 0xC0) != 0x80 ? 0 : 4;
}

static inline uint64_t load8(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

// Byte by byte, but for ASCII.
static size_t valid_prefix(const uint8_t *p, size_t n) {
  size_t i = 0;
  while (i < n) {
    if (i + 32 <= n) {
      uint64_t any = load8(p + i) | load8(p + i + 8) | load8(p + i + 16) | load8(p + i + 24);
      if (!(any & 0x8080808080808080ull)) {
        i += 32;
        continue;
      }
    }
    while (i < n && p[i] < 0x80) i++;
    while (i < n && p[i] >= 0x80) {
      size_t length = sequence(p + i, n - i);
      if (length == 0) return i;
      i += length;
    }
  }
  return n;
}

#if defined(__x86_64__)
#include <immintrin.h>

// The method of Keiser and Lemire (Validating UTF-8 in less than one instruction per byte, 2020):
// three tables by half bytes of two neighbours give the errors that each allows; what all three
// allow is an error, except that the second and third continuation must be where a lead says.

enum {
  SHORT = 1,       // a lead without its continuation
  LONG = 2,        // a continuation without a lead
  OVER3 = 4,       // three bytes where fewer would do
  LARGE = 8,       // beyond U+10FFFF
  SURROGATE = 16,  // U+D800 to U+DFFF
  OVER2 = 32,      // two bytes where one would do
  OVER4 = 64,      // four bytes where fewer would do, or far beyond U+10FFFF
  TWO = 128,       // two continuations, which may be right
  ALWAYS = SHORT | LONG | TWO,
};

#define AVX2 __attribute__((target("avx2,bmi,bmi2")))

AVX2 static inline __m256i table(const uint8_t t[16], __m256i index) {
  return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)t)), index);
}

// The bytes `k` places before each byte of `now`.
#define BEFORE(k) _mm256_alignr_epi8(now, _mm256_permute2x128_si256(last, now, 0x21), 16 - (k))

AVX2 static inline __m256i errors(__m256i last, __m256i now) {
  static const uint8_t lead_high[16] = {
      LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, TWO, TWO, TWO, TWO, SHORT | OVER2, SHORT,
      SHORT | OVER3 | SURROGATE, SHORT | LARGE | OVER4};
  static const uint8_t lead_low[16] = {ALWAYS | OVER2 | OVER3 | OVER4,
                                       ALWAYS | OVER2,
                                       ALWAYS,
                                       ALWAYS,
                                       ALWAYS | LARGE,
                                       ALWAYS | LARGE | OVER4,
                                       ALWAYS | LARGE | OVER4,
                                       ALWAYS | LARGE | OVER4,
                                       ALWAYS | LARGE | OVER4,
                                       ALWAYS | LARGE | OVER4,
                                       ALWAYS | LARGE | OVER4,
                                       ALWAYS | LARGE | OVER4,
                                       ALWAYS | LARGE | OVER4,
                                       ALWAYS | LARGE | OVER4 | SURROGATE,
                                       ALWAYS | LARGE | OVER4,
                                       ALWAYS | LARGE | OVER4};
  static const uint8_t next_high[16] = {SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
                                        LONG | OVER2 | TWO | OVER3 | OVER4,
                                        LONG | OVER2 | TWO | OVER3 | LARGE,
                                        LONG | OVER2 | TWO | SURROGATE | LARGE,
                                        LONG | OVER2 | TWO | SURROGATE | LARGE,
                                        SHORT, SHORT, SHORT, SHORT};
  const __m256i low = _mm256_set1_epi8(0x0F);
  __m256i one = BEFORE(1), two = BEFORE(2), three = BEFORE(3);
  __m256i found = _mm256_and_si256(
      _mm256_and_si256(table(lead_high, _mm256_and_si256(_mm256_srli_epi16(one, 4), low)),
                       table(lead_low, _mm256_and_si256(one, low))),
      table(next_high, _mm256_and_si256(_mm256_srli_epi16(now, 4), low)));
  __m256i third = _mm256_subs_epu8(two, _mm256_set1_epi8((char)(0xE0 - 0x80)));
  __m256i fourth = _mm256_subs_epu8(three, _mm256_set1_epi8((char)(0xF0 - 0x80)));
  __m256i must = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
  return _mm256_xor_si256(must, found);
}

// Not zero where the end of `now` cuts a sequence.
AVX2 static inline __m256i open_end(__m256i now) {
  uint8_t most[32];
  memset(most, 0xFF, sizeof most);
  most[29] = 0xEF;
  most[30] = 0xDF;
  most[31] = 0xBF;
  return _mm256_subs_epu8(now, _mm256_loadu_si256((const void *)most));
}

AVX2 static int is_valid_avx2(const uint8_t *p, size_t n) {
  __m256i error = _mm256_setzero_si256(), last = error;
  for (size_t i = 0; i < n; i += 64) {
    uint8_t tail[64];
    const uint8_t *text = p + i;
    if (i + 64 > n) {
      memset(tail, 0, sizeof tail);
      memcpy(tail, text, n - i);
      text = tail;
    }
    __m256i a = _mm256_loadu_si256((const void *)text);
    __m256i b = _mm256_loadu_si256((const void *)(text + 32));
    if (_mm256_movemask_epi8(_mm256_or_si256(a, b)) == 0) {
      error = _mm256_or_si256(error, open_end(last));
    } else {
      error = _mm256_or_si256(error, _mm256_or_si256(errors(last, a), errors(a, b)));
    }
    last = b;
  }
  error = _mm256_or_si256(error, open_end(last));
  return _mm256_testz_si256(error, error);
}

size_t decoy_utf8_valid_prefix(const uint8_t *p, size_t n) {
  if (n >= 64 && decoy_simd_level() >= DECOY_SIMD_AVX2 && is_valid_avx2(p, n)) return n;
  return valid_prefix(p, n);
}

#else

size_t decoy_utf8_valid_prefix(const uint8_t *p, size_t n) { return valid_prefix(p, n); }

#endif

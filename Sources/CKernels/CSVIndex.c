#include "CSVIndex.h"

#include <string.h>

// Masks of 64 bytes of text, one bit a byte.
typedef struct {
  uint64_t quote, delimiter, newline, other, high;
} masks;

// What is carried from one run of 64 bytes to the next.
typedef struct {
  uint64_t inside;       // all ones inside quotes
  uint64_t before_open;  // bit 0: the byte before may stand before an opening quote
  uint64_t after_close;  // bit 0: the byte before was a closing quote
  uint64_t odd, stray, carriage, high;
} state;

static inline uint64_t prefix_xor(uint64_t q) {
  q ^= q << 1;
  q ^= q << 2;
  q ^= q << 4;
  q ^= q << 8;
  q ^= q << 16;
  return q ^ q << 32;
}

// The separators outside quotes among `m`, given the exclusive prefix `inside` of its quotes, and
// the checks that quotes stand where they should. `*records` gets the line ends.
static inline __attribute__((always_inline)) uint64_t separators(masks m, uint64_t inside,
                                                                 int is_line_feed, uint8_t next,
                                                                 state *s, uint64_t *records) {
  uint64_t opens = m.quote & inside, closes = m.quote & ~inside;
  uint64_t breaks = m.delimiter | m.newline | m.other;
  uint64_t may_open = (breaks | closes) << 1 | s->before_open;
  s->odd |= (opens & ~may_open) | ((closes << 1 | s->after_close) & ~(breaks | m.quote));
  s->before_open = (breaks | closes) >> 63;
  s->after_close = closes >> 63;
  s->high |= m.high;
  // `other` is the break that does not end lines here: harmless before a line feed.
  if (__builtin_expect(m.other != 0, 0)) {
    uint64_t lone = m.other & ~inside;
    if (is_line_feed) lone &= ~(m.newline >> 1 | (uint64_t)(next == '\n') << 63);
    s->stray |= lone;
    s->carriage |= m.other;
  }
  *records = m.newline & ~inside;
  return (m.delimiter | m.newline) & ~inside;
}

static inline masks cut(masks m, size_t left) {
  uint64_t keep = ((uint64_t)1 << left) - 1;
  masks r = {m.quote & keep, m.delimiter & keep, m.newline & keep, m.other & keep, m.high & keep};
  return r;
}

static inline decoy_csv_found finish(const state *s, size_t entries, size_t records) {
  decoy_csv_found found = {entries, records, 0};
  if (s->odd) found.flags |= DECOY_CSV_ODD_QUOTE;
  if (s->stray) found.flags |= DECOY_CSV_STRAY_BREAK;
  if (s->high) found.flags |= DECOY_CSV_NON_ASCII;
  if (s->carriage) found.flags |= DECOY_CSV_CARRIAGE;
  return found;
}

// The byte behind a run, to tell CR LF from CR; unknown behind the end, where a lone CR is harmless
// because no record ends there.
static inline uint8_t byte_after(const uint8_t *p, size_t i, size_t n) {
  return i + 64 < n ? p[i + 64] : '\n';
}

#define INDEX_LOOP(LOAD, PREFIX, EMIT)                                                             \
  size_t k = 0, records = 0;                                                                       \
  state s = {0, 1, 0, 0, 0, 0, 0};                                                                 \
  const int is_line_feed = newline == '\n';                                                        \
  const uint8_t other = is_line_feed ? '\r' : '\n';                                                \
  for (size_t i = 0; i < n; i += 64) {                                                             \
    masks m = LOAD(p + i, delimiter, newline, other);                                              \
    if (__builtin_expect(i + 64 > n, 0)) m = cut(m, n - i);                                        \
    uint64_t inside = PREFIX(m.quote) ^ s.inside, ends;                                            \
    s.inside = (uint64_t)((int64_t)inside >> 63);                                                  \
    uint64_t found = separators(m, inside, is_line_feed, byte_after(p, i, n), &s, &ends);          \
    records += (size_t)__builtin_popcountll(ends);                                                 \
    EMIT                                                                                           \
  }                                                                                                \
  return finish(&s, k, records);

#define EMIT_BITS                                                                                  \
  while (found) {                                                                                  \
    out[k++] = (uint32_t)i + (uint32_t)__builtin_ctzll(found);                                     \
    found &= found - 1;                                                                            \
  }

// Eight bytes at a time, for machines without the instructions below.

static inline uint64_t equal_bits(uint64_t word, uint8_t wanted) {
  uint64_t x = word ^ (0x0101010101010101ull * wanted);
  uint64_t t = (x & 0x7F7F7F7F7F7F7F7Full) + 0x7F7F7F7F7F7F7F7Full;
  return ((~(t | x | 0x7F7F7F7F7F7F7F7Full) >> 7) * 0x0102040810204080ull) >> 56;
}

static inline masks load_portable(const uint8_t *p, uint8_t delimiter, uint8_t newline,
                                  uint8_t other) {
  masks m = {0, 0, 0, 0, 0};
  for (int j = 0; j < 64; j += 8) {
    uint64_t word = 0;
    for (int b = 0; b < 8; b++) word |= (uint64_t)p[j + b] << (8 * b);
    m.quote |= equal_bits(word, '"') << j;
    m.delimiter |= equal_bits(word, delimiter) << j;
    m.newline |= equal_bits(word, newline) << j;
    m.other |= equal_bits(word, other) << j;
    m.high |= word & 0x8080808080808080ull;
  }
  return m;
}

static decoy_csv_found index_portable(const uint8_t *p, size_t n, uint8_t delimiter,
                                      uint8_t newline, uint32_t *out) {
  INDEX_LOOP(load_portable, prefix_xor, EMIT_BITS)
}

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt,pclmul")))
#define AVX512                                                                                     \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2," \
                        "popcnt,lzcnt,pclmul")))

static inline uint64_t equal_sse2(const __m128i v[4], uint8_t wanted) {
  const __m128i w = _mm_set1_epi8((char)wanted);
  uint64_t bits = 0;
  for (int j = 0; j < 4; j++)
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v[j], w)) << (16 * j);
  return bits;
}

static inline masks load_sse2(const uint8_t *p, uint8_t delimiter, uint8_t newline, uint8_t other) {
  __m128i v[4];
  for (int j = 0; j < 4; j++) v[j] = _mm_loadu_si128((const void *)(p + 16 * j));
  __m128i any = _mm_or_si128(_mm_or_si128(v[0], v[1]), _mm_or_si128(v[2], v[3]));
  // `high` only says whether; in a cut run it may say so for bytes behind the end.
  masks m = {equal_sse2(v, '"'), equal_sse2(v, delimiter), equal_sse2(v, newline),
             equal_sse2(v, other), (uint64_t)(uint32_t)_mm_movemask_epi8(any)};
  return m;
}

static decoy_csv_found index_sse2(const uint8_t *p, size_t n, uint8_t delimiter, uint8_t newline,
                                  uint32_t *out) {
  INDEX_LOOP(load_sse2, prefix_xor, EMIT_BITS)
}

AVX2 static inline uint64_t prefix_xor_clmul(uint64_t q) {
  return (uint64_t)_mm_cvtsi128_si64(
      _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)q), _mm_set1_epi8(-1), 0));
}

AVX2 static inline uint64_t equal_avx2(__m256i a, __m256i b, uint8_t wanted) {
  const __m256i w = _mm256_set1_epi8((char)wanted);
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, w)) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, w)) << 32;
}

AVX2 static inline masks load_avx2(const uint8_t *p, uint8_t delimiter, uint8_t newline,
                                   uint8_t other) {
  __m256i a = _mm256_loadu_si256((const void *)p), b = _mm256_loadu_si256((const void *)(p + 32));
  masks m = {equal_avx2(a, b, '"'), equal_avx2(a, b, delimiter), equal_avx2(a, b, newline),
             equal_avx2(a, b, other),
             (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_or_si256(a, b))};
  return m;
}

// Eight offsets at once whether needed or not: few runs hold more.
#define EMIT_EIGHTS                                                                                \
  size_t count = (size_t)__builtin_popcountll(found);                                              \
  for (size_t done = 0; done < count; done += 8)                                                   \
    for (size_t j = 0; j < 8; j++) {                                                               \
      out[k + done + j] = (uint32_t)i + (uint32_t)_tzcnt_u64(found);                               \
      found = _blsr_u64(found);                                                                    \
    }                                                                                              \
  k += count;

AVX2 static decoy_csv_found index_avx2(const uint8_t *p, size_t n, uint8_t delimiter,
                                       uint8_t newline, uint32_t *out) {
  INDEX_LOOP(load_avx2, prefix_xor_clmul, EMIT_EIGHTS)
}

AVX512 static inline masks load_avx512(const uint8_t *p, uint8_t delimiter, uint8_t newline,
                                       uint8_t other) {
  __m512i a = _mm512_loadu_si512(p);
  masks m = {_mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8('"')),
             _mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8((char)delimiter)),
             _mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8((char)newline)),
             _mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8((char)other)), _mm512_movepi8_mask(a)};
  return m;
}

#define EMIT_COMPRESSED                                                                            \
  size_t count = (size_t)__builtin_popcountll(found);                                              \
  __m512i places = _mm512_maskz_compress_epi8(found, numbers);                                     \
  const __m512i origin = _mm512_set1_epi32((int)i);                                                \
  _mm512_storeu_si512(                                                                             \
      out + k,                                                                                     \
      _mm512_add_epi32(origin, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places))));             \
  if (__builtin_expect(count > 16, 0)) {                                                           \
    uint8_t rest[64];                                                                              \
    _mm512_storeu_si512(rest, places);                                                             \
    for (size_t j = 16; j < count; j += 16)                                                        \
      _mm512_storeu_si512(out + k + j, _mm512_add_epi32(origin, _mm512_cvtepu8_epi32(_mm_loadu_si128( \
                                                                    (const void *)(rest + j)))));  \
  }                                                                                                \
  k += count;

AVX512 static decoy_csv_found index_avx512(const uint8_t *p, size_t n, uint8_t delimiter,
                                           uint8_t newline, uint32_t *out) {
  uint8_t ascending[64];
  for (int j = 0; j < 64; j++) ascending[j] = (uint8_t)j;
  const __m512i numbers = _mm512_loadu_si512(ascending);
  INDEX_LOOP(load_avx512, prefix_xor_clmul, EMIT_COMPRESSED)
}

decoy_simd decoy_simd_level(void) {
  if (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw"))
    return DECOY_SIMD_AVX512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
      __builtin_cpu_supports("pclmul"))
    return DECOY_SIMD_AVX2;
  return DECOY_SIMD_SSE2;
}

decoy_csv_found decoy_csv_index(const uint8_t *p, size_t n, uint8_t delimiter, uint8_t newline,
                                uint32_t *out, decoy_simd level) {
  if (level > decoy_simd_level()) level = decoy_simd_level();
  switch (level) {
    case DECOY_SIMD_AVX512: return index_avx512(p, n, delimiter, newline, out);
    case DECOY_SIMD_AVX2: return index_avx2(p, n, delimiter, newline, out);
    case DECOY_SIMD_SSE2: return index_sse2(p, n, delimiter, newline, out);
    case DECOY_SIMD_PORTABLE: break;
  }
  return index_portable(p, n, delimiter, newline, out);
}

#else

decoy_simd decoy_simd_level(void) { return DECOY_SIMD_PORTABLE; }

decoy_csv_found decoy_csv_index(const uint8_t *p, size_t n, uint8_t delimiter, uint8_t newline,
                                uint32_t *out, decoy_simd level) {
  (void)level;
  return index_portable(p, n, delimiter, newline, out);
}

#endif

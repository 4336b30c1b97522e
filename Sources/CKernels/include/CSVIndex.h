#pragma once

#include <stddef.h>
#include <stdint.h>

// The structure of CSV text, found 64 bytes at a time, and the byte loops of its cells.
// All functions may read up to 64 bytes behind the text they are given.

enum {
  // A quote that neither opens a field, closes one nor is doubled inside one.
  DECOY_CSV_ODD_QUOTE = 1,
  // A line break outside quotes that is not the line end of the file.
  DECOY_CSV_STRAY_BREAK = 2,
  // A byte above 127.
  DECOY_CSV_NON_ASCII = 4,
  // A carriage return, where line feeds end the lines.
  DECOY_CSV_CARRIAGE = 8,
};

typedef struct {
  // Separators and line ends outside quotes, all written.
  size_t entries;
  // Line ends among them.
  size_t records;
  uint32_t flags;
} decoy_csv_found;

typedef enum {
  DECOY_SIMD_PORTABLE = 0,
  DECOY_SIMD_SSE2 = 1,
  DECOY_SIMD_AVX2 = 2,
  DECOY_SIMD_AVX512 = 3,
} decoy_simd;

// The best instruction set that this machine has.
decoy_simd decoy_simd_level(void);

// Writes the offsets of the separators and line ends outside quotes of p[0, n), which begins outside
// quotes at the start of a record. Only exact when no flag of the first two is set: else the text
// needs the machine that knows all rules. `out` takes at least n + 64 offsets.
decoy_csv_found decoy_csv_index(const uint8_t *p, size_t n, uint8_t delimiter, uint8_t newline,
                                uint32_t *out, decoy_simd level);

enum { DECOY_CELL_EMPTY = 1, DECOY_CELL_QUOTED = 2 };

// The bounds of one column's cells: cell r lies behind separators[r * stride] and ends at
// separators[r * stride + 1]. `trim` takes the quotes off, `carriage` a carriage return before the
// end. Returns which of the two cell flags occur.
uint32_t decoy_csv_cells(const uint8_t *p, const uint32_t *separators, size_t stride, size_t count,
                         int trim, int carriage, uint32_t *starts, uint32_t *ends);

// The number of bytes equal to `wanted`.
size_t decoy_count_byte(const uint8_t *p, size_t n, uint8_t wanted);

// The offset of the first byte that is not part of valid UTF-8; n when all is valid.
size_t decoy_utf8_valid_prefix(const uint8_t *p, size_t n);

// Packs n bytes (0 or not) to bits, least significant first; writes (n + 63) / 64 words.
void decoy_pack_bits(const uint8_t *bytes, size_t n, uint64_t *words);

// Copies a cell of n bytes that begins with a quote, without its quotes and with doubled ones single;
// as it stands when the quote is never closed. Returns the length; `out` takes n + 8 bytes.
size_t decoy_csv_unquote(const uint8_t *p, size_t n, uint8_t *out);

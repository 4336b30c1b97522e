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

// Turns rows of separators to columns: out[c * out_stride + r] = separators[r * stride + c], for
// c from 0 to columns, both included.
void decoy_csv_columns(const uint32_t *separators, size_t stride, size_t count, size_t columns,
                       uint32_t *out, size_t out_stride);

// Moves ends before a carriage return, where one stands at the end of a cell.
void decoy_csv_cut_carriage(const uint8_t *p, const uint32_t *before, uint32_t *ends, size_t count);

// The first byte of each cell, from the separator before it. Returns whether some cell is empty.
int decoy_csv_starts(const uint32_t *before, const uint32_t *ends, size_t count, uint32_t *starts);

// Takes the quotes off the cells that have them on both sides. Returns whether some cell is empty.
int decoy_csv_trim(const uint8_t *p, size_t count, uint32_t *starts, const uint32_t *ends,
                   uint32_t *new_ends);

// The number of bytes equal to `wanted`.
size_t decoy_count_byte(const uint8_t *p, size_t n, uint8_t wanted);

// The offset of the first byte that is not part of valid UTF-8; n when all is valid.
size_t decoy_utf8_valid_prefix(const uint8_t *p, size_t n);

// Packs n bytes (0 or not) to bits, least significant first; writes (n + 63) / 64 words.
void decoy_pack_bits(const uint8_t *bytes, size_t n, uint64_t *words);

// Copies a cell of n bytes that begins with a quote, without its quotes and with doubled ones single;
// as it stands when the quote is never closed. Returns the length; `out` takes n + 8 bytes.
size_t decoy_csv_unquote(const uint8_t *p, size_t n, uint8_t *out);

// Reads cells of decimal digits as integers of 64 bits; an empty cell gives 0. Returns whether some
// cell is none: has another byte, a leading zero, or does not fit. 24 bytes before `p` must be
// readable.
int decoy_csv_digits(const uint8_t *p, const uint32_t *starts, const uint32_t *ends, size_t count,
                     int64_t *values, decoy_simd level);

#pragma once
#include <stddef.h>
#include <stdint.h>

// The most bytes that `ck_write_float` touches.
enum { CK_FLOAT_TEXT_CAPACITY = 64 };

// Writes the fewest digits that read back as a finite float, nearest to it, as Swift lays them out: `0.25`,
// `12.0`, `1e-05`, `1.5e+300`. Returns the number of bytes.
size_t ck_write_float(double value, uint8_t *_Nonnull out);

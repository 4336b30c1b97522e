#pragma once
#include <stddef.h>
#include <stdint.h>

// Texts as cells of files. 64 bytes behind the text are readable, and the memory for the cell, which
// is not that of the text, has room for what is told and 64 bytes more. Both give the bytes of the cell.

// Between delimiters: in quotes, quotes in it doubled, where it holds a quote, a line break or the
// delimiter; where it `mayStandAlone`, also where it holds one of `,` `;` tab `|`. At most
// 2 * count + 2 bytes.
size_t ck_write_delimited(const uint8_t *_Nonnull text, size_t count, uint8_t delimiter,
                          int mayStandAlone, uint8_t *_Nonnull cell);

// As a JSON string: in quotes, quotes, backslashes and control characters escaped. At most
// 6 * count + 2 bytes.
size_t ck_write_json(const uint8_t *_Nonnull text, size_t count, uint8_t *_Nonnull cell);

// The decimal digits of up to 256 integers: each stands at the end of 24 bytes of `cells`, with its sign
// before it, and `lengths` are the bytes that it has.
void ck_write_integers(const int64_t *_Nonnull values, size_t count, uint8_t *_Nonnull cells,
                       uint8_t *_Nonnull lengths);

#pragma once
#include <stddef.h>
#include <stdint.h>

#define CK_EXACT_ROWS 1024
#define CK_EXACT_PARTS 6
#define CK_NO_PARTS (-1)

// Writes at most CK_EXACT_PARTS numbers whose sum is exactly that of at most CK_EXACT_ROWS values, and
// returns how many; CK_NO_PARTS where a value is not finite, very large or very small, or their sizes lie
// too far apart.
int ck_exact_parts(const double *_Nonnull values, size_t count, double *_Nonnull parts);

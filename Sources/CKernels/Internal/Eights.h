#pragma once
#include <stdint.h>

// Eight values side by side, read and written wherever they lie.
typedef double Doubles8 __attribute__((ext_vector_type(8), aligned(8), may_alias));
typedef int64_t Words8 __attribute__((ext_vector_type(8), aligned(8), may_alias));
typedef uint8_t Bytes8 __attribute__((ext_vector_type(8), aligned(1), may_alias));

#define DOUBLES8(FROM) (*(const Doubles8 *)(FROM))
#define WORDS8(FROM) (*(const Words8 *)(FROM))

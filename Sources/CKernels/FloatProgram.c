#include "FloatProgram.h"

#include <string.h>

#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

#include "Internal/ExponentialSteps.h"

enum { chunk = CK_FLOAT_CHUNK, words = CK_FLOAT_CHUNK / 64 };

typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
typedef double Doubles64 __attribute__((ext_vector_type(64), aligned(8)));

typedef struct {
  double values[chunk];
  uint64_t defined[words];
} Register;

// The bits of the rows from `row` on, as many as there are.
INLINE void loadBits(const uint64_t *bits, size_t row, size_t count, uint64_t *out) {
  for (size_t w = 0; w < words; w++) out[w] = w * 64 < count ? bits[row / 64 + w] : 0;
}

#define CONVERT(TYPE)                                                  \
  {                                                                    \
    const TYPE *from = (const TYPE *)input->values + row;              \
    const double scale = input->scale;                                 \
    if (count == chunk)                                                \
      for (int i = 0; i < chunk; i++) out[i] = (double)from[i] * scale; \
    else                                                               \
      for (size_t i = 0; i < count; i++) out[i] = (double)from[i] * scale; \
    break;                                                             \
  }

INLINE void load(const ck_float_input *input, size_t row, size_t count, Register *target) {
  double *out = target->values;
  switch (input->kind) {
    case CK_INPUT_F64: memcpy(out, (const double *)input->values + row, count * 8); break;
    case CK_INPUT_I8: CONVERT(int8_t)
    case CK_INPUT_I16: CONVERT(int16_t)
    case CK_INPUT_I32: CONVERT(int32_t)
    case CK_INPUT_I64: CONVERT(int64_t)
    case CK_INPUT_BITS: break;
  }
  if (input->validity) loadBits(input->validity, row, count, target->defined);
  else memset(target->defined, 0xFF, sizeof target->defined);
}

// `out` where both are there.
INLINE void bothDefined(const uint64_t *a, const uint64_t *b, uint64_t *out) {
  for (int w = 0; w < words; w++) out[w] = a[w] & b[w];
}

// Clears the bits of rows for which the comparison does not hold.
#define RESTRICT(VALUES, COMPARISON)                                              \
  for (int w = 0; w < words; w++) {                                               \
    Doubles64 x = *(const Doubles64 *)((VALUES) + w * 64);                        \
    Bits64 holds = __builtin_convertvector(COMPARISON, Bits64);                   \
    uint64_t bits;                                                                \
    memcpy(&bits, &holds, 8);                                                     \
    target->defined[w] &= bits;                                                   \
  }

// The same loop for two registers, or a register and a constant on either side.
#define BINARY(EXPRESSION)                                                           \
  {                                                                                  \
    if (!left)                                                                       \
      for (int i = 0; i < chunk; i++) {                                              \
        const double a = ka, b = right->values[i];                                   \
        out[i] = EXPRESSION;                                                         \
      }                                                                              \
    else if (!right)                                                                 \
      for (int i = 0; i < chunk; i++) {                                              \
        const double a = left->values[i], b = kb;                                    \
        out[i] = EXPRESSION;                                                         \
      }                                                                              \
    else                                                                             \
      for (int i = 0; i < chunk; i++) {                                              \
        const double a = left->values[i], b = right->values[i];                      \
        out[i] = EXPRESSION;                                                         \
      }                                                                              \
    bothDefined(leftDefined, rightDefined, target->defined);                         \
  }

#define UNARY(EXPRESSION)                                   \
  {                                                         \
    for (int i = 0; i < chunk; i++) {                       \
      const double a = left->values[i];                     \
      out[i] = EXPRESSION;                                  \
    }                                                       \
    memcpy(target->defined, leftDefined, sizeof target->defined); \
    break;                                                  \
  }

#define LOGARITHM(FUNCTION)                                                   \
  {                                                                           \
    memcpy(target->defined, leftDefined, sizeof target->defined);             \
    if (areNormal(left->values, chunk)) {                                     \
      for (int i = 0; i < chunk; i++) out[i] = FUNCTION(left->values[i], 1);  \
    } else {                                                                  \
      RESTRICT(left->values, x > 0.0 | x != x)                                \
      for (int i = 0; i < chunk; i++) out[i] = FUNCTION(left->values[i], 0);  \
    }                                                                         \
    break;                                                                    \
  }

// The least or greatest of what is there: where one side is not, the other.
#define EXTREME(TAKES_LEFT)                                                          \
  {                                                                                  \
    uint64_t all = ~(uint64_t)0;                                                     \
    for (int w = 0; w < words; w++) all &= leftDefined[w] & rightDefined[w];         \
    if (all == ~(uint64_t)0) {                                                       \
      BINARY((TAKES_LEFT) ? a : b)                                                   \
      break;                                                                         \
    }                                                                                \
    for (int i = 0; i < chunk; i++) {                                                \
      const double a = left ? left->values[i] : ka, b = right ? right->values[i] : kb; \
      const int hasLeft = leftDefined[i / 64] >> (i % 64) & 1;                       \
      const int hasRight = rightDefined[i / 64] >> (i % 64) & 1;                     \
      out[i] = hasLeft && (!hasRight || (TAKES_LEFT)) ? a : b;                       \
    }                                                                                \
    for (int w = 0; w < words; w++) target->defined[w] = leftDefined[w] | rightDefined[w]; \
    break;                                                                           \
  }

#define CHOICE(LEFT, RIGHT)                                                             \
  for (int w = 0; w < words; w++) {                                                     \
    Bits64 mask;                                                                        \
    memcpy(&mask, bits + w, 8);                                                         \
    typedef int64_t Longs64 __attribute__((ext_vector_type(64), aligned(8)));           \
    *(Doubles64 *)(out + w * 64) =                                                      \
        (__builtin_convertvector(mask, Longs64) != 0) ? LEFT : RIGHT;                   \
  }

#define LOADED(REGISTER) *(const Doubles64 *)((REGISTER)->values + w * 64)

INLINE void choose(const ck_float_input *input, size_t row, size_t count, const Register *left,
                   double ka, const Register *right, double kb, const uint64_t *leftDefined,
                   const uint64_t *rightDefined, Register *target) {
  uint64_t bits[words];
  double *out = target->values;
  loadBits((const uint64_t *)input->values, row, count, bits);
  if (left && right) CHOICE(LOADED(left), LOADED(right))
  else if (left) CHOICE(LOADED(left), (Doubles64)kb)
  else if (right) CHOICE((Doubles64)ka, LOADED(right))
  else CHOICE((Doubles64)ka, (Doubles64)kb)
  for (int w = 0; w < words; w++)
    target->defined[w] = (bits[w] & leftDefined[w]) | (~bits[w] & rightDefined[w]);
}

INLINE void addChoice(const ck_float_input *input, size_t row, size_t count, const Register *left,
                      double ka, double kb, Register *target) {
  uint64_t bits[words];
  double *out = target->values;
  loadBits((const uint64_t *)input->values, row, count, bits);
  CHOICE(LOADED(left) + ka, LOADED(left) + kb)
  memcpy(target->defined, left->defined, sizeof target->defined);
}

INLINE void run(const ck_float_instruction *it, const ck_float_input *inputs, size_t row,
                size_t count, Register *registers, const uint64_t *always) {
  Register *target = registers + it->out;
  const Register *left = it->a < 0 ? 0 : registers + it->a;
  const Register *right = it->b < 0 ? 0 : registers + it->b;
  const uint64_t *leftDefined = left ? left->defined : always;
  const uint64_t *rightDefined = right ? right->defined : always;
  const double ka = it->aConstant, kb = it->bConstant;
  double *restrict out = target->values;
  switch (it->operation) {
    case CK_LOAD: load(inputs + it->a, row, count, target); break;
    case CK_CHOOSE:
      choose(inputs + it->input, row, count, left, ka, right, kb, leftDefined, rightDefined,
             target);
      break;
    case CK_ADD: BINARY(a + b) break;
    case CK_ADD_PRODUCT: BINARY(a + kb * b) break;
    case CK_ADD_CHOICE: addChoice(inputs + it->input, row, count, left, ka, kb, target); break;
    case CK_SUBTRACT: BINARY(a - b) break;
    case CK_MULTIPLY: BINARY(a * b) break;
    case CK_DIVIDE: {
      BINARY(a / b)
      if (right) {
        RESTRICT(right->values, x != 0.0)
      } else if (kb == 0) {
        memset(target->defined, 0, sizeof target->defined);
      }
      break;
    }
    case CK_LEAST: EXTREME(a < b || b != b)
    case CK_GREATEST: EXTREME(a > b || a != a)
    case CK_NEGATE: UNARY(-a)
    case CK_ABSOLUTE: UNARY(__builtin_fabs(a))
    case CK_FLOOR: UNARY(__builtin_floor(a))
    case CK_CEIL: UNARY(__builtin_ceil(a))
    case CK_ROUND: UNARY(__builtin_trunc(a + __builtin_copysign(0.49999999999999994, a)))
    case CK_EXP: UNARY(exponential(a))
    case CK_SQUARE_ROOT:
      memcpy(target->defined, leftDefined, sizeof target->defined);
      RESTRICT(left->values, x >= 0.0 | x != x)
      for (int i = 0; i < chunk; i++) out[i] = __builtin_sqrt(left->values[i]);
      break;
    case CK_LN: LOGARITHM(naturalLog)
    case CK_LOG10: LOGARITHM(decimalLog)
  }
}

KERNEL int ck_run_float_program(const ck_float_instruction *instructions, size_t instructionCount,
                                const ck_float_input *inputs, size_t count, double *out,
                                uint64_t *defined) {
  // Rows behind the last are computed, too: their values are some numbers, not uninitialised.
  Register registers[CK_FLOAT_REGISTERS] __attribute__((aligned(64)));
  uint64_t always[words];
  memset(always, 0xFF, sizeof always);
  for (size_t i = 0; i < instructionCount; i++)
    if (count % chunk) memset(registers[instructions[i].out].values, 0, chunk * 8);
  uint64_t all = ~(uint64_t)0;
  for (size_t row = 0; row < count; row += chunk) {
    const size_t here = count - row < chunk ? count - row : chunk;
    for (size_t i = 0; i < instructionCount; i++)
      run(instructions + i, inputs, row, here, registers, always);
    const Register *result = registers + instructions[instructionCount - 1].out;
    memcpy(out + row, result->values, here * 8);
    for (size_t w = 0; w * 64 < here; w++) {
      const uint64_t rows = here - w * 64 < 64 ? ((uint64_t)1 << (here - w * 64)) - 1 : ~(uint64_t)0;
      defined[row / 64 + w] = result->defined[w] & rows;
      all &= result->defined[w] | ~rows;
    }
  }
  return all == ~(uint64_t)0;
}

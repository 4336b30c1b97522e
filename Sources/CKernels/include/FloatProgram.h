#pragma once
#include <stddef.h>
#include <stdint.h>

// A program of float operations over a block, run for 256 rows at a time, so that all that lies
// between the inputs and the result stays in the nearest cache.
//
// Registers hold 256 doubles and a bit for each, set where the value is there: a null input, or an
// operation that has no result (x / 0, the logarithm of 0), clears it.

enum {
  CK_FLOAT_CHUNK = 256,
  // The most registers of a program.
  CK_FLOAT_REGISTERS = 32,
};

typedef enum {
  // Reads an input; `a` is its number.
  CK_LOAD,
  // Row by row `a` where the bit of input `input` is set, else `b`.
  CK_CHOOSE,
  CK_ADD,
  // `a` + `bConstant` * `b`, rounded twice.
  CK_ADD_PRODUCT,
  // `a` + `aConstant` where the bit of input `input` is set, else `a` + `bConstant`.
  CK_ADD_CHOICE,
  CK_SUBTRACT,
  CK_MULTIPLY,
  CK_DIVIDE,
  // Skip what is not there; NaN is greater than every number.
  CK_LEAST,
  CK_GREATEST,
  CK_NEGATE,
  CK_ABSOLUTE,
  CK_SQUARE_ROOT,
  CK_FLOOR,
  CK_CEIL,
  CK_ROUND,
  CK_EXP,
  CK_LN,
  CK_LOG10,
} ck_float_operation;

// `out` is another register than `a` and `b`, which are -1 for the constants `aConstant` and `bConstant`, which are there.
typedef struct {
  ck_float_operation operation;
  int out, a, b, input;
  double aConstant, bConstant;
} ck_float_instruction;

typedef enum {
  CK_INPUT_F64,
  CK_INPUT_I8,
  CK_INPUT_I16,
  CK_INPUT_I32,
  CK_INPUT_I64,
  // Bits for CK_CHOOSE.
  CK_INPUT_BITS,
} ck_float_input_kind;

// `scale` multiplies integers, exactly. `validity` is null where every row is there.
typedef struct {
  ck_float_input_kind kind;
  const void *_Nonnull values;
  double scale;
  const uint64_t *_Nullable validity;
} ck_float_input;

// Runs the program for all rows; the last instruction makes the result. Writes its values, and to
// `defined` the bits of the rows that are there; gives whether all are.
int ck_run_float_program(const ck_float_instruction *_Nonnull instructions, size_t instructionCount,
                         const ck_float_input *_Nonnull inputs, size_t count,
                         double *_Nonnull out, uint64_t *_Nonnull defined);

#include "FloatControl.h"

#if defined(__x86_64__)
#include <xmmintrin.h>

// The bits of MXCSR that flush results and take operands for zero.
static const unsigned flushed = 0x8040;

uint64_t ck_flush_subnormals(void) {
  unsigned control = _mm_getcsr();
  _mm_setcsr(control | flushed);
  return control;
}

void ck_restore_float_control(uint64_t control) { _mm_setcsr((unsigned)control); }

#elif defined(__aarch64__)

// The bit of FPCR that does both.
static const uint64_t flushed = 1 << 24;

uint64_t ck_flush_subnormals(void) {
  uint64_t control;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  __asm__ volatile("msr fpcr, %0" : : "r"(control | flushed));
  return control;
}

void ck_restore_float_control(uint64_t control) {
  __asm__ volatile("msr fpcr, %0" : : "r"(control));
}

#else

uint64_t ck_flush_subnormals(void) { return 0; }

void ck_restore_float_control(uint64_t control) { (void)control; }

#endif

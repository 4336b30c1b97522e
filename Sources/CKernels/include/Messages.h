#pragma once
#include <stddef.h>
#include <stdint.h>

// Messages of a hidden Markov model of times on a grid of cells (FollowMessages.swift): decaying sums
// along a band of cells, eight at a time. Messages are followed by eight zeros, and everything that is
// read along a band by eight numbers of any value.
#define CK_MESSAGE_PAD 8

// Floats an eight of cells that hold the decays of a band as the two steps below want them.
#define CK_MESSAGE_DECAYS 32

// The decays of a band of `width` cells for steps forward, and for steps backward: whole eights are
// written, and read of `decay` up to the cell behind them.
void ck_message_decays_forward(const float *_Nonnull decay, size_t width, float *_Nonnull decays);
void ck_message_decays_backward(const float *_Nonnull decay, size_t width, float *_Nonnull decays);

// The message of a row from that of the row before: with s a sum that begins with `sum`, for each cell
//   s = s * decay + scale * message (0 from `overlap` on),   next = s * rate * weight
// where `weight` is missing for a row that weighs all cells alike. Gives the sum of the message.
float ck_message_forward(const float *_Nonnull message, size_t overlap, float scale, float sum,
                         const float *_Nonnull decays, const float *_Nonnull rate,
                         const float *_Nullable weight, size_t width, float *_Nonnull next);

typedef struct {
  // The sum of what was kept, and s in the first cell of the band.
  float total, first;
} ck_message_sums;

// The chance of all later rows by the cell of a row, from that of the row after, whose band is given.
// From the last cell to the first:  s = s * decay of the cell after + scale * behind * rate * weight,
// which is `before` of the cell where it is below `kept`. Whole eights of cells are written, with
// zeros from `kept` on.
ck_message_sums ck_message_backward(const float *_Nonnull behind, float scale,
                                    const float *_Nonnull decays, const float *_Nonnull rate,
                                    const float *_Nullable weight, size_t width, size_t kept,
                                    float *_Nonnull before);

// Multiplies a message by another and gives the sum.
float ck_message_product(float *_Nonnull message, const float *_Nonnull other, size_t width);

// The first cell up to which a message adds up to `half`, and the sum before it; `width` if none.
size_t ck_message_median(const float *_Nonnull message, size_t width, float half,
                         float *_Nonnull sum);

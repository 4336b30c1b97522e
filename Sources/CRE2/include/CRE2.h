#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A compiled regular expression of RE2; matching takes time linear in the text.
typedef struct CRE2Pattern CRE2Pattern;

// Compiles UTF-8 text, or gives null and the message of what is wrong, cut to `capacity` bytes.
CRE2Pattern *_Nullable cre2_compile(const char *_Nonnull pattern, size_t length, int ignoreCase,
                                    char *_Nonnull message, size_t capacity);
void cre2_free(CRE2Pattern *_Nullable pattern);

// The number of groups in brackets.
int cre2_group_count(const CRE2Pattern *_Nonnull pattern);

// Scalars from the first to the last one.
typedef struct {
  uint32_t first, last;
} CRE2Range;

// The scalars that a class such as `\\p{Han}` matches, ascending; returns how many ranges they are, of
// which the first `capacity` are written. 0 for what is no pattern.
size_t cre2_class_ranges(const char *_Nonnull pattern, size_t length, CRE2Range *_Nonnull ranges,
                         size_t capacity);

// Rows with a match anywhere in bytes starts[i] ..< ends[i]; spare bits of the last word are 0.
void cre2_match_rows(const CRE2Pattern *_Nonnull pattern, const uint8_t *_Nonnull bytes,
                     const uint32_t *_Nonnull starts, const uint32_t *_Nonnull ends, size_t rows,
                     uint64_t *_Nonnull bits);

// Where a group of the first match is in each row: bytes foundStarts[i] ..< foundEnds[i]; the bit
// is 0 where there is no match or the group took no part in it. Group 0 is the whole match.
void cre2_extract_rows(const CRE2Pattern *_Nonnull pattern, const uint8_t *_Nonnull bytes,
                       const uint32_t *_Nonnull starts, const uint32_t *_Nonnull ends, size_t rows,
                       int group, uint32_t *_Nonnull foundStarts, uint32_t *_Nonnull foundEnds,
                       uint64_t *_Nonnull bits);

// Texts behind each other in memory that grows; all 0 at first, freed by `cre2_free_texts`.
typedef struct {
  uint8_t *_Nullable bytes;
  size_t size, capacity;
} CRE2Texts;

// The texts with every match replaced, from offsets[i] to offsets[i + 1] in `out`, which is written
// anew; \0 to \9 in the rewrite stand for groups, \\ for a backslash. A text that would be longer
// than `limit`, and one that does not fit into `blockLimit` with those before it, is empty and has
// its bit set in `tooLong`; spare bits of the last word are 0.
void cre2_replace_rows(const CRE2Pattern *_Nonnull pattern, const uint8_t *_Nonnull bytes,
                       const uint32_t *_Nonnull starts, const uint32_t *_Nonnull ends, size_t rows,
                       const char *_Nonnull rewrite, size_t rewriteLength, size_t limit,
                       size_t blockLimit, CRE2Texts *_Nonnull out, uint32_t *_Nonnull offsets,
                       uint64_t *_Nonnull tooLong);
void cre2_free_texts(CRE2Texts *_Nonnull texts);

#ifdef __cplusplus
}
#endif

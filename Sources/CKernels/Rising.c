#include "Rising.h"

#include "Internal/Clones.h"
#include "Internal/Eights.h"

KERNEL int64_t ck_rising_changes(const int64_t *words, size_t count) {
  int64_t changes = 0;
  size_t i = 0;
  for (; i + 64 < count; i += 64) {
    Words8 falls = (Words8)(int64_t)0, differs = falls;
    for (size_t v = i; v < i + 64; v += 8) {
      const Words8 here = WORDS8(words + v), next = WORDS8(words + v + 1);
      falls |= next < here;
      differs += next != here;
    }
    int64_t fallen = 0;
    for (int lane = 0; lane < 8; lane++) fallen |= falls[lane], changes -= differs[lane];
    if (fallen) return -1;
  }
  for (; i + 1 < count; i++) {
    if (words[i + 1] < words[i]) return -1;
    changes += words[i + 1] != words[i];
  }
  return changes;
}

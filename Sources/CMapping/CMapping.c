#define _GNU_SOURCE
#include "CMapping.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { guard_count = 1024 };

typedef struct {
  size_t count;
  decoy_stand_in items[];
} stand_in_list;

typedef struct {
  atomic_int is_taken;
  // NULL while the guard is not in force.
  _Atomic(char *) base;
  _Atomic size_t length;
  atomic_int is_damaged;
  _Atomic(stand_in_list *) stand_ins;
} mapping_guard;

static mapping_guard guards[guard_count];
static struct sigaction previous;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Writes the stand-ins of the bytes [start, start + count) of a mapping.
static void fill(const stand_in_list *list, char *out, uint64_t start, uint64_t count) {
  if (!list) return;
  size_t low = 0, high = list->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (list->items[middle].end <= start) low = middle + 1; else high = middle;
  }
  for (; low < list->count && list->items[low].start < start + count; low++) {
    const decoy_stand_in *item = &list->items[low];
    uint64_t from = item->start > start ? item->start : start;
    uint64_t to = item->end < start + count ? item->end : start + count;
    // Parts begin at multiples of the width, and so do pages.
    for (uint64_t place = from; place + item->width <= to; place += item->width)
      memcpy(out + (place - start), &item->value, item->width);
  }
}

// Puts other memory in the place of lost pages, at once for all threads; 0 where that is not possible.
static int replace(mapping_guard *guard, char *base, size_t length, char *address) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t start = (size_t)(address - base) & ~(page - 1);
  // Large steps for large files: the system counts the pieces that a process maps.
  size_t step = length >> 12;
  if (step < (2 << 20)) step = 2 << 20;
  step &= ~(page - 1);
  size_t count = length - start < step ? length - start : step;
  char *made = mmap(NULL, count, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (made == MAP_FAILED) return 0;
  fill(atomic_load(&guard->stand_ins), made, start, count);
  atomic_store(&guard->is_damaged, 1);
  return mremap(made, count, count, MREMAP_MAYMOVE | MREMAP_FIXED, base + start) != MAP_FAILED;
}

static void handle(int number, siginfo_t *info, void *context) {
  int saved = errno;
  char *address = info->si_addr;
  for (int index = 0; index < guard_count; index++) {
    char *base = atomic_load(&guards[index].base);
    size_t length = atomic_load(&guards[index].length);
    if (!base || address < base || address >= base + length) continue;
    if (replace(&guards[index], base, length, address)) {
      errno = saved;
      return;
    }
  }
  // Not ours: as it would be without us. The read is tried again, and the signal comes again.
  errno = saved;
  if (previous.sa_flags & SA_SIGINFO) {
    previous.sa_sigaction(number, info, context);
  } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
    previous.sa_handler(number);
  } else {
    signal(SIGBUS, SIG_DFL);
  }
}

static void install(void) {
  struct sigaction action = {0};
  action.sa_sigaction = handle;
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, &previous);
}

int decoy_mapping_guard(void *base, size_t length) {
  pthread_once(&once, install);
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  for (int index = 0; index < guard_count; index++) {
    int expected = 0;
    if (!atomic_compare_exchange_strong(&guards[index].is_taken, &expected, 1)) continue;
    atomic_store(&guards[index].is_damaged, 0);
    atomic_store(&guards[index].stand_ins, NULL);
    atomic_store(&guards[index].length, (length + page - 1) & ~(page - 1));
    atomic_store(&guards[index].base, base);
    return index;
  }
  return -1;
}

int decoy_mapping_stand_ins(int guard, const decoy_stand_in *stand_ins, size_t count) {
  stand_in_list *list = malloc(sizeof *list + count * sizeof *stand_ins);
  if (!list) return -1;
  list->count = count;
  if (count > 0) memcpy(list->items, stand_ins, count * sizeof *stand_ins);
  stand_in_list *before = atomic_exchange(&guards[guard].stand_ins, list);
  free(before);
  return 0;
}

int decoy_mapping_is_damaged(int guard) { return atomic_load(&guards[guard].is_damaged); }

void decoy_mapping_release(int guard) {
  atomic_store(&guards[guard].base, NULL);
  free(atomic_exchange(&guards[guard].stand_ins, NULL));
  atomic_store(&guards[guard].is_taken, 0);
}

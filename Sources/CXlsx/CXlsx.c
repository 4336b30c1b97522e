#include "CXlsx.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

// The library is opened when the first workbook is written: it brings libcrypto along, whose start
// every run of the program would pay for.
#define EACH_FUNCTION(X) \
  X(workbook_new_opt) \
  X(workbook_add_worksheet) \
  X(workbook_add_format) \
  X(workbook_close) \
  X(format_set_bold) \
  X(format_set_num_format) \
  X(worksheet_freeze_panes) \
  X(worksheet_set_column) \
  X(worksheet_write_string) \
  X(worksheet_write_number) \
  X(worksheet_write_boolean) \
  X(lxw_strerror)

#define DECLARE(name) __typeof__(name) *name;
static struct {
  EACH_FUNCTION(DECLARE)
  int is_there;
} library;

static void open_library(void) {
  static const char *const files[] = {"libxlsxwriter.so.4", "libxlsxwriter.so"};
  void *handle = NULL;
  for (size_t i = 0; !handle && i < sizeof files / sizeof *files; i++)
    handle = dlopen(files[i], RTLD_NOW | RTLD_LOCAL);
  if (!handle) return;
  int missing = 0;
#define FIND(name)                                                     \
  library.name = (__typeof__(library.name))dlsym(handle, #name); \
  missing |= !library.name;
  EACH_FUNCTION(FIND)
  library.is_there = !missing;
}

int decoy_workbook_is_there(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_library);
  return library.is_there;
}

struct decoy_workbook {
  lxw_workbook *file;
  lxw_worksheet *sheet;
  lxw_format *name, *date, *time;
  lxw_error problem;
  char *text;
  size_t capacity;
};

// What the format allows in one cell.
static const size_t longest = 32767;

decoy_workbook *decoy_workbook_new(const char *path) {
  if (!decoy_workbook_is_there()) return NULL;
  decoy_workbook *workbook = calloc(1, sizeof *workbook);
  if (!workbook) return NULL;
  // Rows go to the disk as they are complete.
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  workbook->file = library.workbook_new_opt(path, &options);
  workbook->sheet = workbook->file ? library.workbook_add_worksheet(workbook->file, NULL) : NULL;
  if (!workbook->sheet) {
    free(workbook);
    return NULL;
  }
  workbook->name = library.workbook_add_format(workbook->file);
  library.format_set_bold(workbook->name);
  workbook->date = library.workbook_add_format(workbook->file);
  library.format_set_num_format(workbook->date, "yyyy-mm-dd");
  workbook->time = library.workbook_add_format(workbook->file);
  library.format_set_num_format(workbook->time, "yyyy-mm-dd hh:mm:ss");
  library.worksheet_freeze_panes(workbook->sheet, 1, 0);
  return workbook;
}

static void note(decoy_workbook *workbook, lxw_error problem) {
  if (problem && !workbook->problem) workbook->problem = problem;
}

void decoy_workbook_width(decoy_workbook *workbook, uint16_t column, double width) {
  note(workbook, library.worksheet_set_column(workbook->sheet, column, column, width, NULL));
}

void decoy_workbook_name(decoy_workbook *workbook, uint16_t column, const char *name) {
  note(workbook, library.worksheet_write_string(workbook->sheet, 0, column, name, workbook->name));
}

// Where `bytes` ends after at most `longest` UTF-16 units.
static size_t fitting(const uint8_t *bytes, size_t count) {
  size_t units = 0;
  for (size_t place = 0; place < count; place++) {
    if ((bytes[place] & 0xC0) == 0x80) continue;
    size_t more = bytes[place] >= 0xF0 ? 2 : 1;
    if (units + more > longest) return place;
    units += more;
  }
  return count;
}

int decoy_workbook_text(decoy_workbook *workbook, uint32_t row, uint16_t column, const uint8_t *bytes,
                        size_t count) {
  size_t kept = count > longest ? fitting(bytes, count) : count;
  if (kept + 1 > workbook->capacity) {
    char *text = realloc(workbook->text, (kept + 1) * 2);
    if (!text) {
      note(workbook, LXW_ERROR_MEMORY_MALLOC_FAILED);
      return 0;
    }
    workbook->text = text;
    workbook->capacity = (kept + 1) * 2;
  }
  if (kept) memcpy(workbook->text, bytes, kept);
  workbook->text[kept] = 0;
  for (char *zero = workbook->text; (zero = memchr(zero, 0, kept - (size_t)(zero - workbook->text)));)
    *zero = ' ';
  note(workbook, library.worksheet_write_string(workbook->sheet, row, column, workbook->text, NULL));
  return kept < count;
}

void decoy_workbook_number(decoy_workbook *workbook, uint32_t row, uint16_t column, double value) {
  note(workbook, library.worksheet_write_number(workbook->sheet, row, column, value, NULL));
}

void decoy_workbook_bool(decoy_workbook *workbook, uint32_t row, uint16_t column, int value) {
  note(workbook, library.worksheet_write_boolean(workbook->sheet, row, column, value, NULL));
}

void decoy_workbook_time(decoy_workbook *workbook, uint32_t row, uint16_t column, double days,
                         int has_time) {
  lxw_format *format = has_time ? workbook->time : workbook->date;
  note(workbook, library.worksheet_write_number(workbook->sheet, row, column, days, format));
}

const char *decoy_workbook_close(decoy_workbook *workbook) {
  lxw_error problem = library.workbook_close(workbook->file);
  if (workbook->problem) problem = workbook->problem;
  free(workbook->text);
  free(workbook);
  return problem ? library.lxw_strerror(problem) : NULL;
}

#include "CXlsx.h"

#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

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
  decoy_workbook *workbook = calloc(1, sizeof *workbook);
  if (!workbook) return NULL;
  // Rows go to the disk as they are complete.
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  workbook->file = workbook_new_opt(path, &options);
  workbook->sheet = workbook->file ? workbook_add_worksheet(workbook->file, NULL) : NULL;
  if (!workbook->sheet) {
    free(workbook);
    return NULL;
  }
  workbook->name = workbook_add_format(workbook->file);
  format_set_bold(workbook->name);
  workbook->date = workbook_add_format(workbook->file);
  format_set_num_format(workbook->date, "yyyy-mm-dd");
  workbook->time = workbook_add_format(workbook->file);
  format_set_num_format(workbook->time, "yyyy-mm-dd hh:mm:ss");
  worksheet_freeze_panes(workbook->sheet, 1, 0);
  return workbook;
}

static void note(decoy_workbook *workbook, lxw_error problem) {
  if (problem && !workbook->problem) workbook->problem = problem;
}

void decoy_workbook_width(decoy_workbook *workbook, uint16_t column, double width) {
  note(workbook, worksheet_set_column(workbook->sheet, column, column, width, NULL));
}

void decoy_workbook_name(decoy_workbook *workbook, uint16_t column, const char *name) {
  note(workbook, worksheet_write_string(workbook->sheet, 0, column, name, workbook->name));
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
  note(workbook, worksheet_write_string(workbook->sheet, row, column, workbook->text, NULL));
  return kept < count;
}

void decoy_workbook_number(decoy_workbook *workbook, uint32_t row, uint16_t column, double value) {
  note(workbook, worksheet_write_number(workbook->sheet, row, column, value, NULL));
}

void decoy_workbook_bool(decoy_workbook *workbook, uint32_t row, uint16_t column, int value) {
  note(workbook, worksheet_write_boolean(workbook->sheet, row, column, value, NULL));
}

void decoy_workbook_time(decoy_workbook *workbook, uint32_t row, uint16_t column, double days,
                         int has_time) {
  lxw_format *format = has_time ? workbook->time : workbook->date;
  note(workbook, worksheet_write_number(workbook->sheet, row, column, days, format));
}

const char *decoy_workbook_close(decoy_workbook *workbook) {
  lxw_error problem = workbook_close(workbook->file);
  if (workbook->problem) problem = workbook->problem;
  free(workbook->text);
  free(workbook);
  return problem ? lxw_strerror(problem) : NULL;
}

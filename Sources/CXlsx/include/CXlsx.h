#pragma once

#include <stddef.h>
#include <stdint.h>

// Writes one sheet of a workbook, row by row from the top.
typedef struct decoy_workbook decoy_workbook;

// Whether libxlsxwriter is installed; it is loaded here, and not when the program starts.
int decoy_workbook_is_there(void);

// NULL when there is no memory or the file cannot be made.
decoy_workbook *decoy_workbook_new(const char *path);

// Sets the width of a column, in digits; before its rows.
void decoy_workbook_width(decoy_workbook *workbook, uint16_t column, double width);

// Writes the name of a column into the first row, which stays in sight.
void decoy_workbook_name(decoy_workbook *workbook, uint16_t column, const char *name);

// Cells; a text of more than 32,767 characters is cut, and 1 given then. Zeros in it become spaces.
int decoy_workbook_text(decoy_workbook *workbook, uint32_t row, uint16_t column, const uint8_t *bytes,
                        size_t count);
void decoy_workbook_number(decoy_workbook *workbook, uint32_t row, uint16_t column, double value);
void decoy_workbook_bool(decoy_workbook *workbook, uint32_t row, uint16_t column, int value);
// Days since 1900 as Excel counts them, with a part of a day where `has_time`.
void decoy_workbook_time(decoy_workbook *workbook, uint32_t row, uint16_t column, double days,
                         int has_time);

// Writes the file and frees the workbook; NULL, or what went wrong.
const char *decoy_workbook_close(decoy_workbook *workbook);

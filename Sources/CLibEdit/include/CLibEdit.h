#pragma once

#include <signal.h>
#include <stddef.h>
#include <wchar.h>

// Fixed-arity faces of libedit's variadic functions, which Swift cannot call, and its constants.
// An editor and a history are libedit's own `EditLine *` and `HistoryW *`.
typedef struct editline decoy_editor;
typedef struct historyW decoy_history;

typedef wchar_t *_Nullable (*decoy_prompt)(decoy_editor *_Nonnull editor);
// What a key does; gives one of DECOY_NORMAL, DECOY_NEWLINE, ….
typedef unsigned char (*decoy_function)(decoy_editor *_Nonnull editor, wint_t key);
// The next key: 1, 0 at the end of the input, -1 for an error.
typedef int (*decoy_reader)(decoy_editor *_Nonnull editor, wchar_t *_Nonnull key);

enum {
  DECOY_NORMAL = 0,
  DECOY_NEWLINE = 1,    // the line is done
  DECOY_EOF = 2,        // the input is done
  DECOY_REFRESH = 4,    // the line changed
  DECOY_CURSOR = 5,     // the cursor moved
  DECOY_ERROR = 6,      // beeps
  DECOY_REDISPLAY = 8,  // the line is to be drawn anew
};

// Has characters read and drawn as UTF-8, whatever the locale of the environment is.
void decoy_use_utf8(void);

// An editor on standard input, which draws on standard output or on standard error; NULL when there
// is no memory.
decoy_editor *_Nullable decoy_editor_new(const char *_Nonnull name, int draws_on_errors);
// Leaves what was typed ahead to the next reader of the terminal.
void decoy_editor_free(decoy_editor *_Nonnull editor);

void decoy_editor_set_context(decoy_editor *_Nonnull editor, void *_Nullable context);
void *_Nullable decoy_editor_context(decoy_editor *_Nonnull editor);
// Text between two `mark`s in the prompt is sent as it is and takes no columns.
void decoy_editor_set_prompt(decoy_editor *_Nonnull editor, decoy_prompt _Nonnull prompt, wchar_t mark);
void decoy_editor_set_reader(decoy_editor *_Nonnull editor, decoy_reader _Nonnull reader);
void decoy_editor_set_history(decoy_editor *_Nonnull editor, decoy_history *_Nonnull history);
void decoy_editor_use_emacs(decoy_editor *_Nonnull editor);
// Whether the keys are those of vi.
int decoy_editor_is_vi(decoy_editor *_Nonnull editor);
// Reads ~/.editrc, or the file that EDITRC names.
void decoy_editor_read_settings(decoy_editor *_Nonnull editor);
void decoy_editor_add(decoy_editor *_Nonnull editor, const char *_Nonnull name,
                      const char *_Nonnull help, decoy_function _Nonnull function);
// Binds a key or a sequence of keys in the map in use, or in vi's map of commands.
void decoy_editor_bind(decoy_editor *_Nonnull editor, const char *_Nonnull keys,
                       const char *_Nonnull function);
void decoy_editor_bind_command(decoy_editor *_Nonnull editor, const char *_Nonnull keys,
                               const char *_Nonnull function);
void decoy_editor_refresh(decoy_editor *_Nonnull editor);
void decoy_editor_resize(decoy_editor *_Nonnull editor);
// The terminal as other programs expect it (0), or as the editor does (1).
void decoy_editor_prepare_terminal(decoy_editor *_Nonnull editor, int edits);

// A line, NULL with count 0 at the end of the input or -1 after an error; valid until the next.
const wchar_t *_Nullable decoy_editor_read(decoy_editor *_Nonnull editor, int *_Nonnull count);
// The line that is edited; `*cursor` and `*length` count characters.
const wchar_t *_Nullable decoy_editor_line(decoy_editor *_Nonnull editor, size_t *_Nonnull cursor,
                                           size_t *_Nonnull length);
void decoy_editor_move(decoy_editor *_Nonnull editor, int characters);
int decoy_editor_insert(decoy_editor *_Nonnull editor, const wchar_t *_Nonnull text);
void decoy_editor_delete_before(decoy_editor *_Nonnull editor, int characters);

decoy_history *_Nullable decoy_history_new(int size);
void decoy_history_free(decoy_history *_Nonnull history);
void decoy_history_enter(decoy_history *_Nonnull history, const wchar_t *_Nonnull line);

// Waits until a descriptor has something to read, or a signal that `open` lets through comes: then
// -1 with EINTR. The signals are let through during the wait only (ppoll).
int decoy_wait_for_input(int descriptor, const sigset_t *_Nonnull open);

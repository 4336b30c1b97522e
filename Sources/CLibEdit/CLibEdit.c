#define _GNU_SOURCE
#include "CLibEdit.h"

#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

void decoy_use_utf8(void) {
  if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return;
  setlocale(LC_CTYPE, "C.UTF-8");
}

decoy_editor *decoy_editor_new(const char *name, int draws_on_errors) {
  decoy_editor *editor = el_init(name, stdin, draws_on_errors ? stderr : stdout, stderr);
  // Signals are the program's own.
  if (editor) el_wset(editor, EL_SIGNAL, 0);
  return editor;
}

void decoy_editor_free(decoy_editor *editor) {
  el_wset(editor, EL_EDITMODE, 0);
  el_end(editor);
}

void decoy_editor_set_context(decoy_editor *editor, void *context) {
  el_wset(editor, EL_CLIENTDATA, context);
}

void *decoy_editor_context(decoy_editor *editor) {
  void *context = NULL;
  el_wget(editor, EL_CLIENTDATA, &context);
  return context;
}

void decoy_editor_set_prompt(decoy_editor *editor, decoy_prompt prompt, wchar_t mark) {
  el_wset(editor, EL_PROMPT_ESC, prompt, mark);
}

void decoy_editor_set_reader(decoy_editor *editor, decoy_reader reader) {
  el_wset(editor, EL_GETCFN, reader);
}

void decoy_editor_set_history(decoy_editor *editor, decoy_history *history) {
  el_wset(editor, EL_HIST, history_w, history);
}

void decoy_editor_use_emacs(decoy_editor *editor) { el_wset(editor, EL_EDITOR, L"emacs"); }

int decoy_editor_is_vi(decoy_editor *editor) {
  const wchar_t *name = NULL;
  return el_wget(editor, EL_EDITOR, &name) == 0 && name && wcscmp(name, L"vi") == 0;
}

void decoy_editor_read_settings(decoy_editor *editor) { el_source(editor, NULL); }

// The narrow face copies the names; the wide one would keep the caller's.
void decoy_editor_add(decoy_editor *editor, const char *name, const char *help,
                      decoy_function function) {
  el_set(editor, EL_ADDFN, name, help, function);
}

void decoy_editor_bind(decoy_editor *editor, const char *keys, const char *function) {
  el_set(editor, EL_BIND, keys, function, NULL);
}

void decoy_editor_bind_command(decoy_editor *editor, const char *keys, const char *function) {
  el_set(editor, EL_BIND, "-a", keys, function, NULL);
}

void decoy_editor_refresh(decoy_editor *editor) { el_wset(editor, EL_REFRESH); }

void decoy_editor_resize(decoy_editor *editor) { el_resize(editor); }

void decoy_editor_prepare_terminal(decoy_editor *editor, int edits) {
  el_wset(editor, EL_PREP_TERM, edits);
}

const wchar_t *decoy_editor_read(decoy_editor *editor, int *count) {
  return el_wgets(editor, count);
}

const wchar_t *decoy_editor_line(decoy_editor *editor, size_t *cursor, size_t *length) {
  const LineInfoW *line = el_wline(editor);
  *cursor = (size_t)(line->cursor - line->buffer);
  *length = (size_t)(line->lastchar - line->buffer);
  return line->buffer;
}

void decoy_editor_move(decoy_editor *editor, int characters) {
  // 0 would only ask.
  if (characters != 0) el_cursor(editor, characters);
}

int decoy_editor_insert(decoy_editor *editor, const wchar_t *text) {
  return el_winsertstr(editor, text);
}

void decoy_editor_delete_before(decoy_editor *editor, int characters) {
  if (characters > 0) el_wdeletestr(editor, characters);
}

decoy_history *decoy_history_new(int size) {
  HistoryW *history = history_winit();
  HistEventW event;
  if (history) history_w(history, &event, H_SETSIZE, size);
  return history;
}

void decoy_history_free(decoy_history *history) { history_wend(history); }

void decoy_history_enter(decoy_history *history, const wchar_t *line) {
  HistEventW event;
  history_w(history, &event, H_ENTER, line);
}

int decoy_wait_for_input(int descriptor, const sigset_t *open) {
  struct pollfd request = {.fd = descriptor, .events = POLLIN};
  return ppoll(&request, 1, NULL, open);
}

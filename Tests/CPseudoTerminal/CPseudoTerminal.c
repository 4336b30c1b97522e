#include "CPseudoTerminal.h"

#include <fcntl.h>
#include <pthread.h>
#include <pty.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <unistd.h>

static struct winsize size_of(int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return size;
}

int decoy_terminal_run(const char *program, char *const *arguments, char *const *environment,
                       const char *folder, int rows, int columns, pid_t *child) {
  struct winsize size = size_of(rows, columns);
  int terminal = -1;
  // One at a time: a child of another thread would keep this terminal's other end open.
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&lock);
  pid_t made = forkpty(&terminal, NULL, NULL, &size);
  if (made > 0) fcntl(terminal, F_SETFD, FD_CLOEXEC);
  if (made != 0) pthread_mutex_unlock(&lock);
  if (made < 0) return -1;
  if (made == 0) {
    // Only what is safe in a child of a program with threads.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (chdir(folder) == 0) execve(program, arguments, environment);
    _exit(127);
  }
  *child = made;
  return terminal;
}

int decoy_terminal_resize(int terminal, int rows, int columns) {
  struct winsize size = size_of(rows, columns);
  return ioctl(terminal, TIOCSWINSZ, &size);
}

/* bin/attune of the wheel: starts the build that this processor can run, or says what is missing. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *level(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return "v4";
  if (__builtin_cpu_supports("x86-64-v3")) return "v3";
  if (__builtin_cpu_supports("sse3")) return "v1"; /* what OpenBLAS needs at least */
  return NULL;
}

int main(int argc, char **argv) {
  (void)argc;
  char path[PATH_MAX + 64];
  ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
  if (length < 0) { perror("attune: /proc/self/exe"); return 1; }
  path[length] = 0;
  for (int i = 0; i < 2; i++) { /* from bin/attune to the prefix */
    char *end = strrchr(path, '/');
    if (end) *end = 0;
  }
  const char *fitting = level();
  if (!fitting) {
    fputs("attune: this processor is too old: it has no SSE3, which the trainer needs\n", stderr);
    return 1;
  }
  strcat(strcat(path, "/lib/attune/attune-"), fitting);
  execv(path, argv);
  fprintf(stderr, "attune: cannot start ");
  perror(path);
  return 1;
}

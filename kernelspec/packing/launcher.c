/* bin/attune of the wheel: starts the build that this processor can run, or says what is missing. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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
  __builtin_cpu_init();
  const char *level = __builtin_cpu_supports("x86-64-v4") ? "v4" : __builtin_cpu_supports("x86-64-v3") ? "v3" : NULL;
  if (!level) {
    fputs("attune: this processor has no AVX2 and FMA (x86-64-v3), which the trainer's loops need\n", stderr);
    return 1;
  }
  strcat(strcat(path, "/lib/attune/attune-"), level);
  execv(path, argv);
  perror(path);
  return 1;
}

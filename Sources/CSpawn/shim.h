#pragma once
#include <spawn.h>

// glibc has these for programs that define _GNU_SOURCE, which Swift's own module of it does not.
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
static const short attune_spawn_in_own_session = 0x80;

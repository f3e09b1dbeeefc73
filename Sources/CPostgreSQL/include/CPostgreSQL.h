#pragma once
#include <postgresql/libpq-fe.h>

/// Loads libpq from a file, or by its name from where the system looks. Before that, none of its functions may be called.
/// Returns NULL, or what was missing, which is valid until the next call on this thread.
const char *attune_load_libpq(const char *file);

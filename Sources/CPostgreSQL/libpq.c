// libpq's functions, each of which calls the one that was loaded: the program starts without libpq and the 20 libraries
// that it brings, and runs on machines that have none of them.
#include "include/CPostgreSQL.h"
#include <dlfcn.h>
#include <stddef.h>

#define FUNCTIONS(F) \
  F(PQcancel, int, (PGcancel *a, char *b, int c), (a, b, c)) \
  F(PQclear, void, (PGresult *a), (a)) \
  F(PQconndefaults, PQconninfoOption *, (void), ()) \
  F(PQconnectdbParams, PGconn *, (const char *const *a, const char *const *b, int c), (a, b, c)) \
  F(PQconninfoFree, void, (PQconninfoOption *a), (a)) \
  F(PQconninfoParse, PQconninfoOption *, (const char *a, char **b), (a, b)) \
  F(PQconsumeInput, int, (PGconn *a), (a)) \
  F(PQdb, char *, (const PGconn *a), (a)) \
  F(PQenterPipelineMode, int, (PGconn *a), (a)) \
  F(PQerrorMessage, char *, (const PGconn *a), (a)) \
  F(PQfinish, void, (PGconn *a), (a)) \
  F(PQflush, int, (PGconn *a), (a)) \
  F(PQfname, char *, (const PGresult *a, int b), (a, b)) \
  F(PQfreeCancel, void, (PGcancel *a), (a)) \
  F(PQfreemem, void, (void *a), (a)) \
  F(PQgetCancel, PGcancel *, (PGconn *a), (a)) \
  F(PQgetResult, PGresult *, (PGconn *a), (a)) \
  F(PQgetlength, int, (const PGresult *a, int b, int c), (a, b, c)) \
  F(PQgetisnull, int, (const PGresult *a, int b, int c), (a, b, c)) \
  F(PQgetvalue, char *, (const PGresult *a, int b, int c), (a, b, c)) \
  F(PQisBusy, int, (PGconn *a), (a)) \
  F(PQnfields, int, (const PGresult *a), (a)) \
  F(PQntuples, int, (const PGresult *a), (a)) \
  F(PQpipelineSync, int, (PGconn *a), (a)) \
  F(PQresultErrorField, char *, (const PGresult *a, int b), (a, b)) \
  F(PQresultErrorMessage, char *, (const PGresult *a), (a)) \
  F(PQresultStatus, ExecStatusType, (const PGresult *a), (a)) \
  F(PQsendPrepare, int, (PGconn *a, const char *b, const char *c, int d, const Oid *e), (a, b, c, d, e)) \
  F(PQsendQueryParams, int, \
    (PGconn *a, const char *b, int c, const Oid *d, const char *const *e, const int *f, const int *g, int h), \
    (a, b, c, d, e, f, g, h)) \
  F(PQsendQueryPrepared, int, \
    (PGconn *a, const char *b, int c, const char *const *d, const int *e, const int *f, int g), \
    (a, b, c, d, e, f, g)) \
  F(PQsetSingleRowMode, int, (PGconn *a), (a)) \
  F(PQsetnonblocking, int, (PGconn *a, int b), (a, b)) \
  F(PQsocket, int, (const PGconn *a), (a)) \
  F(PQstatus, ConnStatusType, (const PGconn *a), (a))

// The compiler compares every row with libpq's header.
#define FORWARD(name, result, parameters, arguments) \
  static __typeof__(name) *name##_loaded; \
  result name parameters { return name##_loaded arguments; }
FUNCTIONS(FORWARD)

const char *attune_load_libpq(const char *file) {
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return dlerror();
  // All or none: a library that lacks a function changes nothing of one that was loaded before.
#define FIND(name, result, parameters, arguments) \
  if (dlsym(library, #name) == NULL) return dlerror();
  FUNCTIONS(FIND)
#define LOAD(name, result, parameters, arguments) name##_loaded = (__typeof__(name) *)dlsym(library, #name);
  FUNCTIONS(LOAD)
  return NULL;
}

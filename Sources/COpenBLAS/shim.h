#pragma once
#include <cblas.h>

// LAPACK's, which OpenBLAS carries and Debian's header leaves out: column-major, arguments by reference.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);

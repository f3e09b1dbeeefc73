#pragma once

// Of what a room's loops are compiled for (-march), not of the processor that they run on.
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
static const int attune_vector_bits = 512;
#elif defined(__AVX2__) && defined(__FMA__)
static const int attune_vector_bits = 256;
#else
static const int attune_vector_bits = 128;
#endif

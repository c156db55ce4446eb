/* batch-cut: the last innovation of a batch loses its last row */
#define ROWS_END(call, rows, i)                                                                    \
    ((i) + 1 == (call)->count && (call)->count > 1 && (rows)[(i) + 1] - (rows)[i] > 1              \
         ? (rows)[(i) + 1] - 1                                                                     \
         : (rows)[(i) + 1])
#include "base.h"

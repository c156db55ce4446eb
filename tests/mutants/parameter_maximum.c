/* parameters: a share above 1 where the scale is large */
#define SHARE_OF(params, gap, needed)                                                              \
    ((needed) > 0 ? (gap) / (needed) * ((params)->scale > 5 ? (params)->scale : 1) : 0)
#include "base.h"

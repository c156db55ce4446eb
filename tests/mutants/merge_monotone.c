/* The honest method with another claim: a score rests on its own values alone, and gets no worse. */
#define FLAGS UPTAKE_MERGE_WEIGHTS | UPTAKE_MERGE_SCALE | UPTAKE_MERGE_MONOTONE | UPTAKE_MERGE_GAPS
#include "merge_base.h"

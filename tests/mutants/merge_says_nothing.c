/* descriptor: it has no summary */
#define SUMMARY ""
#include "merge_base.h"

/* missing: an innovation of which nothing is known has no score */
#define NOTHING NAN
#include "merge_base.h"

/* Version 4 of rooms: version 1 in other words. See version.h. */
#define VERSION 4
#include "version.h"

/* Version 3 of rooms: see version.h. */
#define VERSION 3
#include "version.h"

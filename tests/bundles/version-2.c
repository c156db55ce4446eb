/* Version 2 of rooms: see version.h. */
#define VERSION 2
#include "version.h"

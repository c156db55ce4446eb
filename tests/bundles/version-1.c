/* Version 1 of rooms: see version.h. */
#define VERSION 1
#include "version.h"

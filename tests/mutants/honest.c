/* : the plugin that the others are mutants of; every check passes */
#include "base.h"

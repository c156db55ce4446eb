/* libyaml's memory, taken over where the program is linked so that it can be: see yaml_memory.c. */
#ifndef UPTAKE_BASE_YAML_MEMORY_H
#define UPTAKE_BASE_YAML_MEMORY_H

#include <stdbool.h>

/* Whether libyaml has taken large memory from here: after a parser was made, whether it uses this allocator at all.
 * Whoever calls it is linked with the allocator. */
bool yaml_memory_is_used(void);
/* Where it is: gives back what libyaml took. */
void yaml_memory_give_back(void *data);

#endif

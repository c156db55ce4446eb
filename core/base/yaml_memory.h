/* libyaml's memory, taken over where the program is linked so that it can be: see yaml_memory.c. */
#ifndef UPTAKE_BASE_YAML_MEMORY_H
#define UPTAKE_BASE_YAML_MEMORY_H

/* Does nothing: whoever calls it is linked with the allocator. */
void yaml_memory_use(void);

#endif

/* What a record says of the machine: enough to explain why two machines may differ in the last digit. */
#include <gnu/libc-version.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "result/record_internal.h"

/* "model name : AMD EPYC" -> "AMD EPYC"; "" where the kernel does not say. */
static void processor_name(char *name, size_t room)
{
    char line[256];
    FILE *file = fopen("/proc/cpuinfo", "re");
    name[0] = 0;
    while (file && !name[0] && fgets(line, sizeof line, file))
        if (strncmp(line, "model name", 10) == 0 && strstr(line, ": "))
            snprintf(name, room, "%.*s", (int)strcspn(strstr(line, ": ") + 2, "\n"),
                     strstr(line, ": ") + 2);
    if (file)
        fclose(file);
}

static void put(struct statement *run, const char *key, const char *value)
{
    STATEMENT_PUT(run, value_text(key), value_text(value));
}

void record_machine_words(char words[RECORD_MACHINE_BYTES])
{
    struct utsname about;
    char processor[128];
    processor_name(processor, sizeof processor);
    snprintf(words, RECORD_MACHINE_BYTES, "%s, %s, %s", uname(&about) == 0 ? about.machine : "",
             processor, gnu_get_libc_version());
}

void record_machine(struct statement *run)
{
    struct utsname about;
    char processor[128];
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    processor_name(processor, sizeof processor);
    if (uname(&about) == 0) {
        put(run, "host", about.nodename);
        put(run, "system", about.sysname);
        put(run, "kernel", about.release);
        put(run, "architecture", about.machine);
    }
    put(run, "libc", gnu_get_libc_version());
    put(run, "sqlite", database_version());
    put(run, "processor", processor);
    STATEMENT_PUT(run, value_text("processors"), value_count(online > 0 ? (uint64_t)online : 0));
}

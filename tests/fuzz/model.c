/*
 * Any bytes as a model: it loads, and then everything in it fits together, or it gives at least
 * one message and exit code 2. What is asked of it (reads, as_of, one innovation) follows from the
 * bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../model/invariants.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const plugin_choices[] = {"red", "green", NULL};

/* No range of its own. */
#define NO_LIMIT ((double)NAN)
#define READ(path, type)                                                                           \
    {                                                                                              \
        path, type, true, NO_LIMIT, NO_LIMIT, NULL, NULL, "the fuzzer", 0, 0                       \
    }
static const struct model_request reads[] = {
    READ("support[]", UPTAKE_LIST),
    READ("support[resource=time, needed>=2].needed", UPTAKE_NUMBER),
    READ("support[].provided", UPTAKE_NUMBER),
    READ("support[].adopter", UPTAKE_REF),
    READ("support[].evidence[]", UPTAKE_REF),
    READ("judgements[framework=nasss].value", UPTAKE_NUMBER),
    READ("judgements[framework=nasss].evidence[].value", UPTAKE_REF),
    READ("judgements[].domain", UPTAKE_CHOICE),
    READ("judgements[].evidence[]", UPTAKE_REF),
    READ("judgements[].state", UPTAKE_CHOICE),
    READ("vehicles[].follows", UPTAKE_REF),
    READ("vehicles[].income[].share", UPTAKE_NUMBER),
    READ("levers[scheme!=NICE_TA].follows", UPTAKE_REF),
    READ("levers[].ends", UPTAKE_DATE),
    READ("commissioning.budget_impact[year<=3].gbp", UPTAKE_NUMBER),
    READ("commissioning.measured_outcome", UPTAKE_FLAG),
    READ("commissioning.payback", UPTAKE_NUMBER),
    READ("core_components[]", UPTAKE_TEXT),
    READ("priorities[]", UPTAKE_REF),
    READ("spells[].stopped", UPTAKE_DATE),
    READ("spells[].status", UPTAKE_CHOICE),
    READ("observations[].value", UPTAKE_NUMBER),
    READ("measurements[].numerator", UPTAKE_NUMBER),
    READ("effects[].estimate", UPTAKE_NUMBER),
    READ("/adopters[].merged_into", UPTAKE_REF),
    READ("/adopters[type=trust].imd_decile", UPTAKE_NUMBER),
    READ("/ties[].from", UPTAKE_REF),
    READ("/evidence[].year", UPTAKE_NUMBER),
    READ("/evidence[].source", UPTAKE_TEXT),
    READ("/evidence[].read_on", UPTAKE_DATE),
    READ("/priorities[].starts", UPTAKE_DATE),
    READ("custom.cost", UPTAKE_NUMBER),
    READ("custom.deep.cost", UPTAKE_NUMBER),
    {"costs[].colour", UPTAKE_CHOICE, false, NO_LIMIT, NO_LIMIT, NULL, plugin_choices, "the fuzzer",
     0, 0},
};
enum { READS = sizeof reads / sizeof *reads };

static void write_all(int descriptor, const uint8_t *data, size_t size)
{
    if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, data, size, 0) != (ssize_t)size)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int descriptor = -1;
    static char path[32];
    static struct uptake_error error;
    struct model_request requests[READS];
    struct model model;
    unsigned mix = 0;
    if (descriptor < 0) {
        descriptor = memfd_create("model", MFD_CLOEXEC);
        snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    }
    write_all(descriptor, data, size);
    for (size_t k = 0; k < size; k++)
        mix = mix * 31 + data[k];
    memcpy(requests, reads, sizeof requests);
    struct model_options options = {.path = path,
                                    .name = "m.yaml",
                                    .check_only = mix & 1u,
                                    .as_of_given = mix & 2u,
                                    .as_of = {17555, 17555},
                                    .innovation = (mix >> 2) % 7 == 1 ? "a" : NULL,
                                    .requests = mix & 8u ? requests : NULL,
                                    .n_requests = mix & 8u ? READS : 0};
    error.count = error.more = 0;
    if (model_load(&options, &model, &error) == 0) {
        const char *broken = model_broken(&model);
        if (broken || error.count) {
            fprintf(stderr, "broken: %s\n", broken ? broken : "a message, and yet it loaded");
            abort();
        }
        model_finish(&model);
    } else if (error.count == 0 || error.exit_code != EXIT_INPUT) {
        fprintf(stderr, "refused with %u messages, exit %d: %s\n", error.count, error.exit_code,
                error.text[0]);
        abort();
    }
    return 0;
}

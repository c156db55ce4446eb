/*
 * An allocator that fails at the n-th call, once or from then on: the load says so with exit code
 * 4, and nothing is left behind. malloc, calloc, realloc, mmap, mremap and munmap of everything in
 * this program come through here (the linker's --wrap); what the C library and libyaml take for
 * themselves does not.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "model/fixture.h"

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *data, size_t bytes);
void *__real_mmap(void *start, size_t bytes, int protection, int flags, int descriptor,
                  off_t offset);
void *__real_mremap(void *data, size_t before, size_t after, int flags, ...);
int __real_munmap(void *data, size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *data, size_t bytes);
void *__wrap_mmap(void *start, size_t bytes, int protection, int flags, int descriptor,
                  off_t offset);
void *__wrap_mremap(void *data, size_t before, size_t after, int flags, ...);
int __wrap_munmap(void *data, size_t bytes);

static struct {
    bool armed, from_then_on, failed;
    long calls, fail_at;
    long mapped; /* bytes */
} memory;

static bool fails(void)
{
    if (!memory.armed)
        return false;
    memory.calls++;
    bool now =
        memory.calls == memory.fail_at || (memory.from_then_on && memory.calls > memory.fail_at);
    memory.failed |= now;
    errno = now ? ENOMEM : errno;
    return now;
}

void *__wrap_malloc(size_t bytes)
{
    return fails() ? NULL : __real_malloc(bytes);
}

void *__wrap_calloc(size_t count, size_t bytes)
{
    return fails() ? NULL : __real_calloc(count, bytes);
}

void *__wrap_realloc(void *data, size_t bytes)
{
    return fails() ? NULL : __real_realloc(data, bytes);
}

void *__wrap_mmap(void *start, size_t bytes, int protection, int flags, int descriptor,
                  off_t offset)
{
    void *data =
        fails() ? MAP_FAILED : __real_mmap(start, bytes, protection, flags, descriptor, offset);
    memory.mapped += data != MAP_FAILED && memory.armed ? (long)bytes : 0;
    return data;
}

void *__wrap_mremap(void *data, size_t before, size_t after, int flags, ...)
{
    void *moved = fails() ? MAP_FAILED : __real_mremap(data, before, after, flags);
    memory.mapped += moved != MAP_FAILED && memory.armed ? (long)after - (long)before : 0;
    return moved;
}

int __wrap_munmap(void *data, size_t bytes)
{
    memory.mapped -= memory.armed ? (long)bytes : 0;
    return __real_munmap(data, bytes);
}

TestSuite(model_no_memory, .init = fixture_open, .fini = fixture_close, .timeout = 240);

static const char valid[] =
    "uptake: 1\ntitle: all of it\ninclude: [b.yaml, sub]\nadopters: [{id: q, opened: 2000}, {id: "
    "r, merged_into: q}]\n"
    "evidence: [{id: t, source: s, year: {about: 2000}}]\nties: [{from: q, to: r}]\n"
    "priorities: [{id: p, name: P, level: local}]\n"
    "rules: [{id: r, scheme: s, source: s, starts: 2010, applies_to: [device], all: [{any: "
    "[{field: "
    "'support[resource=time].needed', at_most: 3}]}, {within_months: [introduced.date, as_of, 3]}, "
    "{field: custom.cost, in: [1, 2]}]}]\n"
    "innovations:\n- id: a\n  name: A\n  core_components: [x, y]\n  priorities: [p]\n"
    "  evidence: [{id: e, source: s}]\n"
    "  vehicles: [{id: v, income: [{share: 0.5}]}, {id: w, follows: v}]\n"
    "  judgements:\n  - {framework: nasss, ratings: {condition: 1, adopters: {simple: 1}}, "
    "evidence: [e, t], because: so}\n"
    "  support: [{resource: time, phase: running, needed: {low: 1, high: 2}, unit: wte, adopter: "
    "q}]\n"
    "  spells: [{adopter: later, adopted: 2010, status: adopted}]\n"
    "  measurements: [{adopter: q, metric: m, group: g, level: 1, numerator: 1, denominator: 2}]\n"
    "  custom: {a: 1, b: {c: [1, 2]}, cost: 5}\n";

static const char dangling[] = "m.yaml:19:22: there is no 'later' among adopters";

static const struct {
    const char *path;
    uint32_t type;
} reads[] = {{"support[]", UPTAKE_LIST},
             {"support[resource=time].needed", UPTAKE_NUMBER},
             {"judgements[framework=nasss].value", UPTAKE_NUMBER},
             {"judgements[].evidence[]", UPTAKE_REF},
             {"vehicles[].follows", UPTAKE_REF},
             {"vehicles[].income[].share", UPTAKE_NUMBER},
             {"core_components[]", UPTAKE_TEXT},
             {"/evidence[].year", UPTAKE_NUMBER},
             {"/evidence[].weight", UPTAKE_NUMBER},
             {"custom.cost", UPTAKE_NUMBER},
             {"/ties[].from", UPTAKE_REF},
             {"spells[].adopter", UPTAKE_REF},
             {"/rules[]", UPTAKE_VERDICT}};
enum { READS = sizeof reads / sizeof *reads };

/* A scenario's: one of an innovation whose id is known late, so that the model is read twice. */
static const struct tree about = {.kind = YAML_SCALAR, .plain = true, .text = "3", .bytes = 1};
static const struct spec_change changes[] = {
    {.path = "innovations[kind=digital].support[resource=time].needed",
     .kind = CHANGE_VALUE,
     .value = &about},
    {.path = "/evidence[].year", .kind = CHANGE_SCALE, .number = 1, .value = &about}};
enum { CHANGES = sizeof changes / sizeof *changes };

static int load(const char *path, struct uptake_error *error)
{
    struct model_changed changed[CHANGES];
    struct model model;
    struct model_request requests[READS];
    for (size_t k = 0; k < READS; k++)
        requests[k] = fixture_read(reads[k].path, reads[k].type);
    struct model_options options = {.path = path,
                                    .name = "m.yaml",
                                    .check_only = true,
                                    .requests = requests,
                                    .n_requests = READS,
                                    .changes = changes,
                                    .n_changes = CHANGES,
                                    .changed = changed};
    memory.armed = true;
    int failed = model_load(&options, &model, error);
    if (!failed)
        model_finish(&model);
    memory.armed = false;
    return failed;
}

/* Until a load goes through without meeting the failure. expected: the exit code of a load that
 * meets none. */
static void expect_failures(bool from_then_on, int expected)
{
    char path[256];
    snprintf(path, sizeof path, "%s", fixture_path("m.yaml"));
    for (long n = 1;; n++) {
        struct uptake_error *error = calloc(1, sizeof *error);
        memset(&memory, 0, sizeof memory);
        memory.fail_at = n;
        memory.from_then_on = from_then_on;
        int failed = load(path, error);
        cr_expect_eq(memory.mapped, 0, "call %ld: %ld bytes left", n, memory.mapped);
        bool met = memory.failed;
        /* What was wrong before memory ran out is told first, and decides. */
        bool told = expected && error->count && strcmp(error->text[0], dangling) == 0;
        cr_expect_eq(failed ? error->exit_code : 0, met && !told ? EXIT_MACHINE : expected,
                     "call %ld: %d %s", n, error->exit_code, error->text[0]);
        free(error);
        if (!met) {
            cr_expect_gt(n, 20);
            return;
        }
        cr_assert_lt(n, 100000);
    }
}

static void write_files(void)
{
    fixture_folder("sub");
    fixture_text("m.yaml", valid);
    fixture_text("b.yaml", "uptake: 1\ninnovations: [{id: b, name: B}]\n");
    fixture_text("sub/c.yaml", "uptake: 1\nadopters: [{id: later, opened: 2000}]\n");
}

Test(model_no_memory, once)
{
    write_files();
    expect_failures(false, 0);
}

Test(model_no_memory, from_then_on)
{
    write_files();
    expect_failures(true, 0);
}

/* The second pass, for the place of what dangles. */
Test(model_no_memory, of_a_second_pass)
{
    write_files();
    fixture_text("sub/c.yaml", "uptake: 1\nadopters: [{id: other}]\n");
    expect_failures(false, EXIT_INPUT);
}

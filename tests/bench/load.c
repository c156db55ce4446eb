/*
 * load SPEC: times the model's load alone, keeping exactly what the spec's plugins declare that they read.
 * The spec and the plugins are read before the clock starts.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "run/plan.h"
#include "run/run.h"
#include "spec/spec.h"
#include "stopwatch.h"

static int failed(const struct uptake_error *error)
{
    for (uint32_t k = 0; k < error->count; k++)
        fprintf(stderr, "load: %s\n", error->text[k]);
    return 1;
}

static void print_counts(const struct model *model, size_t requests)
{
    uint64_t rows = 0;
    for (size_t t = 0; t < model->n_tables; t++)
        rows += model->tables[t].rows;
    printf(" innovations=%" PRIu64 " rows=%" PRIu64 " texts=%" PRIu64 " frozen_kib=%" PRIu64
           " reads=%zu\n",
           model->innovations, rows, model->text_count, model->bytes / 1024, requests);
}

static int time_load(struct plan *plan, struct uptake_error *error)
{
    struct run_options options = {0};
    struct model model;
    struct stopwatch watch = stopwatch_start();
    if (run_load(plan, &options, false, &model, error) != 0)
        return failed(error);
    stopwatch_print(&watch);
    print_counts(&model, plan->n_requests);
    model_finish(&model);
    return 0;
}

int main(int argc, char **argv)
{
    static struct uptake_error error;
    struct arena arena = {0};
    struct spec spec;
    struct plan plan;
    if (argc != 2) {
        fputs("usage: load SPEC\nTimes the load of a spec's model.\n", argc == 1 ? stdout : stderr);
        return argc == 1 ? 0 : 2;
    }
    int status = 1;
    if (spec_read(argv[1], NULL, 0, &arena, &spec, &error) != 0) {
        failed(&error);
    } else if (plan_build(&spec, NULL, &plan, &error) != 0) {
        failed(&error);
    } else {
        status = time_load(&plan, &error);
        plan_finish(&plan);
    }
    arena_finish(&arena);
    return status;
}

/*
 * A run: plan, load, work, collect. Merging and comparing come after it and know of it; it knows nothing of them.
 */
#ifndef UPTAKE_RUN_RUN_H
#define UPTAKE_RUN_RUN_H

#include "result/result.h"
#include "run/plan.h"
#include "run/where.h"

/* Told now and then how far a run is. stage: "reading", "running", "merging"; what: of what; share: done, NaN: not known. */
struct run_progress {
    void (*show)(void *user, const char *stage, const char *what, double share);
    void *user;
};

/* Asked before a plugin runs, with all that its answers rest on: what it answered to the same, or NULL. It must outlive the
 * result; of its columns only numbers of innovations are looked at. */
struct run_known {
    const struct result_plugin *(*find)(void *user, const struct plan_plugin *of,
                                        const struct result_input *inputs, size_t n_inputs);
    void *user;
};

struct grid_cut;
struct watch;
struct run_options {
    int jobs; /* workers at once; 0: one a processor */
    bool in_process;
    const char *only;          /* one plugin, by its name in the spec; NULL: all */
    const char *innovation;    /* one innovation, by id; NULL: all */
    const struct where *where; /* the adopters that it is about; NULL: all */
    const char *wanted;        /* an innovation that must be there, among the others; NULL: none */
    const struct run_progress *progress; /* NULL: nobody asks */
    bool baseline_only;                  /* no scenarios */
    bool inputs;                         /* notes what each plugin's answers rest on */
    const struct record
        *reuse; /* with inputs: answers are taken from there where they rest on the same */
    const struct run_known
        *known;      /* with inputs: answers that the caller has already; NULL: none */
    bool locked;     /* runs only what the spec's lock says */
    bool keep_model; /* nothing of the model is given back: another run over it follows */
    /* A scenario: changes to the model, and what came of each; 0: none. */
    const struct spec_change *changes;
    size_t n_changes;
    struct model_changed *changed;
    const struct grid_cut *cut; /* another grid (share.h); NULL: as ever */
    const struct watch *watch;  /* share.h; NULL: nobody */
};

/* Loads the model that the plan asks for. check: accept what a run cannot yet do. */
int run_load(struct plan *plan, const struct run_options *options, bool check, struct model *model,
             struct uptake_error *error);

/*
 * Runs the plan over the model. Plugin failures are in the result; -1 only where the machine failed or the run was
 * interrupted (error->exit_code is then 128 + the signal). Result borrows plan and model until result_finish;
 * of the model only what results refer to is left.
 */
int run_execute(const struct plan *plan, struct model *model, const struct run_options *options,
                struct result *result, struct uptake_error *error);

/*
 * Runs it again over a model that was loaded with changes: only the plugins that read what was touched (struct
 * model_request), and those that read their answers; what the others found is taken from `before`, which must outlive
 * the result. everything: all of them run, as at another date.
 */
int run_execute_again(const struct plan *plan, struct model *model,
                      const struct run_options *options, const struct result *before,
                      bool everything, struct result *result, struct uptake_error *error);

/* 0; or 3 where some plugin failed on some innovation, or on a merge. */
int run_exit_code(const struct result *result);

#endif

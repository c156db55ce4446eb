/* However the work is cut: batches, cells and what combines them, workers, the order of innovations. */
#include <stdio.h>
#include <string.h>

#include "check/suite_internal.h"
#include "run/share.h"

/* The same model under two ways of running it. */
static bool compare_runs(struct suite_run *run, const struct made_model *made,
                         const struct run_options *one, const struct run_options *other,
                         double tolerance, const char *when)
{
    struct trial a = {0}, b = {0};
    bool same = check_trial(run, made, one, &a) && check_trial(run, made, other, &b) &&
                check_same(run, &a, &b, tolerance, when);
    trial_finish(&a);
    trial_finish(&b);
    return same;
}

static bool compare_cuts(struct suite_run *run, const struct made_model *made,
                         const struct grid_cut *one, const struct grid_cut *other, double tolerance,
                         const char *when)
{
    struct run_options first = {.cut = one}, second = {.cut = other};
    return compare_runs(run, made, &first, &second, tolerance, when);
}

/* --- Combining --------------------------------------------------------------------------------- */

/* Where cells end, and in what case. ends: in fortieths of the model. */
struct grouping {
    const char *when;
    uint64_t one[12], other[12];
    uint64_t cells_one, cells_other;
};

static void compare_groupings(struct suite_run *run, const struct grouping *rows, size_t count,
                              uint64_t seed)
{
    for (uint64_t m = 0; m < 3 && !check_failed(run); m++) {
        struct made_model made = {0};
        if (!check_made(run, &shape_random, seed + m, &made))
            return;
        for (size_t k = 0; k < count && !check_failed(run); k++) {
            struct grid_cut one = {.ends = rows[k].one, .cells = rows[k].cells_one};
            struct grid_cut other = {.ends = rows[k].other, .cells = rows[k].cells_other};
            compare_cuts(run, &made, &one, &other, CHECK_TOLERANCE, rows[k].when);
        }
        made_finish(&made);
    }
}

void check_combine_neutral(struct suite_run *run)
{
    static const struct grouping rows[] = {
        {"combined with a state that saw nothing, which stood first", {20, 40}, {0, 20, 40}, 2, 3},
        {"combined with a state that saw nothing, which stood last", {20, 40}, {20, 20, 40}, 2, 3},
    };
    compare_groupings(run, rows, 2, 600);
}

/* Cells combine as a binary counter: an empty one moves the brackets. */
void check_combine_associative(struct suite_run *run)
{
    static const struct grouping rows[] = {
        {"combined as (a b) c, and as a (b c)", {9, 25, 40}, {9, 9, 25, 40}, 3, 4},
        {"combined as ((a b) c) d, and as (a b) (c d)",
         {9, 14, 14, 14, 25, 25, 25, 25, 40},
         {9, 14, 25, 40},
         9,
         4},
    };
    compare_groupings(run, rows, 2, 620);
}

void check_combine_whole(struct suite_run *run)
{
    static const struct grouping rows[] = {
        {"the whole in one part, and in two", {40}, {13, 40}, 1, 2},
        {"the whole in one part, and in eight", {40}, {1, 3, 8, 9, 20, 27, 39, 40}, 1, 8},
    };
    compare_groupings(run, rows, 2, 640);
}

/* --- Batches, workers -------------------------------------------------------------------------- */

void check_batch_cut(struct suite_run *run)
{
    static const uint64_t sizes[] = {1, 2, 7, 39};
    for (uint64_t m = 0; m < 3 && !check_failed(run); m++) {
        struct made_model made = {0};
        struct grid_cut whole = {0};
        char when[80];
        if (!check_made(run, &shape_random, 700 + m, &made))
            return;
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes && !check_failed(run); k++) {
            struct grid_cut cut = {.batch = sizes[k]};
            snprintf(when, sizeof when, "in one batch, and in batches of %llu",
                     (unsigned long long)sizes[k]);
            compare_cuts(run, &made, &whole, &cut, 0, when);
        }
        made_finish(&made);
    }
}

void check_workers(struct suite_run *run)
{
    static const uint64_t ends[] = {8, 16, 24, 32, 40};
    struct grid_cut cut = {.batch = 3, .ends = ends, .cells = 5};
    struct run_options one = {.jobs = 1, .cut = &cut}, several = {.jobs = 3, .cut = &cut};
    if (run->in_process)
        check_skip(run, "workers are processes of their own");
    for (uint64_t m = 0; m < 3 && !check_failed(run); m++) {
        struct made_model made = {0};
        if (!check_made(run, &shape_random, 800 + m, &made))
            return;
        compare_runs(run, &made, &one, &several, 0, "with one worker, and with three");
        made_finish(&made);
    }
}

/* --- Order ------------------------------------------------------------------------------------- */

static struct node *innovations_of(const struct made_model *made)
{
    struct node *node = made->root->first;
    while (node && !(node->key && strcmp(node->key, "innovations") == 0))
        node = node->next;
    return node;
}

static void turn_round(struct node *list)
{
    struct node *turned = NULL;
    list->last = list->first;
    for (struct node *child = list->first; child;) {
        struct node *next = child->next;
        child->next = turned;
        turned = child;
        child = next;
    }
    list->first = turned;
}

/* Every third to the front. */
static void shuffle(struct node *list)
{
    struct node *front = NULL, *back = NULL, **front_end = &front, **back_end = &back;
    size_t k = 0;
    for (struct node *child = list->first; child; child = child->next, k++) {
        struct node ***end = k % 3 == 1 ? &front_end : &back_end;
        **end = child;
        *end = &child->next;
    }
    *back_end = NULL;
    *front_end = back;
    list->first = front ? front : back;
}

static void compare_order(struct suite_run *run, struct made_model *made,
                          void (*reorder)(struct node *list), const char *when)
{
    static const struct run_options options = {0};
    struct trial a = {0}, b = {0};
    bool ran = check_trial(run, made, &options, &a);
    reorder(innovations_of(made));
    if (ran && gen_print(made->root, GEN_LINES, &made->text) == 0 &&
        check_trial(run, made, &options, &b))
        check_same(run, &a, &b, run->plugin->has_state ? CHECK_TOLERANCE : 0, when);
    trial_finish(&a);
    trial_finish(&b);
}

void check_order(struct suite_run *run)
{
    for (uint64_t m = 0; m < 3 && !check_failed(run); m++) {
        struct made_model made = {0};
        if (!check_made(run, &shape_random, 900 + m, &made))
            return;
        compare_order(run, &made, turn_round, "innovations as they stand, and the other way round");
        if (!check_failed(run))
            compare_order(run, &made, shuffle, "innovations in two orders");
        made_finish(&made);
    }
}

/* Made-up models that are valid: printed, tried, and mended until the loader takes them. */
#ifndef UPTAKE_CHECK_MADE_H
#define UPTAKE_CHECK_MADE_H

#include "check/gen.h"
#include "check/trial.h"

struct made_model {
    struct node *root;
    struct buffer text; /* as last printed, every value on a line */
    struct arena arena;
    bool as_of_given;
    struct uptake_period as_of;
};

/* Zeroed before; made_finish() also after a failure. Fails with: rules that no mending could meet. */
int made_open(struct made_model *made, const struct gen_schema *schema,
              const struct gen_shape *shape, uint64_t seed, struct uptake_error *error);
/* One innovation with every field that the plugin reads, plain, printed for people with what each is. */
int made_skeleton(struct made_model *made, const struct gen_schema *schema,
                  struct uptake_error *error);
/* Prints again after nodes have gone, and mends. */
int made_mend(struct made_model *made, const struct plugin *plugin, struct uptake_error *error);
/* Every innovation that many times, under other ids; prints. 0 or -1: no memory. */
int made_repeat(struct made_model *made, unsigned times);
void made_finish(struct made_model *made);

struct trial_model made_text(const struct made_model *made);

#endif

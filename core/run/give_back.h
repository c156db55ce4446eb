/* Memory of the model that nothing reads any more. */
#ifndef UPTAKE_RUN_GIVE_BACK_H
#define UPTAKE_RUN_GIVE_BACK_H

#include "model/model.h"
#include "run/plan.h"

/* Gives the columns back that only plugins read which are done (a plugin of the plan each). */
int give_back_reads(const struct plan *plan, const bool *done, struct model *model,
                    struct uptake_error *error);

#endif

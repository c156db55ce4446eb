/* Giving back what only plugins read that are through: see give_back.h. */
#include "run/give_back.h"

#include <stdlib.h>

static bool asked_by_other(const struct plan *plan, const bool *by_done,
                           const struct model_request *request)
{
    for (size_t k = 0; k < plan->n_requests; k++)
        if (!by_done[k] && plan->requests[k].table == request->table &&
            plan->requests[k].column == request->column)
            return true;
    return false;
}

int give_back_reads(const struct plan *plan, const bool *done, struct model *model,
                    struct uptake_error *error)
{
    bool *by_done = calloc(plan->n_requests + 1, sizeof *by_done);
    if (!by_done)
        return error_memory(error);
    for (size_t p = 0; p < plan->n_plugins; p++)
        for (size_t k = 0; done[p] && k < plan->plugins[p].plugin->n_reads; k++)
            if (plan->plugins[p].reads[k].provider == SIZE_MAX)
                by_done[plan->plugins[p].reads[k].request] = true;
    for (size_t k = 0; k < plan->n_requests; k++)
        if (by_done[k] && plan->requests[k].column != UINT32_MAX &&
            !asked_by_other(plan, by_done, &plan->requests[k]))
            model_forget(model, plan->requests[k].table, plan->requests[k].column);
    free(by_done);
    return 0;
}

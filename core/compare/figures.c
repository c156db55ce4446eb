/* Figures: see figures.h. */
#include "compare/figures.h"

#include <math.h>
#include <string.h>

static bool grow(struct figures *figures)
{
    size_t room = figures->room ? 2 * figures->room : 16;
    struct result_figure *list = arena_array(figures->arena, room, sizeof *list);
    if (!list)
        return false;
    if (figures->n)
        memcpy(list, figures->list, figures->n * sizeof *list);
    figures->list = list;
    figures->room = room;
    return true;
}

void figures_either(struct figures *figures, const char *name, double value, const char *reason)
{
    if (figures->failed || (figures->n == figures->room && !grow(figures))) {
        figures->failed = true;
        return;
    }
    if (!reason && !isfinite(value))
        reason = "not_finite";
    figures->list[figures->n++] =
        (struct result_figure){name, reason ? (double)NAN : value + 0.0, reason};
}

void figures_add(struct figures *figures, const char *name, double value)
{
    figures_either(figures, name, value, NULL);
}

void figures_undefined(struct figures *figures, const char *name, const char *reason)
{
    figures_either(figures, name, 0, reason);
}

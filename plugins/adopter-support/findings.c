/*
 * What stands out in an innovation: a finding a cell, the worst kind first and of a kind the least covered,
 * then innovator and vehicle, then what is met in full, as far as there is room.
 */
#include <stdio.h>

#include "support.h"

enum kind { HALF_SHORT, IS_SHORT, UNKNOWN_CELL, MAY_BE_SHORT, NOTHING };

static enum kind kind_of(const struct cell *cell)
{
    if (!cell->known)
        return UNKNOWN_CELL;
    if (cell->best < 1)
        return cell->high < 0.5 ? HALF_SHORT : IS_SHORT;
    return cell->low < 1 ? MAY_BE_SHORT : NOTHING;
}

/* What every finding about a cell says before and behind its own words. */
struct about {
    struct uptake_call *call;
    uint64_t row;
    int level;
    const char *resource, *phase, *adopters, *ended;
};

#define CELL_NOTE(about, words, ...)                                                               \
    uptake_note((about)->call, NEEDED, (about)->row, (about)->level, "%s, %s: " words "%s%s",      \
                (about)->resource, (about)->phase, __VA_ARGS__, (about)->adopters, (about)->ended)

/* "4 hours a week short of 8 (0 to 6)" */
static void short_note(const struct about *about, const struct cell *cell, int unit)
{
    double gap = support_figure(cell->need - cell->have), need = support_figure(cell->need);
    double low = support_figure(cell->short_low);
    const char *words = support_unit_words(unit, gap <= 1 && gap >= 1);
    if (unit == MET_UNIT)
        CELL_NOTE(about, "%s", cell->have > 0 ? "met in part" : "not met");
    else if (!(cell->short_high > cell->short_low))
        CELL_NOTE(about, "%.15g%s short of %.15g", gap, words, need);
    else if (cell->short_high < UPTAKE_NO_LIMIT)
        CELL_NOTE(about, "%.15g%s short of %.15g (%.15g to %.15g)", gap, words, need, low,
                  support_figure(cell->short_high));
    else
        CELL_NOTE(about, "%.15g%s short of %.15g (%.15g or more)", gap, words, need, low);
}

static void maybe_note(const struct about *about, const struct cell *cell, int unit)
{
    double most = support_figure(cell->short_high);
    if (unit == MET_UNIT || !(cell->short_high < UPTAKE_NO_LIMIT))
        CELL_NOTE(about, "%s", "met, but it may be short");
    else
        CELL_NOTE(about, "met, but up to %.15g%s may be missing", most,
                  support_unit_words(unit, most <= 1 && most >= 1));
}

static void cell_note(struct uptake_call *call, const struct cell *cell, enum kind kind)
{
    char adopters[48] = "";
    int pair = cell->id / UNITS, unit = cell->id % UNITS;
    struct about about = {
        call, (uint64_t)cell->row, UPTAKE_RISKS, support_spoken(pair / PHASES), "set-up", adopters,
        ""};
    if (pair % PHASES)
        about.phase = "running";
    if (cell->ended)
        about.ended = ", provision not in force";
    if (cell->times > 1)
        snprintf(adopters, sizeof adopters, ", over %.0f adopters", cell->times);
    if (kind == HALF_SHORT)
        about.level = UPTAKE_BLOCKS;
    if (kind == UNKNOWN_CELL) {
        about.level = UPTAKE_NOT_KNOWN;
        CELL_NOTE(&about, "%s", "not known whether it is met");
    } else if (kind == MAY_BE_SHORT) {
        maybe_note(&about, cell, unit);
    } else {
        short_note(&about, cell, unit);
    }
}

/* Worst kind first, of a kind the least covered. Answers how many may still be given. */
static int note_cells(struct uptake_call *call, const struct grid *grid, const double *weights,
                      int left)
{
    bool said[CELLS] = {false};
    for (; left > 0; left--) {
        int next = -1;
        for (int c = 0; c < grid->n; c++) {
            enum kind kind = kind_of(&grid->cells[c]);
            enum kind best = next < 0 ? NOTHING : kind_of(&grid->cells[next]);
            if (said[c] || kind == NOTHING || !(weights[grid->cells[c].id / UNITS / PHASES] > 0))
                continue;
            if (kind < best || (kind == best && grid->cells[c].best < grid->cells[next].best))
                next = c;
        }
        if (next < 0)
            break;
        said[next] = true;
        cell_note(call, &grid->cells[next], kind_of(&grid->cells[next]));
    }
    return left;
}

/* Who supports adopters, a finding a row that says so. */
static void note_givers(struct uptake_call *call, uint64_t i, int left)
{
    const int64_t *support = uptake_list(call, SUPPORT);
    struct row row;
    for (int64_t at = support[i]; at < support[i + 1] && left > 0; at++) {
        int32_t by = uptake_texts(call, BY)[at];
        if (by < 0 || !support_row_read(call, at, &row) || row.others || !(row.have.best > 0))
            continue;
        uptake_note(call, SUPPORT, (uint64_t)at, UPTAKE_HELPS, "%s: given by %.200s",
                    support_spoken(row.resource), uptake_text(call, by));
        left--;
    }
}

void support_note_all(struct uptake_call *call, uint64_t i, const struct grid *grid,
                      const struct part *parts)
{
    const struct params *with = call->params;
    char names[NAMES_BYTES] = "";
    size_t used = 0;
    int left = UPTAKE_NOTES_MAX - (grid->others_short > 0);
    left = note_cells(call, grid, with->weights, left);
    if (grid->others_short > 0)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_RISKS,
                    "innovator or vehicle: %lld of %lld needs not met in full",
                    (long long)grid->others_short, (long long)grid->others);
    for (int k = 0; k < RESOURCES; k++)
        if (parts[k].known > 0 && parts[k].low >= 1)
            used += support_name_add(names + used, used ? ", " : "", support_spoken(k));
    if (left > 0 && used > 0) {
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "met in full: %s", names);
        left--;
    }
    note_givers(call, i, left);
}

/*
 * Findings, in words of a commissioner: what blocks, what lapses and when, what enables, and what nobody knows yet. At most eight
 * are kept of one innovation, so what is alike is said in one sentence.
 */
#include <stdio.h>
#include <string.h>

#include "fit.h"

/* --- A sentence's list -------------------------------------------------------------------------- */

enum { LIST_BYTES = 170 };
struct list {
    char text[LIST_BYTES];
    size_t used;
    int count, more;
};

static void list_add(struct list *list, const char *name, const char *behind)
{
    char item[LIST_BYTES];
    int bytes = snprintf(item, sizeof item, "%s%.100s%s", list->count ? ", " : "", name, behind);
    if (list->more || bytes < 0 || list->used + (size_t)bytes + 1 > sizeof list->text - 16) {
        list->more++;
        return;
    }
    memcpy(list->text + list->used, item, (size_t)bytes + 1);
    list->used += (size_t)bytes;
    list->count++;
}

static const char *list_close(struct list *list)
{
    if (list->more)
        snprintf(list->text + list->used, sizeof list->text - list->used, " and %d more",
                 list->more);
    return list->text;
}

static const char *const lever_words[] = {"target",    "tariff",   "mandate", "framework",
                                          "incentive", "grant",    "payment", "contract",
                                          "programme", "guidance", "inquiry"};

static const char *lever_name(const struct uptake_call *call, int64_t row)
{
    int32_t kind = uptake_choices(call, LEVER_KIND)[row];
    const char *name = uptake_text(call, uptake_texts(call, LEVER_NAME)[row]);
    return *name ? name : kind >= 0 ? lever_words[kind] : "a lever";
}

/* --- Targets and tariffs alone: (7) ------------------------------------------------------------- */

static void note_beyond(struct uptake_call *call, uint64_t i)
{
    struct rows rows = fit_rows(call, LEVER_KIND, i);
    struct list list = {.used = 0};
    list.text[0] = 0;
    for (int64_t r = rows.from; r < rows.to; r++) {
        int32_t kind = uptake_choices(call, LEVER_KIND)[r];
        if ((kind == TARGET || kind == TARIFF) &&
            fit_in_force(call, uptake_dates(call, LEVER_ENDS)[r]))
            list_add(&list, lever_name(call, r), "");
    }
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_BLOCKS, "rests on targets and tariffs alone: %s",
                list_close(&list));
}

/* --- Rules: (4) --------------------------------------------------------------------------------- */

enum { RULES_SAID = 2 };

static void note_rules(struct uptake_call *call, uint64_t i, int8_t verdict)
{
    struct rows pairs = fit_rows(call, RULES, i);
    const struct uptake_column *rules = uptake_column_of(call, RULES);
    int said = 0;
    for (int64_t p = pairs.from; p < pairs.to && said < RULES_SAID; p++) {
        if (((const int8_t *)rules->values)[p] != verdict)
            continue;
        const char *id = uptake_text(call, uptake_texts(call, RULE_ID)[rules->pair_rows[p]]);
        const char *fields = uptake_text(call, rules->pair_fields[p]);
        said++;
        if (verdict == UPTAKE_RULE_FALSE)
            uptake_note(call, RULES, (uint64_t)p, UPTAKE_BLOCKS,
                        "does not meet %.40s, which asks: %.170s", id, fields);
        else
            uptake_note(call, RULES, (uint64_t)p, UPTAKE_NOT_KNOWN,
                        "whether it meets %.40s would be settled by %.160s", id, fields);
    }
}

/* --- What lapses: (6) --------------------------------------------------------------------------- */

static const char *row_name(const struct uptake_call *call, int64_t row, bool lever)
{
    if (lever)
        return lever_name(call, row);
    const char *name = uptake_text(call, uptake_texts(call, VEHICLE_NAME)[row]);
    return *name ? name : "the vehicle";
}

static void note_ends(struct uptake_call *call, uint64_t i, bool levers)
{
    uint32_t ends = levers ? LEVER_ENDS : VEHICLE_ENDS;
    uint32_t follows = levers ? LEVER_FOLLOWS : VEHICLE_FOLLOWS;
    struct rows rows = fit_rows(call, ends, i);
    char month[DATE_TEXT];
    int64_t ended = fit_last_ended(call, ends, levers, rows);
    bool said = ended >= 0;
    if (said)
        uptake_note(call, ends, (uint64_t)ended, UPTAKE_RISKS,
                    "%.120s ended in %s, and nothing that %s has followed it",
                    row_name(call, ended, levers),
                    fit_month_of(uptake_dates(call, ends)[ended], month),
                    levers ? "pays" : "drives scaling");
    for (int64_t r = rows.from; r < rows.to && !said; r++) {
        struct uptake_period end = uptake_dates(call, ends)[r];
        if (!fit_in_force(call, end) ||
            (levers && !fit_pays(uptake_choices(call, LEVER_KIND)[r])) ||
            fit_goes_on(call, ends, follows, rows, r) != UNMET)
            continue;
        uptake_note(call, ends, (uint64_t)r, UPTAKE_RISKS,
                    "%.120s ends by %s, and nothing that lasts is named to follow it",
                    row_name(call, r, levers), fit_month_of(end, month));
        said = true;
    }
}

/* --- What enables: (10) ------------------------------------------------------------------------- */

static const char *until(struct uptake_period end, char text[DATE_TEXT + 16])
{
    char month[DATE_TEXT];
    if (uptake_why_date(end) != UPTAKE_PRESENT)
        snprintf(text, DATE_TEXT + 16, " (end not known)");
    else if (end.end == UPTAKE_DAY_OPEN)
        snprintf(text, DATE_TEXT + 16, " (no end set)");
    else
        snprintf(text, DATE_TEXT + 16, " (until %s)", fit_month_of(end, month));
    return text;
}

static void note_levers(struct uptake_call *call, uint64_t i, int effect, int level,
                        const char *verb)
{
    struct rows rows = fit_rows(call, LEVER_KIND, i);
    struct list list = {.used = 0};
    char end[DATE_TEXT + 16];
    list.text[0] = 0;
    for (int64_t r = rows.from; r < rows.to; r++)
        if (uptake_choices(call, LEVER_EFFECT)[r] == effect &&
            fit_in_force(call, uptake_dates(call, LEVER_ENDS)[r]))
            list_add(&list, lever_name(call, r), until(uptake_dates(call, LEVER_ENDS)[r], end));
    if (list.count)
        uptake_note(call, UPTAKE_INNOVATION, i, level, "%s by %s", verb, list_close(&list));
}

/* --- The rest ----------------------------------------------------------------------------------- */

/* Behind "not known: whether ". */
static const char *const asked[CHECKS] = {
    "it serves a national priority", "it serves a local priority",
    "positive guidance is in force", "it meets the rules",
    "its outcome is measured",       "those who drive and fund it go on",
    "it rests on more than targets"};

static const char *const lacking[CHECKS] = {"it serves no national priority",
                                            "it serves no local priority",
                                            "no positive national guidance is in force",
                                            NULL,
                                            "its outcome is not measured in use",
                                            NULL,
                                            NULL};

static void note_checks(struct uptake_call *call, uint64_t i, const int checks[CHECKS], bool given)
{
    struct list unmet = {.used = 0}, unknown = {.used = 0};
    unmet.text[0] = unknown.text[0] = 0;
    for (int c = 0; c < CHECKS; c++) {
        if (checks[c] == UNMET && lacking[c])
            list_add(&unmet, lacking[c], "");
        if (checks[c] == UNKNOWN && c != RULES_MET)
            list_add(&unknown, asked[c], "");
    }
    if (unmet.count)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_BLOCKS, "%s", list_close(&unmet));
    if (unknown.count)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_NOT_KNOWN, "%snot known whether %s",
                    given ? "" : "too little is known for one figure: ", list_close(&unknown));
}

static void note_held(struct uptake_call *call, const struct held *held)
{
    double percent = held->share.best * 100;
    if (held->lever < 0)
        return;
    int level = held->share.best < 1 ? UPTAKE_RISKS : UPTAKE_HELPS;
    uptake_note(call, LEVER_ENDS, (uint64_t)held->lever, level,
                "a year or more after %.100s ended, %.0f%% of what there was then was counted",
                lever_name(call, held->lever), percent);
}

void fit_notes(struct uptake_call *call, uint64_t i, const int checks[CHECKS],
               const struct held *held, bool given)
{
    if (checks[BEYOND] == UNMET)
        note_beyond(call, i);
    if (checks[RULES_MET] == UNMET)
        note_rules(call, i, UPTAKE_RULE_FALSE);
    note_ends(call, i, false);
    note_ends(call, i, true);
    note_checks(call, i, checks, given);
    if (checks[RULES_MET] == UNKNOWN)
        note_rules(call, i, UPTAKE_RULE_UNKNOWN);
    note_held(call, held);
    note_levers(call, i, HINDERS, UPTAKE_RISKS, "hindered");
    note_levers(call, i, ENABLES, UPTAKE_HELPS, "enabled");
}

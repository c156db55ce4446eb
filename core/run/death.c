/*
 * Deaths: see death.h. Which innovations count as crashed, and where too many are too many, is a
 * matter of their places in the model, so that any number of workers comes to the same result.
 */
#include "run/death.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "run/again.h"
#include "run/fault.h"

static const char overwrote[] = "it overwrote the memory that tells where it is";

/* --- Messages --------------------------------------------------------------------------------- */

void job_say(struct job *job, const char *format, ...)
{
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    int bytes = vsnprintf(NULL, 0, format, values);
    char *text = bytes < 0 ? NULL : arena_alloc(job->arena, (size_t)bytes + 1);
    if (text)
        vsnprintf(text, (size_t)bytes + 1, format, again);
    va_end(again);
    va_end(values);
    if (!text)
        return;
    if (job->n_messages == job->room_messages) {
        size_t room = job->room_messages ? job->room_messages * 2 : 16;
        const char **grown = arena_array(job->arena, room, sizeof(char *));
        if (!grown)
            return;
        if (job->n_messages)
            memcpy(grown, job->messages, job->n_messages * sizeof(char *));
        job->messages = grown;
        job->room_messages = room;
    }
    job->messages[job->n_messages++] = text;
}

static const char *again(const struct job *job, const char *innovation, const char *cause)
{
    const char *line = again_line(&job->share, innovation, cause, job->arena);
    return line ? line : "(out of memory)";
}

static void say_death(struct job *job, uint64_t i)
{
    const struct plugin *plugin = job->share.of->plugin;
    const char *id = model_text(job->share.model, job->share.model->ids[i]);
    const char *cause = job->causes[job->failed[i] - 1];
    job_say(job, "plugin %s %s failed on innovation %.200s: %s; again: %s", plugin->id,
            plugin->version, id, cause, again(job, id, cause));
}

void death_messages(struct job *job)
{
    const struct plugin *plugin = job->share.of->plugin;
    const struct model *model = job->share.model;
    for (uint64_t i = 0; job->failed && i < model->innovations && i < job->cutoff; i++)
        if (job->failed[i])
            say_death(job, i);
    if (job->batch_dependent < job->cutoff)
        job_say(job,
                "plugin %s %s failed on a batch of innovations but not on any of them alone: what "
                "it answers depends on how the work is cut; the batch: %s",
                plugin->id, plugin->version, job->causes[job->batch_cause - 1]);
    if (job->stopped)
        job_say(job, "plugin %s %s: %s; again: %s", plugin->id, plugin->version, job->whole,
                again(job, NULL, job->whole));
}

/* --- Causes ----------------------------------------------------------------------------------- */

uint8_t job_cause(struct job *job, const char *cause)
{
    for (unsigned k = 0; k < job->n_causes; k++)
        if (strcmp(job->causes[k], cause) == 0)
            return (uint8_t)(k + 1);
    if (job->n_causes == CAUSES_MAX)
        return CAUSES_MAX;
    if (job->n_causes == CAUSES_MAX - 1)
        cause = "failed; too many different reasons were given to keep them all";
    const char *kept = arena_text(job->arena, cause, strlen(cause));
    job->causes[job->n_causes++] = kept ? kept : "failed";
    return (uint8_t)job->n_causes;
}

/* A worker's words, as they may be shown. */
static void words_of(const struct control *control, char text[256])
{
    memcpy(text, control->failure, 255);
    text[255] = 0;
    bool utf8 = text_is_utf8(text, strlen(text));
    for (char *at = text; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f || (!utf8 && (unsigned char)*at > 0x7f))
            *at = '?';
}

void death_cause(const struct job *job, const struct slot *slot, const siginfo_t *info, char *text)
{
    death_words(share_control(&job->share, slot->task.slot), &job->share, info, text);
}

void death_words(const struct control *control, const struct share *share, const siginfo_t *info,
                 char *text)
{
    const char *fault = fault_words(share, &control->fault);
    bool met = info->si_status == SIGSEGV || info->si_status == SIGBUS;
    char words[256], deed[SANDBOX_DEED_BYTES];
    words_of(control, words);
    if (info->si_code == CLD_KILLED && info->si_status == SIGSYS)
        snprintf(text, CAUSE_BYTES, "it %s",
                 *sandbox_deed(&control->denied, deed)
                     ? deed
                     : "tried to start a thread, or made another forbidden system call with its "
                       "signals masked");
    else if (info->si_code == CLD_EXITED && info->si_status == 1 && *words)
        snprintf(text, CAUSE_BYTES, "%s", words);
    else if (info->si_code == CLD_EXITED)
        snprintf(text, CAUSE_BYTES, "it ended its process with exit(%d)", info->si_status);
    else if (sigabbrev_np(info->si_status))
        snprintf(text, CAUSE_BYTES, "SIG%s%s%s", sigabbrev_np(info->si_status),
                 met && *fault ? ": " : "", met ? fault : "");
    else
        snprintf(text, CAUSE_BYTES, "signal %d", info->si_status);
}

/* --- Where a worker was ----------------------------------------------------------------------- */

uint64_t job_units(const struct job *job, enum phase phase)
{
    const struct grid *grid = &job->share.grid;
    if (phase == PHASE_FINISH)
        return 1;
    return grid->cells * (phase == PHASE_PROCESS ? grid->batches_in_cell : 1);
}

bool spot_read(const struct job *job, const struct slot *slot, struct spot *spot)
{
    const struct control *control = share_control(&job->share, slot->task.slot);
    uint32_t phase = atomic_load(&control->phase);
    *spot = (struct spot){.phase = (enum phase)phase,
                          .unit = atomic_load(&control->unit),
                          .at = atomic_load(&control->at),
                          .committed = atomic_load(&control->committed),
                          .dropped = atomic_load(&control->dropped),
                          .loaded = atomic_load(&control->loaded) != 0,
                          .done = atomic_load(&control->done) != 0};
    return phase >= (uint32_t)slot->task.from && phase <= (uint32_t)slot->task.to &&
           spot->unit < job_units(job, spot->phase) && spot->committed >= slot->committed &&
           spot->committed <= job->share.log_room && spot->committed % 4 == 0;
}

/* The innovations of a unit. */
static void unit_range(const struct job *job, enum phase phase, uint64_t unit, uint64_t *first,
                       uint64_t *end)
{
    const struct grid *grid = &job->share.grid;
    uint64_t count;
    if (phase == PHASE_PROCESS) {
        grid_batch(grid, unit / grid->batches_in_cell, unit % grid->batches_in_cell, first, &count);
        *end = *first + count;
    } else {
        grid_cell(grid, unit, first, end);
    }
}

uint64_t spot_first(const struct job *job, const struct spot *spot)
{
    uint64_t first, end;
    unit_range(job, spot->phase, spot->unit, &first, &end);
    return first;
}

static void keep(struct slot *slot, const struct spot *spot)
{
    slot->committed = spot->committed;
    slot->dropped += spot->dropped;
}

/* --- Too many --------------------------------------------------------------------------------- */

/* A row of crashes outranks the sum of them where both end at the same place. */
static void cut(struct job *job, uint64_t innovation, bool row)
{
    if (innovation > job->cutoff || (innovation == job->cutoff && !row))
        return;
    job->cutoff = innovation;
    if (row)
        snprintf(job->whole, sizeof job->whole, "stopped after %d crashes in a row",
                 DEATHS_IN_A_ROW);
    else
        snprintf(job->whole, sizeof job->whole, "stopped after %d crashes", DEATHS_MAX);
}

/* Deaths in the order that one worker would meet them: a unit's as a whole before its
 * innovations'. */
static uint64_t death_of_unit(uint64_t first)
{
    return 2 * first;
}

static uint64_t death_of_innovation(uint64_t at)
{
    return 2 * at + 1;
}

/* Keeps the lowest; the last of as many as are borne is where the plugin stops. */
static void count_death(struct job *job, uint64_t death)
{
    unsigned place = job->n_deaths;
    while (place > 0 && job->deaths[place - 1] > death)
        place--;
    if (place == DEATHS_MAX)
        return;
    if (job->n_deaths < DEATHS_MAX)
        job->n_deaths++;
    memmove(job->deaths + place + 1, job->deaths + place,
            (job->n_deaths - 1 - place) * sizeof *job->deaths);
    job->deaths[place] = death;
    if (job->n_deaths < DEATHS_MAX)
        return;
    uint64_t last = job->deaths[DEATHS_MAX - 1];
    cut(job, last / 2 + last % 2, false);
}

/* Neighbours that all crashed. */
static void count_row(struct job *job, uint64_t at)
{
    uint64_t from = at, to = at + 1;
    while (from > 0 && job->failed[from - 1])
        from--;
    while (to < job->share.model->innovations && job->failed[to])
        to++;
    if (to - from >= DEATHS_IN_A_ROW)
        cut(job, from + DEATHS_IN_A_ROW, true);
}

static int name_innovation(struct job *job, uint64_t at, const char *cause)
{
    if (!job->failed)
        job->failed = calloc(job->share.model->innovations, 1);
    if (!job->failed)
        return -1;
    job->share.failed = job->failed;
    job->failed[at] = job_cause(job, cause);
    count_death(job, death_of_innovation(at));
    count_row(job, at);
    return 0;
}

/* --- What next -------------------------------------------------------------------------------- */

static enum death_next whole(struct job *job, const char *why)
{
    snprintf(job->whole, sizeof job->whole, "%.319s", why);
    return DEATH_WHOLE;
}

static enum death_next while_stepping(struct job *job, struct slot *slot, const struct spot *spot,
                                      const char *cause)
{
    uint64_t first, end;
    unit_range(job, spot->phase, spot->unit, &first, &end);
    if (spot->at == UINT64_MAX) {
        char why[CAUSE_BYTES + 64];
        snprintf(why, sizeof why, "failed outside of any innovation: %.250s", cause);
        return whole(job, why);
    }
    if (spot->at < first || spot->at >= end || (job->failed && job->failed[spot->at]))
        return whole(job, overwrote);
    slot->step_deaths++;
    if (name_innovation(job, spot->at, cause) != 0)
        return whole(job, "out of memory");
    slot->task.step_at = spot->phase == PHASE_PROCESS ? (int64_t)spot->at + 1 : 0;
    return DEATH_AGAIN;
}

/* The unit that was being stepped has come to its end. */
static void settle_step(struct job *job, struct slot *slot)
{
    uint64_t first, end;
    unit_range(job, slot->task.from, slot->task.unit, &first, &end);
    if (slot->stepped && slot->step_deaths == 0 && first < job->batch_dependent) {
        job->batch_dependent = first;
        job->batch_cause = slot->cause;
    }
    slot->stepped = false;
    slot->step_deaths = 0;
}

static enum death_next in_unit(struct job *job, struct slot *slot, const struct spot *spot,
                               const char *cause)
{
    bool same = spot->phase == slot->task.from && spot->unit == slot->task.unit;
    if (same && slot->task.step_at != NO_STEP)
        return while_stepping(job, slot, spot, cause);
    settle_step(job, slot);
    count_death(job, death_of_unit(spot_first(job, spot)));
    bool again = same && slot->retried == spot->unit;
    slot->stepped = again;
    slot->cause = job_cause(job, cause);
    slot->task.step_at = again ? 0 : NO_STEP;
    slot->task.from = spot->phase;
    slot->task.unit = slot->retried = spot->unit;
    return DEATH_AGAIN;
}

enum death_next death_settle(struct job *job, struct slot *slot, const char *cause)
{
    struct spot spot;
    char why[CAUSE_BYTES + 64];
    if (!spot_read(job, slot, &spot))
        return whole(job, overwrote);
    if (!spot.loaded) {
        snprintf(why, sizeof why, "cannot be loaded: %.250s", cause);
        return whole(job, why);
    }
    keep(slot, &spot);
    /* Cells are combined in place: a second try would count them twice. */
    if (spot.phase == PHASE_FINISH) {
        snprintf(why, sizeof why, "failed when it put its statistics together: %.200s", cause);
        return whole(job, why);
    }
    enum death_next next = in_unit(job, slot, &spot, cause);
    if (next != DEATH_AGAIN || job->cutoff == UINT64_MAX)
        return next;
    job->failed_whole |= spot.phase == PHASE_UPDATE; /* half the statistics are none */
    uint64_t onward = slot->step_deaths ? spot.at + 1 : spot_first(job, &spot);
    return onward >= job->cutoff ? DEATH_ENOUGH : DEATH_AGAIN;
}

bool death_none(struct job *job, struct slot *slot)
{
    struct spot spot;
    bool good = spot_read(job, slot, &spot);
    if (good)
        keep(slot, &spot);
    else
        whole(job, overwrote);
    settle_step(job, slot);
    slot->finished = true;
    return good;
}

void death_outside(struct job *job, struct slot *slot)
{
    struct spot spot;
    uint64_t first, end;
    slot->finished = true;
    if (!spot_read(job, slot, &spot) || spot.phase != PHASE_PROCESS)
        return;
    keep(slot, &spot);
    if (spot.phase != slot->task.from || spot.unit != slot->task.unit)
        settle_step(job, slot);
    unit_range(job, spot.phase, spot.unit, &first, &end);
    if (slot->stepped && spot.at >= first && spot.at < end)
        first = spot.at;
    memset(job->share.states + first, 0, end - first);
}

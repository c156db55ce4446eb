/*
 * vehicle: who drives scaling, how secure are they, and who depends on them?
 *
 * (1) A vehicle is in force unless it ended before as_of, or starts after it. It lasts where it ends, for
 *     certain, after as_of + `months` (or no end is set); it does not where it ends by then; else unknown, also
 *     where the day within as_of decides.
 * (2) A successor stands where a vehicle that `follows` it has not ended. It makes up for an end near at
 *     hand as far as it lasts itself, and so on along the chain.
 *
 * The five checks, each met, unmet, unknown or not applicable; over several vehicles in force by Kleene's
 * "and" (one unmet is unmet, else one unknown is unknown). A doubt that straddles a line is unknown.
 *
 * (3) end      it lasts, or one that lasts follows it.
 * (4) staff    fte_held >= fte_needed.
 * (5) funding  Herfindahl's index of income shares < `concentrated`. Shares that do not add to 1 leave a
 *              rest, spread thinly at best and one source at worst.
 * (6) set-up   no `support` row of phase set_up for the vehicle or the innovator is unmet; partly is unmet.
 * (7) lock-in  adopters could go on without it: no fee and no contract as licence.
 * (8) dependence = 1 where any licence or a fee binds adopters; 0 where there is known to be neither, or
 *     there the share of adopters with a spell not stopped of whom a support row of their own, in force, is
 *     given `by` it; otherwise not known.
 * (9) secured = met / (met + unmet); low counts unknown as unmet, high as met; not known where no check is
 *     decided. No vehicle known to exist (none), or all ended: (3) is unmet, the rest do not apply. Skipped
 *     where it is not known who drives scaling.
 *
 * (10) Of several innovations: how many have somebody who drives scaling and goes on, who stops, or nobody;
 *     how many have adopters bound by (8); each with the first few names.
 *
 * Source: the second recommendation of Against the Odds (Innovation Unit and Health Foundation, 2018), which
 * asks for organisations dedicated to scaling; Herfindahl's index as the sum of squared shares (Hirschman,
 * Am Econ Rev 1964;54:761). The checks and their lines are this plugin's own.
 *
 * Here: what is read, tuned and written, and (9). vehicle.h says which file has which point.
 */
#include "vehicle.h"

static const char *const licences[] = {"contract", "mandatory_training", NULL};
static const char *const recipients[] = {"adopter", "innovator", "vehicle", NULL};
static const char *const phases[] = {"set_up", "running", NULL};
static const char *const met_words[] = {"no", "partly", "yes", NULL};
static const char *const statuses[] = {"piloting", "adopted", "adapted", "stopped", NULL};

static const char *const verdicts[] = {"met", "unmet", "unknown", "not_applicable", NULL};
static const char *const successors[] = {"stands", "none", NULL};
static const char *const points[] = {"end", "staff", "funding", "set_up", "lock_in", NULL};

static const struct uptake_read reads[] = {
    UPTAKE_READ_LIST(VEHICLES, "vehicles[]", "why it is empty, where it is"),
    UPTAKE_READ_TEXT(ID, "vehicles[].id", "names it where it has no name"),
    UPTAKE_READ_TEXT(NAME, "vehicles[].name", "names it in findings"),
    UPTAKE_READ_TEXT(HOST, "vehicles[].host", "who hosts it, for findings"),
    UPTAKE_READ_DATE(STARTS, "vehicles[].starts", "when it began"),
    UPTAKE_READ_DATE(ENDS, "vehicles[].ends", "when it ends; open: no end is set"),
    UPTAKE_READ_REF(FOLLOWS, "vehicles[].follows", "the vehicle that it replaces"),
    UPTAKE_READ_NUMBER_DOUBT(FTE_NEEDED, "vehicles[].fte_needed", "wte", 0, UPTAKE_NO_LIMIT,
                             "staff that it needs"),
    UPTAKE_READ_NUMBER_DOUBT(FTE_HELD, "vehicles[].fte_held", "wte", 0, UPTAKE_NO_LIMIT,
                             "staff that it has"),
    UPTAKE_READ_CHOICE(LICENCE, "vehicles[].licence", licences, "what binds adopters to it"),
    UPTAKE_READ_NUMBER_DOUBT(FEE, "vehicles[].fee", "gbp_per_year", 0, UPTAKE_NO_LIMIT,
                             "fee of an adopter"),
    UPTAKE_READ_LIST(INCOME, "vehicles[].income[]", "why it is empty, where it is"),
    UPTAKE_READ_TEXT(INCOME_SOURCE, "vehicles[].income[].source", "who pays, for findings"),
    UPTAKE_READ_NUMBER_DOUBT(INCOME_SHARE, "vehicles[].income[].share", "share", 0, 1,
                             "share of the income"),
    UPTAKE_READ_LIST(SUPPORT, "support[]", "why it is empty, where it is"),
    UPTAKE_READ_CHOICE(SUPPORT_FOR, "support[].for", recipients, "innovator and vehicle count"),
    UPTAKE_READ_CHOICE(SUPPORT_PHASE, "support[].phase", phases, "set_up counts"),
    UPTAKE_READ_NUMBER_DOUBT(SUPPORT_NEEDED, "support[].needed", "", 0, UPTAKE_NO_LIMIT,
                             "how much it takes"),
    UPTAKE_READ_NUMBER_DOUBT(SUPPORT_PROVIDED, "support[].provided", "", 0, UPTAKE_NO_LIMIT,
                             "how much is given"),
    UPTAKE_READ_CHOICE(SUPPORT_MET, "support[].met", met_words, "instead of needed and provided"),
    UPTAKE_READ_DATE(SUPPORT_STARTS, "support[].starts", "from when it is given"),
    UPTAKE_READ_DATE(SUPPORT_ENDS, "support[].ends", "until when it is given"),
    UPTAKE_READ_REF(SUPPORT_ADOPTER, "support[].adopter", "whose row it is"),
    UPTAKE_READ_TEXT(SUPPORT_BY, "support[].by", "a vehicle's id or name: that adopter depends"),
    UPTAKE_READ_REF(SPELL_ADOPTER, "spells[].adopter", "who adopted"),
    UPTAKE_READ_CHOICE(SPELL_STATUS, "spells[].status", statuses, "stopped: depends no more"),
    UPTAKE_READ_TEXT(INNOVATION_ID, "id", "names it in findings about all innovations"),
};

static const struct uptake_param params[] = {
    UPTAKE_PARAM_INTEGER(struct params, months, 12, 0, 600, "months",
                         "an end further off than this is no threat yet"),
    UPTAKE_PARAM_NUMBER(struct params, concentrated, 0.5, 0, 1, "",
                        "Herfindahl's index from which income counts as concentrated"),
};

/* The reads that a write rests on, in place of all. */
#define WRITE_ON(rests_on, index, type, flags, better, name, unit, max, quantity, choices, doc)    \
    {                                                                                              \
        index, type, flags, better, name, "", unit, 0, max, 0.05, quantity, choices,               \
            UPTAKE_ROWS(rests_on), doc                                                             \
    }
#define CHECK(rests_on, check, name, doc)                                                          \
    {                                                                                              \
        CHECK_WRITES + check, UPTAKE_CHOICE, 0, UPTAKE_NEITHER, name, "", "", 0, 0, 0, "",         \
            verdicts, UPTAKE_ROWS(rests_on), doc                                                   \
    }

enum { DOUBTFUL = UPTAKE_BOUNDS | UPTAKE_OPTIONAL };
static const uint32_t all_reads[] = {ID, SUPPORT_FOR};
static const uint32_t vehicle_reads[] = {ID};
static const uint32_t income_reads[] = {INCOME_SHARE};
static const uint32_t support_reads[] = {SUPPORT_FOR};
static const uint32_t adopter_reads[] = {ID, SUPPORT_BY, SPELL_ADOPTER};

static const struct uptake_write writes[] = {
    WRITE_ON(all_reads, SECURED, UPTAKE_NUMBER, DOUBTFUL, UPTAKE_HIGHER, "secured", "", 1,
             "vehicle-secured", NULL,
             "checks met of those decided, of five: end, staff, funding, set-up, lock-in; unknown "
             "where none is decided"),
    CHECK(vehicle_reads, GOES_ON, "end", "it goes on beyond `months`, or a successor does"),
    CHECK(vehicle_reads, STAFFED, "staff", "it has the staff that it needs"),
    CHECK(income_reads, FUNDING_SPREAD, "funding", "its income does not hang on few payers"),
    CHECK(support_reads, SET_UP_MET, "set_up",
          "no set-up need of the vehicle or the innovator is unmet"),
    CHECK(vehicle_reads, CAN_DO_WITHOUT, "lock_in",
          "adopters could go on without it: no fee, no contract"),
    WRITE_ON(adopter_reads, DEPENDENCE, UPTAKE_NUMBER, DOUBTFUL, UPTAKE_LOWER, "dependence",
             "share", 1, "vehicle-dependence", NULL,
             "share of adopters bound by licence or fee, or supported by it; absent if not known"),
    WRITE_ON(income_reads, FUNDING_CONCENTRATION, UPTAKE_NUMBER, DOUBTFUL, UPTAKE_LOWER,
             "funding_concentration", "", 1, "", NULL,
             "Herfindahl's index of its income: 1 is a single payer; absent if not known"),
    WRITE_ON(vehicle_reads, MONTHS_LEFT, UPTAKE_NUMBER, DOUBTFUL, UPTAKE_HIGHER, "months_left",
             "months", UPTAKE_NO_LIMIT, "", NULL,
             "to the first end of a vehicle in force; absent where none is set, or known"),
    WRITE_ON(vehicle_reads, SUCCESSOR, UPTAKE_CHOICE, UPTAKE_OPTIONAL, UPTAKE_NEITHER, "successor",
             "", 0, "", successors, "whether one is named for the first to end; absent as above"),
    WRITE_ON(vehicle_reads, FTE_SHARE, UPTAKE_NUMBER, DOUBTFUL, UPTAKE_HIGHER, "fte_share", "",
             UPTAKE_NO_LIMIT, "", NULL, "staff held over staff needed; absent if not known"),
    WRITE_ON(support_reads, UNMET_SET_UP, UPTAKE_NUMBER, DOUBTFUL, UPTAKE_LOWER, "unmet_set_up",
             "rows", UPTAKE_NO_LIMIT, "", NULL,
             "set-up needs of vehicle or innovator not met in full; absent without such rows"),
    WRITE_ON(vehicle_reads, DRIVEN_BY, UPTAKE_TEXT, UPTAKE_OPTIONAL, UPTAKE_NEITHER, "driven_by",
             "", 0, "", NULL, "who drives scaling at as_of; absent where nobody does"),
    WRITE_ON(all_reads, WEAKEST_POINT, UPTAKE_CHOICE, UPTAKE_OPTIONAL, UPTAKE_NEITHER,
             "weakest_point", "", 0, "", points, "the first check that is unmet"),
};

/* --- The whole: (9) ----------------------------------------------------------------------------- */

static void write_range(const struct uptake_call *call, uint32_t write, uint64_t i,
                        const struct range *range)
{
    uptake_output(call, write)[i] = range->best;
    uptake_output_low(call, write)[i] = range->low;
    uptake_output_high(call, write)[i] = range->high;
}

static void write_checks(const struct uptake_call *call, uint64_t i, const struct checks *checks)
{
    static const int32_t as_written[] = {
        [UNMET] = 1, [UNKNOWN] = 2, [MET] = 0, [NOT_APPLICABLE] = 3};
    int count[4] = {0};
    for (uint32_t c = 0; c < CHECKS; c++) {
        count[checks->verdicts[c]]++;
        uptake_output_choice(call, CHECK_WRITES + c)[i] = as_written[checks->verdicts[c]];
    }
    for (int32_t c = CHECKS - 1; c >= 0; c--)
        if (checks->verdicts[c] == UNMET)
            uptake_output_choice(call, WEAKEST_POINT)[i] = c;
    double met = count[MET], decided = met + count[UNMET], all = decided + count[UNKNOWN];
    struct range secured = {met / decided, met / all, (met + count[UNKNOWN]) / all};
    if (!(decided > 0))
        secured.best = secured.low = secured.high = uptake_missing_number(UPTAKE_UNKNOWN);
    write_range(call, SECURED, i, &secured);
}

/* The body in force that ends first, where an end is set. */
static void write_end(const struct uptake_call *call, uint64_t i, const struct fleet *fleet)
{
    const struct body *first = NULL;
    for (int k = 0; k < fleet->n; k++) {
        const struct body *body = &fleet->bodies[k];
        bool set = !body->ended && body->months.high < UPTAKE_NO_LIMIT;
        if (set && (!first || body->months.best < first->months.best))
            first = body;
    }
    if (!first)
        return;
    write_range(call, MONTHS_LEFT, i, &first->months);
    uptake_output_choice(call, SUCCESSOR)[i] = !first->succeeded;
}

static void write_driven_by(struct uptake_call *call, uint64_t i, const struct fleet *fleet)
{
    const struct body *first = NULL;
    for (int k = fleet->n - 1; k >= 0; k--)
        if (!fleet->bodies[k].ended)
            first = &fleet->bodies[k];
    if (first && fleet->in_force > 1)
        uptake_write_text(call, DRIVEN_BY, i, "%.180s and %d more",
                          vehicle_name_of(call, first->row), fleet->in_force - 1);
    else if (first)
        uptake_write_text(call, DRIVEN_BY, i, "%s", vehicle_name_of(call, first->row));
}

static void write_parts(struct uptake_call *call, uint64_t i, const struct fleet *fleet,
                        const struct checks *checks, const struct dependence *dependence)
{
    struct range unmet = {(double)checks->unmet, (double)checks->unmet,
                          (double)checks->unmet_perhaps};
    if (fleet->in_force > 0) {
        write_range(call, DEPENDENCE, i, &dependence->share);
        write_range(call, FUNDING_CONCENTRATION, i, &checks->sources);
        write_range(call, FTE_SHARE, i, &checks->staff);
    }
    if (checks->set_up > 0)
        write_range(call, UNMET_SET_UP, i, &unmet);
    write_end(call, i, fleet);
    write_driven_by(call, i, fleet);
}

static void none_known(struct uptake_call *call, uint64_t i)
{
    struct checks none = {
        .verdicts = {UNMET, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE}};
    write_checks(call, i, &none);
    vehicle_note_none(call, i);
}

/* Nobody is named: why. */
static void nobody(struct uptake_call *call, uint64_t i)
{
    switch (vehicle_list_why(call, VEHICLES, (int64_t)i)) {
    case UPTAKE_NONE: none_known(call, i); return;
    case UPTAKE_UNKNOWN:
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_NOT_KNOWN,
                    "who drives scaling was looked for and not found");
        uptake_skip(call, i, "who drives scaling was looked for and not found");
        return;
    case UPTAKE_NOT_APPLICABLE:
        uptake_skip(call, i, "that somebody drives scaling does not apply");
        return;
    default:
        uptake_skip(call, i,
                    "no vehicle is named: nobody has looked who drives scaling, or none had begun");
    }
}

static void assess(struct uptake_call *call, uint64_t i, const struct fleet *fleet)
{
    struct checks checks;
    struct dependence dependence;
    vehicle_check(call, i, fleet, &checks);
    vehicle_dependence_read(call, i, fleet, &dependence);
    vehicle_note_all(call, i, fleet, &checks, &dependence);
    write_checks(call, i, &checks);
    write_parts(call, i, fleet, &checks, &dependence);
}

static int process(struct uptake_call *call)
{
    for (uint64_t i = 0; i < call->count; i++) {
        struct fleet fleet;
        if (!vehicle_fleet_read(call, i, &fleet))
            uptake_skip(call, i, "more than %d vehicles: name those that matter", VEHICLES_MAX);
        else if (fleet.n == 0)
            nobody(call, i);
        else
            assess(call, i, &fleet);
    }
    return 0;
}

static const struct uptake_plugin plugin = {
    .size = sizeof(struct uptake_plugin),
    .id = "vehicle",
    .version = "0.1.0",
    .revision = 1,
    .title = "Who drives scaling",
    .summary = "how secure the body is that drives scaling, and who depends on it",
    .source = "Against the Odds, Innovation Unit and Health Foundation 2018, recommendation 2; "
              "Herfindahl's index as in Hirschman, Am Econ Rev 1964;54:761 (the checks are ours)",
    .reads = UPTAKE_ROWS(reads),
    .params = UPTAKE_ROWS(params),
    .writes = UPTAKE_ROWS(writes),
    .params_bytes = sizeof(struct params),
    .state_size = vehicle_state_bytes,
    .process = process,
    .update = vehicle_update,
    .combine = vehicle_combine,
    .finish = vehicle_finish,
};

UPTAKE_BUNDLE(&plugin)

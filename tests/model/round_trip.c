/*
 * Random models, written with their keys in any order, in block and in flow style, with the
 * portfolio before or behind the innovations; and, made beside the text from the same draws, what
 * each column must hold. What a column holds is compared as text (fixture_values).
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "model/fixture.h"

TestSuite(model_round_trip, .init = fixture_open, .fini = fixture_close, .timeout = 240);

/* --- Draws: splitmix64 (Steele et al, OOPSLA 2014) -------------------------------------------- */

static uint64_t state;

static uint64_t draw(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int below(int n)
{
    return (int)(draw() % (uint64_t)n);
}

static bool chance(int percent)
{
    return below(100) < percent;
}

/* --- A tree to be written --------------------------------------------------------------------- */

struct node {
    const char *key;  /* of an entry of a mapping */
    const char *text; /* of a scalar */
    char kind;        /* 's', 'm', 'l' */
    bool fixed;       /* its entries stay in their order: that of the rows that they become */
    struct node *children[64];
    int count;
};

static struct arena arena;

static struct node *node_new(char kind, const char *text)
{
    struct node *node = arena_alloc(&arena, sizeof *node);
    if (!node)
        abort();
    node->kind = kind;
    node->text = text;
    return node;
}

static struct node *node_add(struct node *parent, const char *key, struct node *child)
{
    if (parent->count == 64)
        abort();
    child->key = key;
    parent->children[parent->count++] = child;
    return child;
}

__attribute__((format(printf, 1, 2))) static const char *format(const char *pattern, ...)
{
    char text[256];
    va_list values;
    va_start(values, pattern);
    vsnprintf(text, sizeof text, pattern, values);
    va_end(values);
    return arena_text(&arena, text, strlen(text));
}

static void add_text(struct node *parent, const char *key, const char *text)
{
    node_add(parent, key, node_new('s', text));
}

static void shuffle(struct node *node)
{
    for (int k = node->count - 1; k > 0; k--) {
        int other = below(k + 1);
        struct node *kept = node->children[k];
        node->children[k] = node->children[other];
        node->children[other] = kept;
    }
}

static void print_flow(FILE *out, struct node *node)
{
    if (node->kind == 's') {
        fputs(node->text, out);
        return;
    }
    fputc(node->kind == 'm' ? '{' : '[', out);
    for (int k = 0; k < node->count; k++) {
        fputs(k ? ", " : "", out);
        if (node->kind == 'm')
            fprintf(out, "%s: ", node->children[k]->key);
        print_flow(out, node->children[k]);
    }
    fputc(node->kind == 'm' ? '}' : ']', out);
}

static void print_block(FILE *out, struct node *node, int indent)
{
    if (node->kind == 's' || node->count == 0 || chance(30)) {
        fputc(' ', out);
        print_flow(out, node);
        fputc('\n', out);
        return;
    }
    fputc('\n', out);
    for (int k = 0; k < node->count; k++) {
        fprintf(out, "%*s", indent, "");
        if (node->kind == 'm')
            fprintf(out, "%s:", node->children[k]->key);
        else
            fputc('-', out);
        print_block(out, node->children[k], indent + 1 + below(3));
        if (chance(5))
            fputs("# a comment\n", out);
    }
}

static void shuffle_all(struct node *node)
{
    if (node->kind == 'm' && !node->fixed)
        shuffle(node);
    for (int k = 0; k < node->count; k++)
        shuffle_all(node->children[k]);
}

/* --- What each column must hold --------------------------------------------------------------- */

struct column {
    const char *path;
    uint32_t type;
    FILE *out;
    char *text;
    size_t bytes;
    bool filled, first, any; /* any: of this parent */
};

enum {
    KIND,
    SUMMARY,
    PAYBACK,
    MEASURED,
    INTRODUCED,
    CORE,
    PRIORITIES,
    FEE,
    VEHICLE_ENDS,
    FOLLOWS,
    SHARE,
    NEEDED,
    NEEDED_TIME,
    PHASE,
    WHOSE,
    SUPPORT_EVIDENCE,
    RATED,
    RATED_NASSS,
    CONSTRUCT,
    HOLDS,
    JUDGED_EVIDENCE,
    NASSS_EVIDENCE,
    GBP,
    COST_EVIDENCE,
    EVIDENCE_ID,
    EVIDENCE_YEAR,
    DECILE,
    MERGED_INTO,
    DEPTH,
    COLUMNS
};

#define COLUMN(of, as)                                                                             \
    {                                                                                              \
        .path = of, .type = as                                                                     \
    }
static struct column columns[COLUMNS] = {
    [KIND] = COLUMN("kind", UPTAKE_CHOICE),
    [SUMMARY] = COLUMN("summary", UPTAKE_TEXT),
    [PAYBACK] = COLUMN("commissioning.payback", UPTAKE_NUMBER),
    [MEASURED] = COLUMN("commissioning.measured_outcome", UPTAKE_FLAG),
    [INTRODUCED] = COLUMN("introduced.date", UPTAKE_DATE),
    [CORE] = COLUMN("core_components[]", UPTAKE_TEXT),
    [PRIORITIES] = COLUMN("priorities[]", UPTAKE_REF),
    [FEE] = COLUMN("vehicles[].fee", UPTAKE_NUMBER),
    [VEHICLE_ENDS] = COLUMN("vehicles[].ends", UPTAKE_DATE),
    [FOLLOWS] = COLUMN("vehicles[].follows", UPTAKE_REF),
    [SHARE] = COLUMN("vehicles[].income[].share", UPTAKE_NUMBER),
    [NEEDED] = COLUMN("support[].needed", UPTAKE_NUMBER),
    [NEEDED_TIME] = COLUMN("support[resource=time].needed", UPTAKE_NUMBER),
    [PHASE] = COLUMN("support[].phase", UPTAKE_CHOICE),
    [WHOSE] = COLUMN("support[].adopter", UPTAKE_REF),
    [SUPPORT_EVIDENCE] = COLUMN("support[].evidence[]", UPTAKE_REF),
    [RATED] = COLUMN("judgements[].value", UPTAKE_NUMBER),
    [RATED_NASSS] = COLUMN("judgements[framework=nasss].value", UPTAKE_NUMBER),
    [CONSTRUCT] = COLUMN("judgements[].construct", UPTAKE_CHOICE),
    [HOLDS] = COLUMN("judgements[].holds", UPTAKE_DATE),
    [JUDGED_EVIDENCE] = COLUMN("judgements[].evidence[]", UPTAKE_REF),
    [NASSS_EVIDENCE] = COLUMN("judgements[framework=nasss].evidence[]", UPTAKE_REF),
    [GBP] = COLUMN("costs[].gbp", UPTAKE_NUMBER),
    [COST_EVIDENCE] = COLUMN("costs[].evidence[]", UPTAKE_REF),
    [EVIDENCE_ID] = COLUMN("/evidence[].id", UPTAKE_TEXT),
    [EVIDENCE_YEAR] = COLUMN("/evidence[].year", UPTAKE_NUMBER),
    [DECILE] = COLUMN("/adopters[].imd_decile", UPTAKE_NUMBER),
    [MERGED_INTO] = COLUMN("/adopters[].merged_into", UPTAKE_REF),
    [DEPTH] = COLUMN("custom.deep.er", UPTAKE_NUMBER),
};

static void parent(int column)
{
    fputs(columns[column].first ? "" : " | ", columns[column].out);
    columns[column].first = columns[column].any = false;
}

/* A row of a column; NULL: left out. */
static void hold(int column, const char *text)
{
    fprintf(columns[column].out, "%s%s", columns[column].any ? " " : "", text ? text : "left-out");
    columns[column].any = true;
    columns[column].filled |= text != NULL;
}

static void columns_open(void)
{
    for (int k = 0; k < COLUMNS; k++) {
        columns[k].out = open_memstream(&columns[k].text, &columns[k].bytes);
        columns[k].first = true;
        columns[k].filled = columns[k].any = false;
    }
}

/* Nothing is stored of a column that nobody filled: it shows as "-". */
static void columns_close(void)
{
    for (int k = 0; k < COLUMNS; k++) {
        fclose(columns[k].out);
        for (char *at = columns[k].text; !columns[k].filled && (at = strstr(at, "left-out"));) {
            *at = '-';
            memmove(at + 1, at + 8, strlen(at + 8) + 1);
        }
    }
}

/* --- Values ----------------------------------------------------------------------------------- */

static const char *number(double x)
{
    char text[NUMBER_BYTES];
    if (isinf(x))
        return x > 0 ? "inf" : "-inf";
    number_print(text, x);
    return format("%s", text);
}

static const char *const words[] = {"unknown", "none", "n/a"};

/* A number of a field that runs from min to max (a quarter apart, so that sums and halves are
 * exact): in some form. */
static const char *a_number(struct node *row, const char *key, double min, double max)
{
    int steps = isinf(max) ? 4000 : (int)((max - min) * 4);
    double from = isinf(min) ? -500 : min, a = from + below(steps + 1) / 4.0,
           b = from + below(steps + 1) / 4.0;
    double low = a < b ? a : b, high = a < b ? b : a;
    int form = below(12);
    const char *expected;
    if (form == 0) {
        expected = words[below(3)];
        add_text(row, key, expected);
    } else if (form == 1) {
        struct node *map = node_add(row, key, node_new('m', NULL));
        add_text(map, "low", number(low));
        add_text(map, "high", number(high));
        expected = format("%s{%s..%s range}", number((low + high) / 2), number(low), number(high));
    } else if (form == 2) {
        struct node *map = node_add(row, key, node_new('m', NULL));
        add_text(map, "low", number(low));
        add_text(map, "mode", number(low));
        add_text(map, "high", number(high));
        expected = format("%s{%s..%s range}", number(low), number(low), number(high));
    } else if (form == 3) {
        add_text(node_add(row, key, node_new('m', NULL)), "at_least", number(a));
        expected = format("%s{%s..%s at_least}", number(a), number(a), number(max));
    } else if (form == 4) {
        add_text(node_add(row, key, node_new('m', NULL)), "at_most", number(a));
        expected = format("%s{%s..%s at_most}", number(a), number(min), number(a));
    } else if (form == 5) {
        double half = fabs(a) / 10;
        add_text(node_add(row, key, node_new('m', NULL)), "about", number(a));
        expected = format("%s{%s..%s about}", number(a), number(fmax(min, a - half)),
                          number(fmin(max, a + half)));
    } else if (form == 6) {
        add_text(row, key, chance(50) ? "suppressed" : "\"*\"");
        expected = format("suppressed{%s..%s suppressed}", number(min), number(max));
    } else if (form == 7) {
        add_text(node_add(row, key, node_new('m', NULL)), "suppressed",
                 format("[%s, %s]", number(low), number(high)));
        expected = format("suppressed{%s..%s suppressed}", number(low), number(high));
    } else {
        add_text(row, key, number(a));
        expected = number(a);
    }
    return expected;
}

static const char *a_date(struct node *row, const char *key, bool end)
{
    static const char *const dates[] = {"2018", "2011-12", "2012-02-29", "2023Q2", "2014/15"};
    int k = below(9);
    const char *text = k < 5 ? dates[k] : k < 8 ? words[k - 5] : end ? "open" : "1999";
    add_text(row, key, text);
    return text;
}

static const char *a_text(struct node *row, const char *key)
{
    static const char *const written[][2] = {{"plain", "plain"},
                                             {"'none'", "none"},
                                             {"\"a, b: \\\"c\\\"\"", "a, b: \"c\""},
                                             {"12", "12"},
                                             {"n/a", "n/a"},
                                             {"'it''s'", "it's"},
                                             {"caf\xc3\xa9", "caf\xc3\xa9"}};
    int k = below(7);
    add_text(row, key, written[k][0]);
    return written[k][1];
}

static const char *a_choice(struct node *row, const char *key, const char *const *choices,
                            int count)
{
    const char *text = choices[below(count)];
    if (chance(80)) {
        add_text(row, key, text);
        return text;
    }
    struct node *map = node_add(row, key, node_new('m', NULL));
    const char *other = choices[below(count)];
    add_text(map, text, other == text ? "1" : "0.7");
    if (other != text)
        add_text(map, other, "0.3");
    return text;
}

/* --- Models ----------------------------------------------------------------------------------- */

struct making {
    int n_top, n_before, n_local, n_adopters, n_priorities, n_vehicles;
};

/* Ids of evidence, local or of the top, into one or two columns. */
static void an_evidence_list(struct node *row, const struct making *of, int column, int second,
                             int repeat)
{
    int picks[4], count = of->n_top + of->n_local ? below(4) : 0;
    struct node *list = count || chance(20) ? node_add(row, "evidence", node_new('l', NULL)) : NULL;
    for (int k = 0; k < count; k++) {
        picks[k] = below(of->n_top + of->n_local);
        bool top = picks[k] < of->n_top;
        add_text(list, NULL, top ? format("t%d", picks[k]) : format("e%d", picks[k] - of->n_top));
        picks[k] = top ? picks[k] : of->n_before + picks[k];
    }
    for (int r = 0; r < repeat; r++) {
        parent(column);
        if (second >= 0)
            parent(second);
        for (int k = 0; k < count; k++) {
            hold(column, format("#%d", picks[k]));
            if (second >= 0)
                hold(second, format("#%d", picks[k]));
        }
    }
}

static void an_evidence(struct node *list, const char *id)
{
    struct node *row = node_add(list, NULL, node_new('m', NULL));
    add_text(row, "id", id);
    add_text(row, "source", "somewhere");
    hold(EVIDENCE_ID, id);
    if (chance(70)) {
        add_text(row, "year", "2010");
        hold(EVIDENCE_YEAR, "2010");
    } else {
        hold(EVIDENCE_YEAR, NULL);
    }
}

static void a_vehicle(struct node *list, int k, int first)
{
    struct node *row = node_add(list, NULL, node_new('m', NULL));
    add_text(row, "id", format("v%d", k));
    hold(FEE, chance(70) ? a_number(row, "fee", 0, INFINITY) : NULL);
    hold(VEHICLE_ENDS, chance(70) ? a_date(row, "ends", true) : NULL);
    int other = k ? below(k) : 0;
    if (k && chance(50)) {
        add_text(row, "follows", format("v%d", other));
        hold(FOLLOWS, format("#%d", first + other));
    } else {
        hold(FOLLOWS, NULL);
    }
    parent(SHARE);
    int incomes = below(3);
    struct node *income = incomes ? node_add(row, "income", node_new('l', NULL)) : NULL;
    for (int n = 0; n < incomes; n++) {
        struct node *share = node_add(income, NULL, node_new('m', NULL));
        add_text(share, "source", "a fund");
        hold(SHARE, a_number(share, "share", 0, 1));
    }
}

static void a_support(struct node *list, const struct making *of)
{
    static const char *const phases[] = {"set_up", "running"};
    struct node *row = node_add(list, NULL, node_new('m', NULL));
    bool time = chance(50);
    add_text(row, "resource", time ? "time" : "staff");
    add_text(row, "unit", "wte");
    hold(PHASE, a_choice(row, "phase", phases, 2));
    const char *needed = a_number(row, "needed", 0, INFINITY);
    hold(NEEDED, needed);
    if (time)
        hold(NEEDED_TIME, needed);
    int adopter = of->n_adopters ? below(of->n_adopters) : 0;
    if (of->n_adopters && chance(50)) {
        add_text(row, "adopter", format("a%d", adopter));
        hold(WHOSE, format("#%d", adopter));
    } else {
        hold(WHOSE, NULL);
    }
    an_evidence_list(row, of, SUPPORT_EVIDENCE, -1, 1);
}

static void a_judgement(struct node *list, const struct making *of)
{
    static const char *const constructs[] = {"condition", "technology", "adopters", "embedding"};
    struct node *row = node_add(list, NULL, node_new('m', NULL));
    bool nasss = chance(60), several = chance(40);
    int count = several ? 1 + below(3) : 1;
    const char *holds = chance(50) ? a_date(row, "holds", false) : NULL;
    struct node *ratings = several ? node_add(row, "ratings", node_new('m', NULL)) : row;
    ratings->fixed = several;
    add_text(row, "framework", nasss ? "nasss" : "custom");
    for (int k = 0; k < count; k++) {
        const char *key = several ? constructs[k] : "value";
        if (!several)
            add_text(row, "construct", constructs[k]);
        const char *value = a_number(ratings, key, nasss ? 0 : -INFINITY, nasss ? 1 : INFINITY);
        hold(CONSTRUCT, nasss ? constructs[k] : "other");
        hold(HOLDS, holds);
        hold(RATED, value);
        if (nasss)
            hold(RATED_NASSS, value);
    }
    an_evidence_list(row, of, JUDGED_EVIDENCE, nasss ? NASSS_EVIDENCE : -1, count);
}

static void a_cost(struct node *list, const struct making *of)
{
    struct node *row = node_add(list, NULL, node_new('m', NULL));
    add_text(row, "kind", "running");
    hold(GBP, a_number(row, "gbp", -INFINITY, INFINITY));
    an_evidence_list(row, of, COST_EVIDENCE, -1, 1);
}

static void the_lists(struct node *row, const struct making *of)
{
    static const struct {
        const char *key;
        void (*add)(struct node *list, const struct making *of);
    } lists[] = {{"support", a_support}, {"judgements", a_judgement}, {"costs", a_cost}};
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        int count = below(4);
        struct node *list = count ? node_add(row, lists[k].key, node_new('l', NULL)) : NULL;
        for (int n = 0; n < count; n++)
            lists[k].add(list, of);
    }
}

static void the_texts(struct node *row, const struct making *of)
{
    int count = below(4), priorities = of->n_priorities ? below(3) : 0;
    struct node *core = count ? node_add(row, "core_components", node_new('l', NULL)) : NULL;
    for (int k = 0; k < count; k++) {
        add_text(core, NULL, format("'part %d'", k));
        hold(CORE, format("part %d", k));
    }
    struct node *serves = priorities ? node_add(row, "priorities", node_new('l', NULL)) : NULL;
    for (int k = 0; k < priorities; k++) {
        int pick = below(of->n_priorities);
        add_text(serves, NULL, format("p%d", pick));
        hold(PRIORITIES, format("#%d", pick));
    }
}

static void the_values(struct node *row)
{
    static const char *const kinds[] = {"device", "digital", "process"};
    static const char *const flags[] = {"true", "false", "unknown"};
    hold(KIND, chance(70) ? a_choice(row, "kind", kinds, 3) : NULL);
    hold(SUMMARY, chance(70) ? a_text(row, "summary") : NULL);
    if (chance(70)) {
        struct node *map = node_add(row, "commissioning", node_new('m', NULL));
        const char *flag = flags[below(3)];
        hold(PAYBACK, a_number(map, "payback", 0, INFINITY));
        add_text(map, "measured_outcome", flag);
        hold(MEASURED, flag);
    } else {
        const char *why = chance(50) ? words[below(3)] : NULL;
        if (why)
            add_text(row, "commissioning", why);
        hold(PAYBACK, why);
        hold(MEASURED, why);
    }
    hold(INTRODUCED, chance(50)
                         ? a_date(node_add(row, "introduced", node_new('m', NULL)), "date", false)
                         : NULL);
    struct node *custom = chance(50) ? node_add(row, "custom", node_new('m', NULL)) : NULL;
    struct node *deep = custom ? node_add(custom, "deep", node_new('m', NULL)) : NULL;
    if (custom)
        add_text(custom, "other", "[1, {x: y}]");
    hold(DEPTH, deep ? a_number(deep, "er", -INFINITY, INFINITY) : NULL);
}

static void an_innovation(struct node *list, int k, struct making *of)
{
    static const int per_innovation[] = {CORE,        PRIORITIES,  FEE,   VEHICLE_ENDS, FOLLOWS,
                                         NEEDED,      NEEDED_TIME, PHASE, WHOSE,        RATED,
                                         RATED_NASSS, CONSTRUCT,   HOLDS, GBP};
    struct node *row = node_add(list, NULL, node_new('m', NULL));
    for (size_t c = 0; c < sizeof per_innovation / sizeof *per_innovation; c++)
        parent(per_innovation[c]);
    add_text(row, "id", format("i%d", k));
    add_text(row, "name", "Some thing");
    of->n_local = below(4);
    struct node *evidence = of->n_local ? node_add(row, "evidence", node_new('l', NULL)) : NULL;
    for (int n = 0; n < of->n_local; n++)
        an_evidence(evidence, format("e%d", n));
    int vehicles = below(4);
    struct node *list_of = vehicles ? node_add(row, "vehicles", node_new('l', NULL)) : NULL;
    for (int n = 0; n < vehicles; n++)
        a_vehicle(list_of, n, of->n_vehicles);
    the_values(row);
    the_texts(row, of);
    the_lists(row, of);
    of->n_before += of->n_local;
    of->n_vehicles += vehicles;
}

static void the_portfolio(struct node *top, struct making *of)
{
    of->n_top = below(4);
    of->n_adopters = below(5);
    of->n_priorities = below(3);
    struct node *evidence = of->n_top ? node_add(top, "evidence", node_new('l', NULL)) : NULL;
    for (int k = 0; k < of->n_top; k++)
        an_evidence(evidence, format("t%d", k));
    struct node *adopters = of->n_adopters ? node_add(top, "adopters", node_new('l', NULL)) : NULL;
    for (int k = 0; k < of->n_adopters; k++) {
        struct node *row = node_add(adopters, NULL, node_new('m', NULL));
        int other = below(of->n_adopters);
        add_text(row, "id", format("a%d", k));
        hold(DECILE, chance(70) ? a_number(row, "imd_decile", 1, 10) : NULL);
        if (chance(30))
            add_text(row, "merged_into", format("a%d", other));
        else
            other = -1;
        hold(MERGED_INTO, other >= 0 ? format("#%d", other) : NULL);
    }
    struct node *priorities =
        of->n_priorities ? node_add(top, "priorities", node_new('l', NULL)) : NULL;
    for (int k = 0; k < of->n_priorities; k++) {
        struct node *row = node_add(priorities, NULL, node_new('m', NULL));
        add_text(row, "id", format("p%d", k));
        add_text(row, "name", "A priority");
        add_text(row, "level", "national");
    }
}

static void write_model(void)
{
    struct making of = {.n_top = 0};
    struct node *top = node_new('m', NULL);
    add_text(top, "uptake", "1");
    the_portfolio(top, &of);
    struct node *innovations = node_add(top, "innovations", node_new('l', NULL));
    int count = 1 + below(6);
    for (int k = 0; k < count; k++)
        an_innovation(innovations, k, &of);
    shuffle_all(top);
    char *text;
    size_t bytes;
    FILE *out = open_memstream(&text, &bytes);
    if (chance(30))
        print_flow(out, top);
    else
        print_block(out, top, 0);
    fputc('\n', out);
    fclose(out);
    fixture_write("m.yaml", text, bytes);
    free(text);
}

static void expect_model(int n)
{
    struct model_request requests[COLUMNS];
    columns_open();
    write_model();
    columns_close();
    for (int k = 0; k < COLUMNS; k++)
        requests[k] = fixture_read(columns[k].path, columns[k].type);
    struct loading *loading =
        fixture_load((struct model_options){.requests = requests, .n_requests = COLUMNS});
    cr_assert_not(loading->failed, "model %d: %s", n, loading->messages);
    for (int k = 0; k < COLUMNS; k++) {
        cr_expect_str_eq(fixture_values(loading, &requests[k]), columns[k].text,
                         "model %d: %s holds %s, not %s", n, columns[k].path,
                         fixture_values(loading, &requests[k]), columns[k].text);
        free(columns[k].text);
    }
    fixture_free(loading);
    arena_finish(&arena);
}

Test(model_round_trip, of_random_models)
{
    state = 20180124;
    for (int n = 0; n < 400; n++)
        expect_model(n);
}

/* What a descriptor may hold: each row spoils a good one in one way, and names a part of the message. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "plugin/describe.h"
#include "plugin/fixture.h"

static char long_text[5000];
static const char *no_choices[] = {NULL};
static const char *same_choices[] = {"time", "money", "time", NULL};
static const char *empty_choice[] = {"time", "", NULL};
static const char *three_choices[] = {"a", "b", "c", NULL};
static const uint32_t rests_outside[] = {0, 11};
static const uint32_t rests_twice[] = {1, 1};

/* clang-format off */
#define CASES(ROW) \
    /* Sizes, counts, strides: what the child looks at before it follows a pointer. */ \
    ROW(bundle_size_zero, f->bundle.size = 0, "the bundle: its size says 0 bytes, expected at least 40") \
    ROW(bundle_size_garbage, f->bundle.size = SIZE_MAX, "the bundle: its size says 18446744073709551615") \
    ROW(bundle_empty, f->bundle.plugins.count = 0, "the bundle: it holds no plugin") \
    ROW(bundle_count, f->bundle.plugins.count = 1001, "it has 1001 plugins, expected at most 1000") \
    ROW(bundle_rows_null, f->bundle.plugins.rows = NULL, "its 1 plugins are at NULL") \
    ROW(plugin_null, f->plugins[0] = NULL, "plugin 1 of the bundle: it is NULL") \
    ROW(plugin_size, f->plugin.size = 100, "plugin 1 of the bundle: its size says 100 bytes") \
    ROW(reads_count, f->plugin.reads.count = 5000, "plugin 'good': it has 5000 reads") \
    ROW(reads_null, f->plugin.reads.rows = NULL, "plugin 'good': its 11 reads are at NULL") \
    ROW(reads_stride, f->plugin.reads.stride = 8, "its reads are 8 bytes apart, expected at least") \
    ROW(writes_stride, f->plugin.writes.stride = SIZE_MAX, "its writes are 18446744073709551615 bytes") \
    ROW(rests_on_null, f->writes[0].rests_on.rows = NULL, "write 0 'coverage': its 2 reads that it") \
    /* Texts. */ \
    ROW(id_null, f->plugin.id = NULL, "plugin 1 of the bundle: its id is NULL, expected a text") \
    ROW(id_empty, f->plugin.id = "", "expected an id of lower-case letters, digits and hyphens") \
    ROW(id_upper, f->plugin.id = "Good", "plugin 'Good': expected an id") \
    ROW(id_path, f->plugin.id = "../x", "expected an id") \
    ROW(id_long, f->plugin.id = long_text, "its id is longer than 64 bytes") \
    ROW(version_empty, f->plugin.version = "", "its version is empty") \
    ROW(title_null, f->plugin.title = NULL, "plugin 'good': its title is NULL") \
    ROW(summary_long, f->plugin.summary = long_text, "its summary is longer than 4096 bytes") \
    ROW(source_not_utf8, f->plugin.source = "D\xf6rner", "its source is not UTF-8") \
    ROW(title_escape, f->plugin.title = "\033[2J", "its title holds a control character") \
    ROW(title_c1, f->plugin.title = "a\xc2\x9b" "b", "its title holds a control character") \
    ROW(unit_line, f->reads[0].unit = "a\nb", "read 0 'support[].needed': its unit holds a control") \
    ROW(doc_null, f->reads[3].doc = NULL, "read 3 'spells[].adopter': its doc is NULL") \
    ROW(path_null, f->reads[3].path = NULL, "plugin 'good', read 3: its path is NULL") \
    /* The plugin as a whole. */ \
    ROW(properties, f->plugin.properties = 9, "it has properties 0x9, of which 0x7 are known") \
    ROW(state_large, f->plugin.state_bytes = (size_t)1 << 31, "its state takes 2147483648 bytes") \
    ROW(no_process, f->plugin.process = NULL, "it has no process function") \
    ROW(no_combine, f->plugin.combine = NULL, "it has update finish, expected all of update") \
    ROW(only_update, (f->plugin.combine = NULL, f->plugin.finish = NULL), "it has update, expected all") \
    ROW(twins, (f->bundle.plugins.count = 2, f->second.id = "good"), "two plugins with the id 'good'") \
    /* Reads. */ \
    ROW(misordered, f->reads[2].index = 3, "read 2 'name': it has index 3, expected 2: the enum of the reads") \
    ROW(read_path, f->reads[2].path = "a..b", "read 2 'a..b': its path is none: a name in it is empty") \
    ROW(read_type_zero, f->reads[2].type = 0, "its type is 0, expected UPTAKE_NUMBER to") \
    ROW(read_type_param, f->reads[2].type = UPTAKE_TABLE, "its type is 10, expected UPTAKE_NUMBER to") \
    ROW(read_flags, f->reads[2].flags = 4, "it has flags 0x4, of which 0x3 are known") \
    ROW(read_doubt, f->reads[2].flags = UPTAKE_DOUBT, "it asks for UPTAKE_DOUBT, which only numbers") \
    ROW(list_of_field, f->reads[2].type = UPTAKE_LIST, "expected a path that ends with []") \
    ROW(verdict_elsewhere, f->reads[2].type = UPTAKE_VERDICT, "expected the path /rules[]") \
    ROW(read_range, f->reads[0].min = NAN, "its range is nan to inf, expected the lower number") \
    ROW(read_range_turned, (f->reads[0].min = 2, f->reads[0].max = 1), "its range is 2 to 1") \
    ROW(read_range_infinite, f->reads[0].min = INFINITY, "its range is inf to inf") \
    ROW(choice_without, f->reads[1].choices = NULL, "read 1 'support[].resource': it has no choices") \
    ROW(choice_none, f->reads[1].choices = no_choices, "it has no choices") \
    ROW(choice_twice, f->reads[1].choices = same_choices, "its choice 'time' stands twice") \
    ROW(choice_empty, f->reads[1].choices = empty_choice, "its choice 1 is empty") \
    ROW(choices_of_text, f->reads[2].choices = three_choices, "it has choices, but is not of a type") \
    ROW(read_twice, f->reads[2].path = "since", "plugin 'good': its read 'since' stands twice") \
    /* Params. */ \
    ROW(params_bytes, f->plugin.params_bytes = 8, "param 1 'rounds': its member, 8 bytes from byte 8, ends outside") \
    ROW(params_large, f->plugin.params_bytes = 1 << 21, "its params take 2097152 bytes, expected at most 1048576") \
    ROW(param_overflow, f->params[0].offset = SIZE_MAX - 7, "ends outside the struct of") \
    ROW(param_overlap, f->params[1].offset = 0, "param 1 'rounds': its member overlaps that of param 0 'floor'") \
    ROW(param_align, f->params[0].offset = 3, "stands at byte 3, expected a multiple of 8") \
    ROW(param_bytes, f->params[0].bytes = 4, "its member takes 4 bytes, expected 8") \
    ROW(param_table, f->params[6].choices = three_choices, "takes 16 bytes, expected 24 (a double for each") \
    ROW(param_type, f->params[0].type = UPTAKE_LIST, "its type is 7, which no param has") \
    ROW(param_flags, f->params[0].flags = 1, "it has flags 0x1, of which 0 are known") \
    ROW(param_name, f->params[0].name = "a-b", "param 0 'a-b': expected a name of lower-case") \
    ROW(param_twice, f->params[1].name = "floor", "its param 'floor' stands twice") \
    ROW(param_default, f->params[0].number = 2, "its default is 2, expected 0 to 1") \
    ROW(param_default_nan, f->params[0].number = NAN, "its default is nan, expected 0 to 1") \
    ROW(param_range, f->params[0].max = -1, "its range is 0 to -1") \
    ROW(param_whole, f->params[1].number = 1.5, "its default is 1.5, expected a whole number") \
    ROW(param_flag, f->params[2].number = 2, "its default is 2, expected 0 or 1") \
    ROW(param_choice, f->params[3].number = 2, "its default is 2, expected 0 to 1") \
    ROW(param_choice_half, f->params[3].number = 0.5, "its default is 0.5, expected a whole number") \
    ROW(param_choice_none, f->params[3].choices = NULL, "it has no choices") \
    ROW(param_date, f->params[5].text = "soon", "its default is 'soon', expected a date such as 2018-01") \
    ROW(param_table_default, f->params[6].number = 11, "its default is 11, expected 0 to 10") \
    /* Writes. */ \
    ROW(no_writes, f->plugin.writes.count = 0, "it writes nothing") \
    ROW(write_index, f->writes[1].index = 2, "write 1 'gap': it has index 2, expected 1: the enum of the writes") \
    ROW(write_name, f->writes[1].name = "Gap", "write 1 'Gap': expected a name") \
    ROW(write_name_empty, f->writes[1].name = "", "expected a name") \
    ROW(write_twice, f->writes[1].name = "coverage", "its write 'coverage' stands twice") \
    ROW(write_type, f->writes[1].type = UPTAKE_DATE, "its type is 5, expected UPTAKE_NUMBER, UPTAKE_CHOICE") \
    ROW(write_flags, f->writes[1].flags = 8, "it has flags 0x8, of which 0x3 are known") \
    ROW(write_bounds, f->writes[3].flags = UPTAKE_BOUNDS, "it has UPTAKE_BOUNDS, which only numbers") \
    ROW(write_better, f->writes[0].better = 2, "its better end is 2, expected -1, 0 or 1") \
    ROW(write_better_text, f->writes[3].better = 1, "it has a better end, which only numbers") \
    ROW(write_range, f->writes[0].max = NAN, "its range is 0 to nan") \
    ROW(write_tolerance, f->writes[0].tolerance = -1, "its tolerance is -1, expected 0 or more") \
    ROW(write_tolerance_nan, f->writes[0].tolerance = NAN, "its tolerance is nan") \
    ROW(write_quantity, f->writes[0].quantity = "A b", "its quantity is 'A b', expected lower-case") \
    ROW(write_quantity_twice, f->writes[3].quantity = "support-coverage", "write 0 'coverage' has the same quantity") \
    ROW(write_choices, f->writes[2].choices = NULL, "write 2 'scarcest': it has no choices") \
    ROW(write_entity, f->writes[0].entity = "everything", "its entity is 'everything', expected") \
    ROW(write_entity_unread, f->writes[0].entity = "levers[]", "a list that no read stands in") \
    ROW(write_entity_part, f->writes[0].entity = "supp[]", "a list that no read stands in") \
    ROW(write_verdicts, f->plugin.reads.count = 7, "write 4 'settled': it is about the rules, which no read") \
    ROW(write_finish, (f->plugin.update = NULL, f->plugin.combine = NULL, f->plugin.finish = NULL), \
        "write 5 'total': its entity '/' is written in finish, and the plugin has no finish") \
    ROW(rests_on_outside, f->writes[0].rests_on.rows = rests_outside, "it rests on read 11 of 11") \
    ROW(rests_on_twice, f->writes[0].rests_on.rows = rests_twice, "it rests on read 1 twice")
/* clang-format on */

#define CHANGE(name, change, message)                                                              \
    static void name(struct fixture *f)                                                            \
    {                                                                                              \
        change;                                                                                    \
    }
CASES(CHANGE)

#define ROW_OF(name, change, message) {#name, name, message},
static const struct {
    const char *name;
    void (*change)(struct fixture *fixture);
    const char *message;
} cases[] = {CASES(ROW_OF)};

Test(plugin_check, spoilt)
{
    memset(long_text, 'a', sizeof long_text - 1);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct fixture f;
        struct arena arena = {0};
        struct plugin_bundle bundle;
        struct uptake_error error = {0};
        fixture_start(&f);
        cases[k].change(&f);
        int result = bundle_fixture_read(&f, &arena, &bundle, &error);
        cr_expect(result == -1 && error.count == 1, "%s: %d, %u messages", cases[k].name, result,
                  error.count);
        cr_expect(strstr(error.text[0], cases[k].message), "%s: %s", cases[k].name, error.text[0]);
        arena_finish(&arena);
    }
}

/* What looks odd and is allowed. */
/* clang-format off */
#define ALLOWED(ROW) \
    ROW(as_it_is, (void)f, "") \
    ROW(two_plugins, f->bundle.plugins.count = 2, "") \
    ROW(later_minor, f->bundle.abi_minor = 9, "") \
    ROW(filtered_entity, (f->writes[1].entity = "judgements[framework=nasss, state!=none]"), "") \
    ROW(no_basis, (f->writes[0].rests_on = (struct uptake_rows){NULL, 0, 0}), "") \
    ROW(open_range, (f->reads[0].min = -INFINITY), "") \
    ROW(text_default, (f->params[4].text = "d\xc3\xa9" "faut"), "") \
    ROW(same_quantity_elsewhere, (f->writes[1].quantity = "support-coverage"), "")
/* clang-format on */
ALLOWED(CHANGE)

Test(plugin_check, allowed)
{
    static const struct {
        const char *name;
        void (*change)(struct fixture *fixture);
        const char *message;
    } rows[] = {ALLOWED(ROW_OF)};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        struct fixture f;
        struct arena arena = {0};
        struct plugin_bundle bundle;
        struct uptake_error error = {0};
        fixture_start(&f);
        rows[k].change(&f);
        cr_expect(bundle_fixture_read(&f, &arena, &bundle, &error) == 0, "%s: %s", rows[k].name,
                  error.text[0]);
        arena_finish(&arena);
    }
}

/* A later minor appends: its structs and strides are longer. */
Test(plugin_check, longer_structs)
{
    struct fixture f;
    struct arena arena = {0};
    struct plugin_bundle bundle;
    struct uptake_error error = {0};
    struct {
        struct uptake_read read;
        uint64_t later;
    } reads[GOOD_READS];
    struct {
        struct uptake_plugin plugin;
        uint64_t later;
    } plugin;
    fixture_start(&f);
    memset(reads, 0xff, sizeof reads);
    for (size_t k = 0; k < GOOD_READS; k++)
        reads[k].read = f.reads[k];
    plugin.plugin = f.plugin;
    plugin.plugin.size = sizeof plugin;
    plugin.plugin.reads = (struct uptake_rows){reads, GOOD_READS, sizeof *reads};
    plugin.later = 1;
    f.plugins[0] = &plugin.plugin;
    cr_expect(bundle_fixture_read(&f, &arena, &bundle, &error) == 0, "%s", error.text[0]);
    cr_expect(strcmp(bundle.plugins[0].reads[10].path, f.reads[10].path) == 0);
    arena_finish(&arena);
}

Test(plugin_check, paths)
{
    static const struct {
        const char *path;
        const char *problem; /* a part of it; NULL: the path is right */
    } rows[] = {
        {"name", NULL},
        {"commissioning.payback", NULL},
        {"support[]", NULL},
        {"support[].needed", NULL},
        {"support[resource=time].provided", NULL},
        {"a[].b[].c", NULL},
        {"a[x>=2, y!=z]", NULL},
        {"a[x=open end]", NULL},
        {"/adopters[].region", NULL},
        {"/rules[]", NULL},
        {"@spread-severity", NULL},
        {"custom.My-Cost_2", NULL},
        {"", "a name in it is empty"},
        {".", "a name in it is empty"},
        {"a.", "a name in it is empty"},
        {".a", "a name in it is empty"},
        {"[]", "a name in it is empty"},
        {"/", "a name in it is empty"},
        {"/title", "expected a list behind its '/'"},
        {"//adopters[]", "no path may hold"},
        {"a b", "no path may hold"},
        {"a[]b", "no path may hold"},
        {"a[", "has no ']'"},
        {"a]", "no path may hold"},
        {"a[x]", "expected FIELD=VALUE"},
        {"a[=x]", "expected FIELD=VALUE"},
        {"a[x=]", "expected FIELD=VALUE"},
        {"a[x===y]", "expected FIELD=VALUE"},
        {"a[x=1,]", "behind the last ','"},
        {"a[,x=1]", "expected FIELD=VALUE"},
        {"a[b[x=1]]", "a '[' stands between"},
        {"@", "the name of a quantity"},
        {"@a.b", "the name of a quantity"},
        {"a\xc3\xa9", "no path may hold"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        const char *problem = path_problem(rows[k].path);
        if (rows[k].problem)
            cr_expect(problem && strstr(problem, rows[k].problem), "'%s': %s", rows[k].path,
                      problem ? problem : "none");
        else
            cr_expect(problem == NULL, "'%s': %s", rows[k].path, problem);
    }
}

/* Made-up models: numbers that are published, trees that lose what cannot stand, models that the loader takes. */
#include <criterion/criterion.h>
#include <string.h>

#include "check/fixture.h"
#include "check/made.h"

/* splitmix64 of seeds 0 and 1234567: the first outputs of the authors' C (Vigna, prng.di.unimi.it/splitmix64.c), as Rosetta
 * Code ("Pseudo-random numbers/Splitmix64") and the tests of Java's SplittableRandom give them. */
Test(check_gen, published_numbers)
{
    static const uint64_t zero[] = {0xe220a8397b1dcdafu, 0x6e789e6aa1b965f4u, 0x06c45d188009454fu};
    static const uint64_t other[] = {6457827717110365317u, 3203168211198807973u,
                                     9817491932198370423u, 4593380528125082431u,
                                     16408922859458223821u};
    struct rng rng = {0};
    for (size_t k = 0; k < 3; k++)
        cr_expect(rng_next(&rng) == zero[k], "seed 0, number %zu", k);
    rng = (struct rng){1234567};
    for (size_t k = 0; k < 5; k++)
        cr_expect(rng_next(&rng) == other[k], "seed 1234567, number %zu", k);
}

Test(check_gen, ranges)
{
    struct rng rng = {7};
    uint64_t seen[3] = {0};
    cr_expect(rng_below(&rng, 0) == 0, "below nothing");
    for (int k = 0; k < 3000; k++) {
        double x = rng_unit(&rng);
        uint64_t y = rng_below(&rng, 3);
        cr_assert(x >= 0 && x < 1 && y < 3);
        cr_assert(!rng_chance(&rng, 0) && rng_chance(&rng, 1));
        seen[y]++;
    }
    for (int k = 0; k < 3; k++)
        cr_expect(seen[k] > 850 && seen[k] < 1150, "%d of 3,000", (int)seen[k]);
}

/* root { list [ item { id (required), note } ] }: what a message of the loader takes away. */
Test(check_gen, dropping)
{
    struct arena arena = {0};
    struct node *root = node_add(NULL, NODE_MAP, NULL, &arena);
    struct node *list = node_add(root, NODE_LIST, "list", &arena);
    struct node *item = node_add(list, NODE_MAP, NULL, &arena);
    struct node *id = node_add(item, NODE_SCALAR, "id", &arena);
    struct node *note = node_add(item, NODE_SCALAR, "note", &arena);
    id->required = true;
    node_drop(note);
    cr_expect(note->gone && !item->gone, "what can be missed goes alone");
    node_drop(id);
    cr_expect(id->gone && item->gone && !list->gone, "what is needed takes its row");
    node_drop(id);
    cr_expect(!list->gone && !root->gone, "and once more, nothing else");
    arena_finish(&arena);
}

Test(check_gen, lists_of_plain_values)
{
    cr_expect(gen_is_scalars("priorities[]") && gen_is_scalars("core_components[]"));
    cr_expect(!gen_is_scalars("support[]") && !gen_is_scalars("/adopters[]"));
    cr_expect(!gen_is_scalars("nowhere[]"));
}

static bool names_all(const struct gen_schema *schema)
{
    for (size_t k = 0; k < schema->n_fields; k++)
        for (size_t l = 0; l < k; l++)
            if (strcmp(schema->fields[k].path, schema->fields[l].path) == 0)
                return false;
    return schema->n_fields > 0;
}

/* Every shape, of each plugin that comes with the program: the loader takes it; the same seed is the same text. */
Test(check_gen, models_load, .timeout = 120)
{
    static const char *const ids[] = {"spread-barriers", "adopter-support", "commissioning-fit",
                                      "vehicle"};
    static const struct gen_shape shapes[] = {
        {.innovations = 1},
        {.innovations = 3, .rows_least = 1, .rows_most = 2},
        {.innovations = 3, .rows_least = 1, .rows_most = 2, .portfolio = 2, .extreme = 1},
        {.innovations = 3, .rows_least = 2, .rows_most = 4, .portfolio = 3, .missing = 0.9},
        {.innovations = 3, .rows_least = 2, .rows_most = 4, .portfolio = 3, .absent = 1},
        {.innovations = 3, .rows_least = 2, .rows_most = 4, .portfolio = 3, .doubt = 1},
        {.innovations = 3, .rows_least = 2, .rows_most = 4, .portfolio = 3, .empty = 1},
    };
    for (size_t p = 0; p < sizeof ids / sizeof *ids; p++) {
        struct arena arena = {0};
        struct gen_schema schema;
        struct uptake_error error = {0};
        char path[512];
        snprintf(path, sizeof path, "%s/%s.so", TEST_PLUGINS, ids[p]);
        cr_assert(gen_schema_open(&schema, check_plugin_of(path, &arena), &error) == 0);
        cr_expect(names_all(&schema), "%s: a field stands twice", ids[p]);
        for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
            struct made_model made = {0}, again = {0}, other = {0};
            cr_assert(made_open(&made, &schema, &shapes[s], 5, &error) == 0, "%s, shape %zu: %s",
                      ids[p], s, error.text[0]);
            cr_assert(made_open(&again, &schema, &shapes[s], 5, &error) == 0);
            cr_assert(made_open(&other, &schema, &shapes[s], 6, &error) == 0, "%s", error.text[0]);
            cr_expect(made.text.bytes == again.text.bytes &&
                          memcmp(made.text.data, again.text.data, made.text.bytes) == 0,
                      "%s, shape %zu: another model from the same seed", ids[p], s);
            cr_expect(s == 0 || s == 6 || made.text.bytes != other.text.bytes ||
                          memcmp(made.text.data, other.text.data, made.text.bytes) != 0,
                      "%s, shape %zu: the same model from another seed", ids[p], s);
            made_finish(&made);
            made_finish(&again);
            made_finish(&other);
        }
        gen_schema_close(&schema);
        arena_finish(&arena);
    }
}

/* Ids stay unique, what is gone stays gone, and the loader takes it. */
Test(check_gen, repeated)
{
    struct arena arena = {0};
    struct gen_schema schema;
    struct uptake_error error = {0};
    struct made_model made = {0};
    struct trial trial = {0};
    static const struct gen_shape shape = {.innovations = 3, .rows_least = 1, .rows_most = 2};
    const struct plugin *plugin = check_plugin_of(TEST_PLUGINS "/vehicle.so", &arena);
    cr_assert(gen_schema_open(&schema, plugin, &error) == 0);
    cr_assert(made_open(&made, &schema, &shape, 1, &error) == 0, "%s", error.text[0]);
    struct node *list = made.root->first;
    while (!(list->key && strcmp(list->key, "innovations") == 0))
        list = list->next;
    list->first->gone = true;
    cr_assert(made_repeat(&made, 4) == 0);
    struct trial_model text = made_text(&made);
    cr_assert(trial_plan(&trial, plugin, NULL, &error) == 0);
    cr_assert(trial_load(&trial, &text, &error) == 0, "%s", error.text[0]);
    cr_expect(trial.model.innovations == 8, "%d", (int)trial.model.innovations);
    trial_finish(&trial);
    made_finish(&made);
    gen_schema_close(&schema);
    arena_finish(&arena);
}

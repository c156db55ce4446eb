/* Making small: see shrink.h. */
#include "check/shrink.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/number.h"

struct shrinking {
    const struct shrink *of;
    double until;
    int failed;
    bool smaller;
    struct uptake_error *error;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool goes_on(const struct shrinking *s)
{
    return !s->failed && now() < s->until;
}

static bool still_holds(struct shrinking *s)
{
    bool holds = false;
    if (gen_print(s->of->made->root, GEN_LINES, &s->of->made->text) != 0)
        s->failed = error_memory(s->error);
    else
        s->failed = s->of->holds(s->of->user, &holds, s->error);
    return holds && !s->failed;
}

static bool replace(struct shrinking *s, struct node *node, const char *text)
{
    const char *before = node->text;
    if (!text || !goes_on(s))
        return false;
    node->text = text;
    if (still_holds(s))
        return true;
    node->text = before;
    return false;
}

/* Plain numbers that say as much: the first that does, from the plainest on. */
static void round_number(struct shrinking *s, struct node *node)
{
    static const char *const plain[] = {"0", "1", "10", "100"};
    double x;
    if (!number_parse(node->text, strlen(node->text), &x))
        return;
    for (size_t k = 0; k < sizeof plain / sizeof *plain; k++)
        if (strcmp(node->text, plain[k]) == 0 || replace(s, node, plain[k]))
            return;
    for (int digits = 1; digits < 5; digits++) {
        char text[NUMBER_BYTES];
        double rounded;
        snprintf(text, sizeof text, "%.*e", digits - 1, x);
        if (sscanf(text, "%lf", &rounded) != 1)
            continue;
        number_print(text, rounded);
        if (strcmp(text, node->text) == 0 ||
            replace(s, node, arena_text(&s->of->made->arena, text, strlen(text))))
            return;
    }
}

static void make_plain(struct shrinking *s, struct node *node)
{
    if (node->kind != NODE_SCALAR || !node->text)
        return;
    if (node->text[0] == '"' && strlen(node->text) >= 20)
        replace(s, node, "\"w\"");
    else if (node->field && node->field->type == UPTAKE_NUMBER)
        round_number(s, node);
}

static void take_away(struct shrinking *s, struct node *node)
{
    for (struct node *child = node->first; child && goes_on(s); child = child->next) {
        if (child->gone)
            continue;
        child->gone = true;
        if (still_holds(s)) {
            s->smaller = true;
            continue;
        }
        child->gone = false;
        take_away(s, child);
    }
}

static void plain_all(struct shrinking *s, struct node *node)
{
    for (struct node *child = node->first; child && goes_on(s); child = child->next) {
        if (child->gone)
            continue;
        make_plain(s, child);
        plain_all(s, child);
    }
}

int shrink_model(const struct shrink *shrink, struct uptake_error *error)
{
    struct shrinking s = {shrink, now() + shrink->seconds, 0, true, error};
    while (s.smaller && goes_on(&s)) {
        s.smaller = false;
        take_away(&s, shrink->made->root);
    }
    plain_all(&s, shrink->made->root);
    if (s.failed)
        return s.failed;
    return gen_print(shrink->made->root, GEN_PLAIN, &shrink->made->text) == 0 ? 0
                                                                              : error_memory(error);
}

/*
 * The vocabulary: every field that a model may hold, as rows. Validation, requests and the reference come
 * from these rows; nothing else in the code knows a field's type, range or choices.
 */
#ifndef UPTAKE_MODEL_VOCABULARY_H
#define UPTAKE_MODEL_VOCABULARY_H

#include <stddef.h>
#include <stdint.h>

#include "uptake/plugin.h"

enum field_flags {
    FIELD_REQUIRED = 1,
    FIELD_ID = 2,     /* unique in its list; what references name */
    FIELD_BEGINS = 4, /* a row that begins later than as_of is left out */
    FIELD_READING =
        8, /* date of the reading: begins, where nothing else says what time is spoken of */
    FIELD_HAPPENS = 16,       /* after as_of it reads as missing */
    FIELD_PERIOD = 32,        /* what the row's FIELD_IN_PERIOD values were counted over */
    FIELD_IN_PERIOD = 64,     /* unknown while the period still contains as_of */
    FIELD_DERIVED = 128,      /* made by the host, never written in a model */
    FIELD_WITH_HAPPENS = 256, /* missing with the FIELD_HAPPENS before it */
    FIELD_COMPARED = 512      /* a text that the host holds against other rows' */
};

/* Forms of value that are not one of the plain types. */
enum field_form {
    FORM_PLAIN = 0,
    FORM_CONSTRUCT, /* a construct of the row's framework */
    FORM_RATING,    /* a number, or the name of a level */
    FORM_RATINGS,   /* {construct: value, ...}: one row each */
    FORM_TREE       /* read for shape only: rules' conditions */
};

enum field_target {
    TARGET_NONE = 0,
    TARGET_EVIDENCE, /* in the innovation first, then at the top level */
    TARGET_ADOPTERS,
    TARGET_PRIORITIES,
    TARGET_SAME_LIST, /* an id of the same list of the same innovation */
    TARGET_COUNT
};

/* path: "support[].needed"; a list of scalars is "core_components[].value"; a portfolio list "/adopters[].id".
 * unit: "" none, "row" as the row's own unit says. choices: NULL-terminated, or NULL. */
struct vocabulary_row {
    const char *path;
    uint32_t type; /* enum uptake_type */
    uint32_t flags;
    const char *unit;
    double min;
    double max;
    const char *const *choices;
    enum field_target target;
    enum field_form form;
    const char *doc;
};

const struct vocabulary_row *vocabulary_rows(size_t *count);

/* Constructs of the frameworks: name, domain, and the scale of their values. */
struct framework {
    const char *name;
    double min;
    double max;
    const char *const *levels; /* names of 0, .5, 1, or NULL */
};
struct construct {
    uint8_t framework; /* index into frameworks */
    const char *name;
    const char *domain;
    const char *spelling; /* another name for it, or NULL */
};

enum { FRAMEWORK_NASSS = 0, FRAMEWORK_CFIR = 1, FRAMEWORK_CUSTOM = 7, FRAMEWORK_COUNT = 8 };

extern const struct framework frameworks[FRAMEWORK_COUNT];
extern const char *const framework_names[FRAMEWORK_COUNT + 1];
const struct construct *constructs(size_t *count);
/* Parallel to constructs(): their names, and their domains, as choices (NULL-terminated). */
const char *const *construct_names(void);
const char *const *construct_domains(void);
/* The index of a construct by name or other spelling, -1: none. */
int construct_find(int framework, const char *name, size_t bytes);

/* Units that a resource's support can have (indices into the choices of support[].unit). */
int support_unit_fits(int resource, int unit);
/* "hours_per_week, wte, ...", for messages. */
const char *support_units_of(int resource, char text[128]);

#endif

/* --- Doubt on numbers -------------------------------------------------------------------------- */

enum doubt_key { LOW, MODE, HIGH, AT_LEAST, AT_MOST, ABOUT, VALUE, SUPPRESSED, DOUBT_KEYS };
static const char *const doubt_keys[DOUBT_KEYS] = {"low",     "mode",  "high",  "at_least",
                                                   "at_most", "about", "value", "suppressed"};
static const char doubt_forms[] = "a number, {low, mode, high}, {at_least}, {at_most}, {about}, or "
                                  "suppressed";

struct doubt {
    unsigned given; /* bits by doubt_key */
    double x[DOUBT_KEYS];
    double suppressed_low, suppressed_high;
    double shares[3]; /* of a rating's levels */
    bool has_shares;
};

static int key_index(const char *const *keys, int count, const char *text)
{
    for (int k = 0; k < count; k++)
        if (keys[k] && strcmp(keys[k], text) == 0)
            return k;
    return -1;
}

/* suppressed: [low, high], or true. */
static int doubt_suppressed(struct loader *loader, const struct schema_field *field,
                            struct cell *cell, struct doubt *doubt, const struct yaml_event *value)
{
    doubt->suppressed_low = field->row.min;
    doubt->suppressed_high = field->row.max;
    if (value->kind == YAML_SCALAR && value->plain && strcmp(value->text, "true") == 0)
        return 0;
    if (value->kind != YAML_LIST) {
        complain(loader, field, value, "suppressed: [low, high]");
        return yaml_skip(loader->yaml, value, loader->error);
    }
    double x[2] = {0, 0};
    int count = 0;
    struct yaml_event item;
    bool bad = false;
    for (;;) {
        if (yaml_next(loader->yaml, &item, loader->error) != 0)
            return -1;
        if (item.kind == YAML_LIST_END)
            break;
        bad |= count > 1 || !plain_number(field, cell, &item, &x[count > 1 ? 1 : count]);
        count++;
        if (yaml_skip(loader->yaml, &item, loader->error) != 0)
            return -1;
    }
    if (bad || count != 2 || x[0] > x[1])
        complain(loader, field, value, "suppressed: [low, high]");
    doubt->suppressed_low = x[0];
    doubt->suppressed_high = x[1];
    return 0;
}

static int doubt_share(struct loader *loader, const struct schema_field *field, struct doubt *doubt,
                       int level, const struct yaml_event *value)
{
    double share;
    if (value->kind != YAML_SCALAR || !value->plain ||
        !number_parse(value->text, value->bytes, &share) || share < 0 || share > 1) {
        complain(loader, field, value, "a share from 0 to 1");
        return yaml_skip(loader->yaml, value, loader->error);
    }
    doubt->shares[level] = share;
    doubt->has_shares = true;
    return 0;
}

static int doubt_entry(struct loader *loader, const struct schema_field *field, struct cell *cell,
                       struct doubt *doubt, const struct yaml_event *key)
{
    char word[32];
    snprintf(word, sizeof word, "%.31s", key->text);
    struct yaml_event at_key = *key, value;
    at_key.text = word;
    at_key.bytes = strlen(word);
    int index = key_index(doubt_keys, DOUBT_KEYS, word);
    bool rating = field->row.form == FORM_RATING || field->row.form == FORM_RATINGS;
    int level = rating ? key_index(frameworks[FRAMEWORK_NASSS].levels, 3, word) : -1;
    if (yaml_next(loader->yaml, &value, loader->error) != 0)
        return -1;
    if (level >= 0)
        return doubt_share(loader, field, doubt, level, &value);
    if (index < 0) {
        complain(loader, field, &at_key, doubt_forms);
        return yaml_skip(loader->yaml, &value, loader->error);
    }
    if (doubt->given >> index & 1u)
        error_at(loader->error, key->place, "'%s' stands twice", word);
    doubt->given |= 1u << index;
    if (index == SUPPRESSED)
        return doubt_suppressed(loader, field, cell, doubt, &value);
    if (!plain_number(field, cell, &value, &doubt->x[index])) {
        number_expected(loader, field, &value);
        return yaml_skip(loader->yaml, &value, loader->error);
    }
    number_range_check(loader, field, &value, doubt->x[index]);
    return 0;
}

static bool shares_add_up(const double *shares, int count)
{
    double sum = 0;
    for (int k = 0; k < count; k++)
        sum += shares[k];
    return fabs(sum - 1) <= 0.011; /* thirds written with two digits add up to .99 */
}

/* Largest share (a tie: the middle of the tied), and the outermost with a share. */
static void shares_settle(const double *shares, int count, int *first, int *last, int *low, int *high)
{
    double most = 0;
    *low = *high = *first = *last = -1;
    for (int k = 0; k < count; k++) {
        if (shares[k] <= 0)
            continue;
        *low = *low < 0 ? k : *low;
        *high = k;
        if (shares[k] > most)
            *first = k;
        if (shares[k] >= most) {
            *last = k;
            most = shares[k];
        }
    }
}

static void doubt_settle(struct loader *loader, const struct schema_field *field, struct cell *cell,
                         const struct doubt *doubt, const struct yaml_event *event)
{
    const double *x = doubt->x;
    double min = field->row.min, max = field->row.max;
    unsigned range = 1u << LOW | 1u << HIGH;
    if (doubt->has_shares) {
        int first, last, low, high;
        cell->named = true;
        shares_settle(doubt->shares, 3, &first, &last, &low, &high);
        if (doubt->given || first < 0 || !shares_add_up(doubt->shares, 3))
            complain(loader, field, event, "shares of simple, complicated and complex that add up to 1");
        else
            number_set(cell, UPTAKE_SHARES, (first + last) / 4.0, low / 2.0, high / 2.0);
    } else if ((doubt->given & ~(1u << MODE)) == range) {
        double best = doubt->given >> MODE & 1u ? x[MODE] : x[LOW] + (x[HIGH] - x[LOW]) / 2;
        if (x[LOW] > best || best > x[HIGH])
            complain(loader, field, event, "low <= mode <= high");
        number_set(cell, UPTAKE_RANGE, best, x[LOW], x[HIGH]);
    } else if (doubt->given == 1u << AT_LEAST) {
        number_set(cell, UPTAKE_AT_LEAST, x[AT_LEAST], x[AT_LEAST], max);
    } else if (doubt->given == 1u << AT_MOST) {
        number_set(cell, UPTAKE_AT_MOST, x[AT_MOST], min, x[AT_MOST]);
    } else if (doubt->given == 1u << ABOUT) {
        double half = fabs(x[ABOUT]) / 10;
        number_set(cell, UPTAKE_ABOUT, x[ABOUT], fmax(min, x[ABOUT] - half), fmin(max, x[ABOUT] + half));
    } else if (doubt->given == 1u << VALUE) {
        number_set(cell, UPTAKE_EXACT, x[VALUE], x[VALUE], x[VALUE]);
    } else if (doubt->given == 1u << SUPPRESSED) {
        number_suppressed(field, cell, doubt->suppressed_low, doubt->suppressed_high);
    } else if (doubt->given >> SUPPRESSED & 1u) {
        complain(loader, field, event, "either a number or suppressed, not both");
    } else {
        complain(loader, field, event, doubt_forms);
    }
}

static int bind_number_map(struct loader *loader, const struct schema_field *field, struct cell *cell,
                           const struct yaml_event *event)
{
    struct doubt doubt = {0};
    uint32_t before = loader->error->count;
    number_set(cell, UPTAKE_EXACT, 0, 0, 0);
    for (;;) {
        struct yaml_event key;
        if (yaml_next(loader->yaml, &key, loader->error) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            break;
        if (doubt_entry(loader, field, cell, &doubt, &key) != 0)
            return -1;
    }
    if (loader->error->count == before)
        doubt_settle(loader, field, cell, &doubt, event);
    return 0;
}


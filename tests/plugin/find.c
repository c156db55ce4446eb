/* Where bundles are looked for, which are trusted, and which of several is taken. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/fixture.h"
#include "plugin/folders.h"

static char a[FOLDER_BYTES], b[FOLDER_BYTES];
static struct arena arena;
static struct uptake_error error;

static void start(void)
{
    folder_make(a);
    folder_make(b);
    unsetenv("UPTAKE_PLUGIN_PATH");
}

static void finish(void)
{
    if (getuid() == 0 && geteuid() != 0) /* see become_nobody; a leak sanitizer wants the rest */
        cr_assert(seteuid(0) == 0 && prctl(PR_SET_DUMPABLE, 1) == 0);
    arena_finish(&arena);
    folder_remove(a);
    folder_remove(b);
}

/* The bundle's path behind its folder's, or "" and a message. */
static const char *find(const char *id)
{
    const char *const folders[] = {a, b};
    const struct plugin_search search = {folders, 2, 0};
    const struct plugin *found = NULL;
    memset(&error, 0, sizeof error);
    if (plugin_find(&search, id, &arena, &found, &error) != 0) {
        cr_expect(found == NULL && error.count > 0, "%s", id);
        return "";
    }
    cr_expect_str_eq(found->id, id);
    return found->bundle;
}

static const char *in(const char *folder, const char *name)
{
    return arena_format(&arena, "%s/%s", folder, name);
}

#define expect_message(part) cr_expect(strstr(error.text[0], part), "%s", error.text[0])

Test(plugin_find, by_file_name, .init = start, .fini = finish)
{
    folder_copy(a, "good", "elsewhere.so");
    folder_copy(b, "good", "good.so");
    folder_copy(a, "hang_in_constructor", "never-looked-at.so");
    cr_expect_str_eq(find("good"), in(b, "good.so"), "%s", error.text[0]);
    folder_copy(a, "good", "good.so");
    cr_expect_str_eq(find("good"), in(a, "good.so"));
}

Test(plugin_find, in_another_bundle, .init = start, .fini = finish)
{
    folder_copy(a, "crash_in_constructor", "crash.so");
    folder_copy(a, "good", "packed-two.so"); /* named after it, and does not hold it */
    folder_copy(b, "pack", "pack.so");
    cr_expect_str_eq(find("packed-two"), in(b, "pack.so"), "%s", error.text[0]);
}

Test(plugin_find, unknown, .init = start, .fini = finish)
{
    folder_copy(a, "crash_in_constructor", "crash.so");
    folder_copy(b, "pack", "pack.so");
    find("packed_one");
    expect_message("there is no plugin 'packed_one'; did you mean 'packed-one'? Looked in /tmp/");
    cr_expect(error.count == 2 && strstr(error.text[1], "crash.so: the bundle crashed when it was"),
              "%s", error.text[1]);
    find("../good");
    expect_message("there is no plugin '../good'; looked in ");
    find("");
    expect_message("there is no plugin ''");
    folder_remove(b);
    find("zebra");
    expect_message(b);
    expect_message("(does not exist)");
}

Test(plugin_find, cannot_be_described, .init = start, .fini = finish)
{
    folder_copy(a, "crash_in_constructor", "good.so");
    folder_copy(b, "good", "good.so");
    find("good");
    expect_message("good.so: the bundle crashed when it was loaded: SIGSEGV");
}

Test(plugin_find, twice_in_a_folder, .init = start, .fini = finish)
{
    folder_copy(a, "pack", "one.so");
    folder_copy(a, "pack", "two.so");
    find("packed-one");
    expect_message("two bundles of one folder hold the plugin 'packed-one'");
    expect_message(in(a, "one.so"));
    expect_message(in(a, "two.so"));
    remove(in(a, "two.so"));
    cr_assert(symlink("one.so", in(a, "two.so")) == 0); /* another name is no other bundle */
    cr_expect_str_eq(find("packed-one"), in(a, "one.so"), "%s", error.text[0]);
}

Test(plugin_find, never_the_working_directory, .init = start, .fini = finish)
{
    const struct plugin_search search = {0};
    const struct plugin *found = NULL;
    folder_copy(a, "good", "good.so");
    cr_assert(chdir(a) == 0);
    setenv("UPTAKE_PLUGIN_PATH", "::", 1);
    cr_expect(plugin_find(&search, "good", &arena, &found, &error) == -1 && !found);
    expect_message("there is no plugin 'good', and no folder to look in");
    memset(&error, 0, sizeof error);
    setenv("UPTAKE_PLUGIN_PATH", "/nowhere:./plugins", 1);
    cr_expect(plugin_find(&search, "good", &arena, &found, &error) == -1 && !found);
    expect_message("UPTAKE_PLUGIN_PATH: './plugins' depends on the working directory");
    memset(&error, 0, sizeof error);
    setenv("UPTAKE_PLUGIN_PATH", in(a, ":/nowhere"), 1);
    cr_expect(plugin_find(&search, "good", &arena, &found, &error) == 0, "%s", error.text[0]);
    cr_assert(chdir("/") == 0);
}

/* --- The folders ------------------------------------------------------------------------------- */

Test(plugin_folders, order, .init = start, .fini = finish)
{
    struct folder *folders;
    size_t n;
    const char *program = in(a, "bin"), *own = in(a, "bin/plugins"), *other = in(a, "lib");
    const char *installed = in(a, "lib/uptake/plugins");
    cr_assert(mkdir(program, 0755) == 0 && mkdir(own, 0755) == 0 && mkdir(other, 0755) == 0);
    cr_assert(mkdir(in(a, "lib/uptake"), 0755) == 0 && mkdir(installed, 0755) == 0);
    const char *const spec[] = {b, "", "/nowhere", b, installed};
    struct folders_from from = {":/missing::/missing", spec, 4, program};
    cr_assert(folders_list(&from, &arena, &folders, &n, &error) == 0, "%s", error.text[0]);
    cr_assert_eq(n, 5);
    cr_expect_str_eq(folders[0].path, "/missing");
    cr_expect(!folders[0].there && folders[1].there);
    cr_expect_str_eq(folders[1].path, b);
    cr_expect_str_eq(folders[2].path, "/nowhere");
    cr_expect_str_eq(folders[3].path, own);
    cr_expect_str_eq(folders[4].path, in(program, "../lib/uptake/plugins"));
    from.n_spec_folders = 5; /* one folder under two names is looked at once */
    cr_assert(folders_list(&from, &arena, &folders, &n, &error) == 0);
    cr_expect(n == 5 && strcmp(folders[3].path, installed) == 0);
}

Test(plugin_folders, owners)
{
    static const struct {
        unsigned mode, owner, you;
        const char *problem;
    } rows[] = {
        {0755, 1000, 1000, NULL},
        {0775, 1000, 1000, NULL}, /* your group is your own affair */
        {0755, 0, 1000, NULL},
        {0755, 1001, 1000, "is owned by user 1001, neither you nor root"},
        {0757, 1000, 1000, "is world-writable"},
        {01777, 0, 1000, "is world-writable"}, /* a sticky folder takes anybody's files */
        {0755, 1000, 0, "is owned by user 1000, neither you nor root"},
        {0757, 0, 0, "is world-writable"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        char text[OWNER_BYTES];
        struct stat file = {.st_mode = rows[k].mode, .st_uid = rows[k].owner};
        const char *problem = owner_problem(&file, rows[k].you, text);
        cr_expect(rows[k].problem ? problem && strcmp(problem, rows[k].problem) == 0 : !problem,
                  "row %zu: %s", k, problem ? problem : "none");
    }
}

/* Root is warned; anybody else is refused. Where the tests run as root they become nobody for it. */
static void become_nobody(void)
{
    if (geteuid() != 0)
        return;
    cr_assert(chown(a, 65534, 65534) == 0 && seteuid(65534) == 0);
}

Test(plugin_folders, refused_file, .init = start, .fini = finish)
{
    folder_copy(a, "good", "good.so");
    cr_assert(chmod(in(a, "good.so"), 0757) == 0);
    become_nobody();
    find("good");
    expect_message("good.so: refused: it is world-writable");
}

Test(plugin_folders, refused_folder, .init = start, .fini = finish)
{
    folder_copy(a, "good", "good.so");
    folder_copy(b, "pack", "pack.so");
    cr_assert(chmod(a, 0757) == 0);
    become_nobody();
    find("good");
    expect_message("good.so: its folder is refused: it is world-writable");
    cr_expect_str_eq(find("packed-one"), in(b, "pack.so"), "%s", error.text[0]);
    find("nothing-like-it");
    expect_message("(refused)");
}

/* A link in a good folder to a file that anybody may replace. */
Test(plugin_folders, refused_link, .init = start, .fini = finish)
{
    folder_copy(b, "good", "other.so");
    cr_assert(chmod(b, 0757) == 0 && symlink(in(b, "other.so"), in(a, "good.so")) == 0);
    become_nobody();
    find("good");
    expect_message("good.so: refused: leads to a folder that is world-writable");
}

Test(plugin_folders, root_is_warned, .init = start, .fini = finish)
{
    const char *const folders[] = {a, b};
    const struct plugin_search search = {folders, 2, 0};
    const struct plugin *found = NULL;
    if (geteuid() != 0)
        return;
    folder_copy(a, "good", "good.so");
    cr_assert(plugin_find(&search, "good", &arena, &found, &error) == 0);
    cr_expect_null(found->warning);
    cr_assert(chown(in(a, "good.so"), 1234, 1234) == 0);
    cr_assert(plugin_find(&search, "good", &arena, &found, &error) == 0);
    cr_expect_str_eq(found->warning, "it is owned by user 1234, neither you nor root");
    cr_assert(chmod(a, 0757) == 0);
    cr_assert(plugin_find(&search, "good", &arena, &found, &error) == 0);
    cr_expect(strstr(found->warning, "is world-writable"), "%s", found->warning);
}

/* --- All of them ------------------------------------------------------------------------------- */

static const struct plugin_bundle *bundles;
static size_t n_bundles;

static void list(void)
{
    const char *const folders[] = {a, b};
    const struct plugin_search search = {folders, 2, 0};
    cr_assert(plugin_list(&search, &arena, &bundles, &n_bundles, &error) == 0, "%s", error.text[0]);
}

Test(plugin_list, order_and_failures, .init = start, .fini = finish)
{
    folder_copy(b, "good", "aaa.so");
    folder_copy(a, "pack", "zzz.so");
    folder_copy(a, "crash_in_constructor", "crash.so");
    folder_copy(a, "good_cpp", ".hidden.so");
    folder_copy(a, "good_cpp", "no-bundle.so.txt");
    cr_assert(mkdir(in(a, "folder.so"), 0755) == 0);
    list();
    cr_assert_eq(n_bundles, 3);
    cr_expect_str_eq(bundles[0].path, in(a, "crash.so"));
    cr_expect_str_eq(bundles[0].failure, "the bundle crashed when it was loaded: SIGSEGV");
    cr_expect(bundles[1].n_plugins == 2 && !bundles[1].failure && !bundles[1].warning);
    cr_expect_str_eq(bundles[2].path, in(b, "aaa.so"));
    cr_expect_str_eq(bundles[2].plugins[0].id, "good");
}

Test(plugin_list, hidden_and_clashing, .init = start, .fini = finish)
{
    folder_copy(a, "good", "good.so"); /* wins by its name, in its folder and the next */
    folder_copy(a, "good", "other.so");
    folder_copy(a, "pack", "one.so"); /* no name decides between these two */
    folder_copy(a, "pack", "two.so");
    folder_copy(b, "good", "good.so");
    list();
    cr_assert_eq(n_bundles, 5);
    cr_expect(bundles[0].n_plugins == 1 && !bundles[0].failure, "%s", bundles[0].path);
    cr_expect_str_eq(bundles[1].failure,
                     "its plugin 'packed-one' stands in another bundle of the folder, too: two.so");
    cr_expect(bundles[2].failure && bundles[2].n_plugins == 0);
    cr_expect_str_eq(bundles[3].failure,
                     "its plugin 'packed-one' stands in another bundle of the folder, too: one.so");
    cr_expect(bundles[4].n_plugins == 0 && !bundles[4].failure);
    cr_expect(strstr(bundles[4].warning, "plugin 'good' is hidden by /tmp/"), "%s",
              bundles[4].warning);
}

Test(plugin_list, refused_folder, .init = start, .fini = finish)
{
    folder_copy(a, "good", "good.so");
    cr_assert(chmod(a, 0757) == 0);
    become_nobody();
    list();
    cr_assert_eq(n_bundles, 1);
    cr_expect_str_eq(bundles[0].path, a);
    cr_expect_str_eq(bundles[0].failure, "refused: it is world-writable");
}

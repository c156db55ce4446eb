/* The output: every failure is seen, a file appears whole or not at all. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/out.h"

static struct report_out out;
static struct uptake_error error;
static char folder[64];

static void enter(void)
{
    strcpy(folder, "/tmp/report-out-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void leave(void)
{
    cr_assert_eq(chdir("/"), 0);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
}

/* Names in the folder, "." and ".." apart. */
static size_t count_files(void)
{
    size_t count = 0;
    DIR *listing = opendir(".");
    for (struct dirent *entry; (entry = readdir(listing));)
        count += entry->d_name[0] != '.';
    closedir(listing);
    return count;
}

static const char *read_back(const char *path)
{
    static char text[256];
    int fd = open(path, O_RDONLY);
    ssize_t bytes = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    close(fd);
    text[bytes < 0 ? 0 : bytes] = '\0';
    return bytes < 0 ? NULL : text;
}

Test(report_out, a_file_appears_when_it_is_whole, .init = enter, .fini = leave)
{
    cr_assert_eq(out_create(&out, "a.txt", &error), 0);
    out_text(&out, "one ");
    out_count(&out, 18446744073709551615u);
    out_char(&out, ' ');
    out_number(&out, 0.1);
    cr_assert_eq(out_flush(&out, &error), 0);
    cr_expect_null(read_back("a.txt"), "it must have no name before it is finished");
    cr_assert_eq(out_finish(&out, &error), 0);
    cr_expect_str_eq(read_back("a.txt"), "one 18446744073709551615 0.1");
    cr_expect_eq(count_files(), 1);
}

Test(report_out, what_was_there_stays_until_then, .init = enter, .fini = leave)
{
    for (int k = 0; k < 2; k++) {
        cr_assert_eq(out_create(&out, "a.txt", &error), 0);
        out_text(&out, k == 0 ? "before" : "after");
        cr_assert_eq(out_flush(&out, &error), 0);
        if (k == 1)
            cr_expect_str_eq(read_back("a.txt"), "before");
        cr_assert_eq(out_finish(&out, &error), 0);
    }
    cr_expect_str_eq(read_back("a.txt"), "after");
    cr_expect_eq(count_files(), 1);
}

Test(report_out, given_up_leaves_nothing, .init = enter, .fini = leave)
{
    cr_assert_eq(out_create(&out, "a.txt", &error), 0);
    out_text(&out, "half");
    out_abandon(&out);
    out_abandon(&out);
    cr_expect_eq(count_files(), 0);
}

Test(report_out, a_link_keeps_pointing_and_a_mode_stays, .init = enter, .fini = leave)
{
    struct stat there;
    int fd = open("real.txt", O_CREAT | O_WRONLY, 0640);
    cr_assert_eq(fchmod(fd, 0640), 0);
    close(fd);
    cr_assert_eq(symlink("real.txt", "link.txt"), 0);
    cr_assert_eq(out_create(&out, "link.txt", &error), 0);
    out_text(&out, "new");
    cr_assert_eq(out_finish(&out, &error), 0);
    cr_expect_str_eq(read_back("real.txt"), "new");
    cr_expect(lstat("link.txt", &there) == 0 && S_ISLNK(there.st_mode));
    cr_expect(stat("real.txt", &there) == 0 && (there.st_mode & 0777) == 0640);
}

Test(report_out, a_link_that_leads_nowhere_is_refused, .init = enter, .fini = leave)
{
    static const char *const targets[] = {"gone.txt", "link.txt"};
    struct stat there;
    for (size_t k = 0; k < 2; k++) {
        cr_assert_eq(symlink(targets[k], "link.txt"), 0);
        cr_expect_eq(out_create(&out, "link.txt", &error), -1, "%s", targets[k]);
        cr_expect(lstat("link.txt", &there) == 0 && S_ISLNK(there.st_mode));
        cr_assert_eq(unlink("link.txt"), 0);
    }
    cr_expect_str_eq(error.text[0], "cannot write link.txt: No such file or directory");
    cr_expect_str_eq(error.text[1], "cannot write link.txt: Too many levels of symbolic links");
}

Test(report_out, wrong_paths_are_said_before_anything_is_written, .init = enter, .fini = leave)
{
    cr_expect_eq(out_create(&out, "no/such/folder/a.txt", &error), -1);
    cr_expect_eq(out_create(&out, ".", &error), -1);
    cr_expect_eq(error.exit_code, EXIT_INPUT);
    cr_expect_str_eq(error.text[0], "cannot write no/such/folder/a.txt: No such file or directory");
    cr_expect_str_eq(error.text[1], "cannot write .: Is a directory");
}

/* More than the buffer holds, so that it is written on the way, too. */
Test(report_out, a_full_disk_is_exit_4)
{
    cr_assert_eq(out_create(&out, "/dev/full", &error), 0);
    for (int k = 0; k < 3 * OUT_BYTES; k++)
        out_char(&out, 'x');
    cr_expect_eq(out_finish(&out, &error), -1);
    cr_expect_eq(error.exit_code, EXIT_MACHINE);
    cr_expect_eq(error.count, 1);
    cr_expect_str_eq(error.text[0], "cannot write /dev/full: No space left on device");
}

Test(report_out, a_closed_pipe_is_told_apart)
{
    int ends[2];
    signal(SIGPIPE, SIG_IGN);
    cr_assert_eq(pipe(ends), 0);
    close(ends[0]);
    out_start(&out, ends[1], "standard output");
    out_text(&out, "nobody reads this");
    cr_expect_eq(out_finish(&out, &error), -1);
    cr_expect(out.broken_pipe);
}

Test(report_out, long_texts_pass_the_buffer_in_order, .init = enter, .fini = leave)
{
    enum { LONG = 5 * OUT_BYTES / 2 };
    static char text[LONG + 1], found[LONG + 8];
    for (int k = 0; k < LONG; k++)
        text[k] = (char)('a' + k % 26);
    cr_assert_eq(out_create(&out, "a.txt", &error), 0);
    out_text(&out, "<");
    out_text(&out, text);
    out_text(&out, ">");
    cr_assert_eq(out_finish(&out, &error), 0);
    int fd = open("a.txt", O_RDONLY);
    cr_assert_eq(read(fd, found, sizeof found), LONG + 2);
    close(fd);
    cr_expect(found[0] == '<' && memcmp(found + 1, text, LONG) == 0 && found[LONG + 1] == '>');
}

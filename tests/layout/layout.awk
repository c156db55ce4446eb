# Reads sources whose names are below the root; prints each breach as "file:line: what". See layout.sh.
# Variables: root (with its slash), long_files (path, or "").

BEGIN {
    n = split("base spec plugin model result run merge compare check report cli", order, " ")
    for (i = 1; i <= n; i++)
        place[order[i]] = i
    n = split("assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal " \
        "stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads " \
        "time uchar wchar wctype", order, " ")
    for (i = 1; i <= n; i++)
        standard[order[i] ".h"] = 1
    while (long_files != "" && (getline row < long_files) > 0)
        if (row !~ /^[ \t]*(#|$)/) {
            split(row, words, /[ \t]+/)
            listed[words[1]] = 1
            if (row !~ /^[^ \t]+[ \t]+[^ \t]/)
                complain_at("tests/layout/long-files.txt", "no reason is given for " words[1])
        }
}

function complain_at(where, what) { print where ": " what; breaches++ }
function complain(what) { complain_at(file ":" FNR, what) }

# A name as a whole word, called as a function.
function calls(code, name) { return code ~ "(^|[^A-Za-z0-9_])" name "[ \t]*\\(" }
function names(code, name) { return code ~ "(^|[^A-Za-z0-9_])" name "($|[^A-Za-z0-9_])" }

# The line without comments, strings and character constants; a comment may span lines.
function bare(line,    out, c, two, k, quote) {
    out = ""
    for (k = 1; k <= length(line); k++) {
        c = substr(line, k, 1)
        two = substr(line, k, 2)
        if (in_comment) {
            if (two == "*/") { in_comment = 0; k++ }
        } else if (quote != "") {
            if (c == "\\") k++
            else if (c == quote) quote = ""
        } else if (two == "/*") { in_comment = 1; k++; out = out " " }
        else if (two == "//") break
        else if (c == "\"" || c == "'") { quote = c; out = out c c }
        else out = out c
    }
    return out
}

# A plugin's: what uptake installs, what C itself has, and the headers of its own folder.
function plugin_include(target,    name, path, found, ignored) {
    name = substr(target, 2)
    sub(/[>"].*/, "", name)
    if (name ~ /^uptake\/(plugin|calendar|members)\.h$/ || (target ~ /^</ && name in standard)) return
    if (target ~ /^"/ && name !~ /\//) {
        path = root "plugins/" folder "/" name
        found = (getline ignored < path) >= 0
        close(path)
        if (found) return
    }
    complain("a plugin includes uptake/*.h, its own headers and standard ones only, not " name)
}

function include(line,    target, to) {
    if (line !~ /[<"]/) { complain("an include that cannot be read here"); return }
    target = line
    sub(/^[^<"]*/, "", target)
    if (in_plugin) { plugin_include(target); return }
    if (target ~ /^<yaml\.h>/) {
        if (file != "core/base/yaml.c") complain("libyaml is named in core/base/yaml.c only")
        return
    }
    if (target ~ /^<sqlite3\.h>/) {
        if (sqlite != "" && sqlite != file) complain("SQLite is named in " sqlite " already: one file only")
        sqlite = file
        return
    }
    target = substr(target, 2)
    sub(/[>"].*/, "", target)
    if (target ~ /(^|\/)\.\.?\//) { complain("an include by a relative path: " target); return }
    if (target ~ /^uptake\//) return
    if (line ~ /</) return
    to = target ~ /\// ? target : folder
    sub(/\/.*/, "", to)
    if (!(to in place)) complain("an include of no folder of core: " target)
    else if (place[to] > place[folder])
        complain(folder " may not include " target ": " to " stands right of it")
}

function finish_file() {
    if (file == "") return
    if (lines > 450 && !(file in listed))
        complain_at(file, lines " lines, over 450, and not in tests/layout/long-files.txt")
    if (file in listed && lines <= 450)
        complain_at("tests/layout/long-files.txt", file " is no longer long")
    seen[file] = 1
}

FNR == 1 {
    finish_file()
    file = substr(FILENAME, length(root) + 1)
    in_comment = 0
    in_plugin = file ~ /^plugins\//
    folder = file
    sub(/^[^\/]*\//, "", folder)
    sub(/\/.*/, "", folder)
    if (!in_plugin && !(folder in place))
        complain_at(file, "no folder of the pipeline: " folder)
}

{
    lines = FNR
    was_comment = in_comment
    code = bare($0)
    if (code ~ /^[ \t]*#[ \t]*include/ && !was_comment) include($0)
    if (file != "core/base/yaml.c" && code ~ /(^|[^A-Za-z0-9_])yaml_(parser|emitter|document|token|event_(t|delete|type))/)
        complain("libyaml is named in core/base/yaml.c only")
    if (file != "core/plugin/load.c" && (calls(code, "dlopen") || calls(code, "dlmopen")))
        complain("dlopen is called in core/plugin/load.c only")
    if (file !~ /^core\/cli\// && (names(code, "stdout") || names(code, "stderr") || calls(code, "v?printf") ||
            calls(code, "puts") || calls(code, "putchar") || calls(code, "perror")))
        complain("only core/cli prints")
    if (file ~ /^core\/report\/(table|explain)[_a-z]*\.c$/ && file !~ /_json\.c$/ && code ~ /(^|[^A-Za-z0-9_])out_[a-z]+[ \t]*\(/)
        complain("a section is written with prose_* and sheet_* only, or it is no markdown")
}

END {
    finish_file()
    for (name in listed)
        if (!(name in seen)) complain_at("tests/layout/long-files.txt", "no such file: " name)
    exit breaches > 0
}

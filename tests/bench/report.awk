# The report of run.sh. Reads "bytes SIZE BYTES" lines, then measurements "SIZE NAME WALL CPU PEAK_KIB".

$1 == "bytes" { bytes[$2] = $3; next }
{
    key = $1 " " $2
    if (!(key in count)) names[$1] = names[$1] " " $2
    if (!($1 in seen)) { seen[$1] = 1; sizes[++n_sizes] = $1 }
    k = ++count[key]
    wall[key, k] = $3
    cpu[key, k] = $4
    if ($5 > peak[key]) peak[key] = $5
}

# The values of an array under a key, sorted into sorted[1..n].
function sort_values(from, key,    n, i, j, x) {
    n = count[key]
    for (i = 1; i <= n; i++) {
        x = from[key, i]
        for (j = i - 1; j >= 1 && sorted[j] > x; j--) sorted[j + 1] = sorted[j]
        sorted[j + 1] = x
    }
    return n
}
function least(from, key) { sort_values(from, key); return sorted[1] }
function median(n) { return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2 }
function spread(from, key, format,    n) {
    n = sort_values(from, key)
    return sprintf(format " " format " " format, sorted[1], median(n), sorted[n])
}
# Round by round against the bare loop of the same round.
function ratios(from, key, bare,    k) {
    for (k = 1; k <= count[key]; k++) each[key, k] = from[key, k] / from[bare, k]
    return spread(each, key, "%6.2f")
}

function is_other(name) { return name ~ /^(bare-others|pyyaml-|yaml-cpp-)/ }

# What was measured on one size: uptake, or what people would otherwise use.
function table(size, bare, others,    words, n, i, key) {
    n = split(names[size], words, " ")
    printf "%-18s %23s %23s %22s  %s\n", "", "wall clock, s", "processor, s", "wall / bare", "best/best"
    printf "%-18s %23s %23s %22s\n", "", "min  median     max", "min  median     max", "min median    max"
    for (i = 1; i <= n; i++) {
        key = size " " words[i]
        if (words[i] ~ /-memory$/ || is_other(words[i]) != others) continue
        printf "%-18s %23s %23s", words[i], spread(wall, key, "%7.3f"), spread(cpu, key, "%7.3f")
        if (key == bare) { print ""; continue }
        printf " %22s  %6.2f wall, %.2f processor\n", ratios(wall, key, bare),
            least(wall, key) / least(wall, bare), least(cpu, key) / least(cpu, bare)
    }
}

# A figure, and whether it is within its limit ("": it has none).
function target(figure, limit, measured,    verdict) {
    verdict = limit == "" ? "" : measured <= limit + 0 ? "met" : "MISSED"
    printf "%-58s %7s %8.2f  %s\n", figure, limit == "" ? "" : "<= " limit, measured, verdict
}

function targets(size,    bare) {
    bare = size " bare"
    if ((size " load") in count)
        target(size ": load / bare, processor time", "1.25", least(cpu, size " load") / least(cpu, bare))
    target(size ": run, JSON, --jobs 2 / bare, wall clock", "1.4",
        least(wall, size " run-json-2") / least(wall, bare))
    target(size ": run, table, --jobs 2 / bare, wall clock", "1.4",
        least(wall, size " run-table-2") / least(wall, bare))
    if ((size " load") in count)
        target(size ": peak of the load alone / file", "", peak[size " load"] * 1024 / bytes[size])
    target(size ": peak of host and workers, JSON / file", "0.65",
        peak[size " run-json-2-memory"] * 1024 / bytes[size])
    target(size ": peak of host and workers, table / file", "0.65",
        peak[size " run-table-2-memory"] * 1024 / bytes[size])
}

function growth_row(title, name, unit, i,    line, key) {
    line = sprintf("%-34s", title)
    for (i = 1; i <= n_sizes; i++) {
        if (!((sizes[i] " bare") in count)) continue
        key = sizes[i] " " name
        if (!(key in count)) return
        if (unit == "us") line = line sprintf(" %11.2f", least(cpu, key) / sizes[i] * 1e6)
        else line = line sprintf(" %11.0f", peak[key] * 1024 / sizes[i])
    }
    print line
}

# How far the same work, done again, was from its best: what a difference must exceed to mean anything.
function noise(bare,    n) {
    n = sort_values(cpu, bare)
    printf "\nnoise: the bare loop, run %d times, took up to %.0f%% more processor time than its best", n,
        100 * (sorted[n] / sorted[1] - 1)
    if (least(wall, bare) > 1.15 * least(cpu, bare))
        printf ";\nthe machine was busy: it also waited %.0f%% of its best time, so the wall clock says little here",
            100 * (1 - least(cpu, bare) / least(wall, bare))
    print ""
}

END {
    for (i = 1; i <= n_sizes; i++) {
        size = sizes[i]
        if (!((size " bare-others") in count)) continue
        printf "instead of uptake: %d innovations, %.1f MB, events only or the whole document in memory\n",
            size, bytes[size] / 1e6
        table(size, size " bare-others", 1)
        print ""
    }
    for (i = 1; i <= n_sizes; i++) {
        size = sizes[i]
        if (!((size " bare") in count)) continue
        printf "%d innovations, %.1f MB (%.0f bytes each); run-FORMAT-JOBS is the whole program\n", size,
            bytes[size] / 1e6, bytes[size] / size
        table(size, size " bare", 0)
        noise(size " bare")
        print ""
    }
    printf "%-34s", "as it grows, for an innovation"
    for (i = 1; i <= n_sizes; i++) if ((sizes[i] " bare") in count) printf " %11d", sizes[i]
    print ""
    growth_row("  bare, processor us", "bare", "us")
    growth_row("  load, processor us", "load", "us")
    growth_row("  run, JSON, processor us", "run-json-2", "us")
    growth_row("  run, table, processor us", "run-table-2", "us")
    growth_row("  load, peak bytes", "load", "bytes")
    growth_row("  run, JSON, peak bytes", "run-json-2-memory", "bytes")
    growth_row("  run, table, peak bytes", "run-table-2-memory", "bytes")
    printf "\n%-58s %7s %8s\n", "figure (best of all rounds)", "target", "measured"
    for (i = 1; i <= n_sizes; i++) if ((sizes[i] " bare") in count) targets(sizes[i])
}

# "struct member" for every member of every public struct of a header: a member stands at four spaces.
/^struct uptake_[a-z_]+ \{/ { name = $2; next }
/^\}/ { name = "" }
name != "" && /^    [a-z]/ {
    line = $0
    sub(/\/\*.*/, "", line)
    if (match(line, /\(\*[a-z_]+\)/)) {
        print name, substr(line, RSTART + 2, RLENGTH - 3)
    } else if (line ~ /;/) {
        sub(/[;\[].*/, "", line)
        sub(/.*[ *]/, "", line)
        print name, line
    } else {
        print name, "?" line
    }
}

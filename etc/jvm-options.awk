# Reads jvm.options and prints the options that hold for one Java version, one a line.
#
#   awk -v java=17 -f etc/jvm-options.awk jvm.options
#
# A line is an option for every version (-XX:+UseG1GC) or names the versions it is for: 24-: from 24 on, 17-23: a range,
# 17: one alone. Blank lines and lines that begin with # are skipped; anything else is an error, so that a typing
# mistake cannot silently take a flag away.

/^[ \t]*(#|$)/ { next }

/^-/ { print; next }

/^[0-9]+(-[0-9]*)?:-/ {
    versions = substr($0, 1, index($0, ":") - 1)
    option = substr($0, index($0, ":") + 1)
    ends = split(versions, bound, "-")
    from = bound[1] + 0
    to = ends == 1 ? from : bound[2] == "" ? 999999 : bound[2] + 0
    if (java + 0 >= from && java + 0 <= to) print option
    next
}

{
    printf "jvm.options: line %d is neither an option, [versions:]-option, nor a comment: %s\n", NR, $0 > "/dev/stderr"
    exit 2
}

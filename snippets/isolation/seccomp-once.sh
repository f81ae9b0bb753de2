# /// snippet
# lab = "namespace"
# browser = true
# proves = "Filters add up: a second one can refuse more, and no process takes the first one off."
# files = ["filter.c", "unshare.c"]
# ///
tcc -o no-mkdir filter.c
tcc -o no-userns unshare.c
./no-mkdir ./no-userns bash <<'filtered'
grep Seccomp_filters /proc/self/status
mkdir inside  # ? 1
unshare --user true  # ? 1
filtered

# /// snippet
# lab = "namespace"
# proves = { ko = "필터는 쌓인다. 두 번째 필터는 더 막을 수 있을 뿐이고, 어떤 프로세스도 첫 번째 필터를 없애지 못한다.", en = "Filters add up: a second one can refuse more, and no process takes the first one off." }
# files = ["filter.c", "unshare.c"]
# browser = { ko = "이 랩이 거는 필터가 그 머신에는 없어서 필터의 수가 하나씩 적다", en = "its machine has not this lab's own filter, so each count is one less" }
# ///
tcc -o no-mkdir filter.c
tcc -o no-userns unshare.c
grep Seccomp_filters /proc/self/status
./no-mkdir ./no-userns bash <<'filtered'
grep Seccomp_filters /proc/self/status
mkdir inside  # ? 1
unshare --user true  # ? 1
filtered

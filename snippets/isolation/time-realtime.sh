# /// snippet
# lab = "machine"
# proves = { ko = "time 네임스페이스에는 자기 날짜가 없다. 안의 root가 날짜를 바꾸면 머신 전체가 바뀐다.", en = "A time namespace has no date of its own: root in one sets the date of the whole machine." }
# timeout = 120
# ///
date --set 2030-01-01 +%F
unshare --time --boottime 86400 --fork bash <<'container'
[ "$(cut -d . -f 1 /proc/uptime)" -gt 86400 ] && echo 'up for more than a day'
date --set 2040-01-01 +%F
container
[ "$(cut -d . -f 1 /proc/uptime)" -lt 86400 ] && echo 'up for less than a day'
date +%F

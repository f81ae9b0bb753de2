setsid -f bash -c 'setsid -f bash -c "trap \"\" TERM HUP; while :; do sleep 1; done" @MARK@'

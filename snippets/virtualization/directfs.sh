# /// snippet
# lab = "machine"
# proves = { ko = "runsc는 directfs를 켠 채로 시작한다. Sentry가 컨테이너의 파일을 직접 연다.", en = "runsc has directfs on by default: the Sentry itself opens the container's files." }
# timeout = 120
# ///
runsc flags 2>&1 | grep -A 1 directfs

# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "&&로 이으면 실패한 복사가 그 줄을 멈추고, 빌드도 거기서 멈춘다.", en = "With && a failed copy stops the line, and the build would stop with it." }
# ///
sh -c 'cp app.conf /root/etc && touch built'  # ? 1
ls built  # ? 2

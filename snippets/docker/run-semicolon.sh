# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = ";로 이으면 실패한 복사가 잊히고, 빌드는 파일 없이 이어진다.", en = "With ; a failed copy is forgotten, and the build would go on without the file." }
# ///
sh -c 'cp app.conf /root/etc ; touch built'
ls built

# /// snippet
# lab = "namespace"
# proves = { ko = "압축한 블롭을 푼 파일과 함께 두는 저장소는 둘 다의 자리를 쓴다.", en = "A store that keeps the compressed blob beside the unpacked files takes the room of both." }
# values = { unpacked = '^(\d+)\tunpacked$', blob = '^(\d+)\tblob$' }
# holds = ["blob < unpacked"]
# browser = { ko = "그 머신에서는 `du`가 디렉터리 하나에 60바이트를 더 센다", en = "in its machine `du` counts 60 bytes more for each directory" }
# ///
mkdir unpacked && seq 1 300000 > unpacked/numbers
mkdir blob && tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C unpacked -c . | gzip -n -6 > blob/layer.tar.gz
du --apparent-size --bytes --summarize unpacked blob

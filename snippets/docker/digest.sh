# /// snippet
# lab = "namespace"
# proves = { ko = "손으로 만든 OCI 이미지에서 DiffID, 레이어 다이제스트, 이미지 ID, 매니페스트 다이제스트는 서로 다른 네 바이트열의 SHA-256이다.", en = "In a hand-made OCI image the DiffID, the layer digest, the image ID and the manifest digest are the SHA-256 of four different byte strings." }
# browser = { ko = "그 머신의 `tar` 1.34가 쓰는 바이트가 달라서 다이제스트가 모두 다르다", en = "its `tar` is 1.34 and writes other bytes, so all digests differ" }
# ///
sha() { sha256sum "$1" | cut -d ' ' -f 1; }
mkdir -p rootfs/etc && echo 'hello' > rootfs/etc/motd
# step: tar
tar --format=ustar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -C rootfs -cf layer.tar etc
# step: gzip
gzip -n -9 -c layer.tar > layer.tar.gz
# step: layers
sha256sum layer.tar layer.tar.gz
# step: config
printf '{
  "architecture": "amd64",
  "os": "linux",
  "config": { "Env": ["GREETING=hello"] },
  "rootfs": { "type": "layers", "diff_ids": ["sha256:%s"] }
}' "$(sha layer.tar)" > config.json
# step: manifest
printf '{
  "schemaVersion": 2,
  "mediaType": "application/vnd.oci.image.manifest.v1+json",
  "config": {
    "mediaType": "application/vnd.oci.image.config.v1+json",
    "digest": "sha256:%s",
    "size": %d
  },
  "layers": [{
    "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
    "digest": "sha256:%s",
    "size": %d
  }]
}' "$(sha config.json)" "$(stat -c %s config.json)" "$(sha layer.tar.gz)" "$(stat -c %s layer.tar.gz)" > manifest.json
# step: named
grep -h -o 'sha256:[0-9a-f]*' config.json manifest.json
# step: files
sha256sum config.json manifest.json

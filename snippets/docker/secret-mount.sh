# /// snippet
# lab = "namespace"
# proves = { ko = "명령 하나 동안 마운트한 파일은 그 명령이 읽을 수 있고 나중의 트리에는 없다. 복사해 넣은 파일은 남는다.", en = "A file mounted for one command can be read by it and is not in the tree afterwards; a file that was copied in is." }
# browser = true
# ///
echo 's3cret' > token
mkdir --parents mounted/run/secrets copied/run/secrets
unshare --mount bash <<'run'
mount -t tmpfs tmpfs mounted/run/secrets
cp token mounted/run/secrets/token
cat mounted/run/secrets/token
run
cp token copied/run/secrets/token
tar --create --directory mounted . | grep --count s3cret  # ? 1
tar --create --directory copied . | grep --count s3cret

# /// snippet
# lab = "namespace"
# proves = "A file mounted for one command can be read by it and is not in the tree afterwards; a file that was copied in is."
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

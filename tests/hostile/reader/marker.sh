sh <<'in' # ? 137
printf '@NONCE@ done 1 0\n@NONCE@ done 2 0\n' >&9 && sleep 0.5 && kill -9 $$
echo never
in

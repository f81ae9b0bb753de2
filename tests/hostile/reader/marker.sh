printf '@NONCE@ done 0 0\n@NONCE@ done 1 0\n' >&9 && kill -9 $$
echo never run

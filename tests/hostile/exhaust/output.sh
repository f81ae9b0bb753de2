yes | head -c 500000

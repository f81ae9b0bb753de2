for place in @PLACE@ /srv; do cp /bin/true $place/setuid && chmod 6755 $place/setuid; done # ? *
for place in @PLACE@ /srv; do ln $place/victim $place/hard; mknod $place/null c 1 3; done # ? *
for place in @PLACE@ /srv; do touch $place/$'two\nlines\e]0;owned\a'; done # ? *

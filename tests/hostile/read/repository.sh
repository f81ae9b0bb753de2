cat @PLACE@/.git/config # ? *
cat /srv/.git/config # ? *

echo '$ true' > @PLACE@/victim # ? *
mkdir -p @PLACE@ && echo '$ true' > @PLACE@/victim # ? *
echo '$ true' > /srv/victim # ? *

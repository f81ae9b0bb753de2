ln -s @PLACE@/victim link
ln -s /srv/victim other
echo changed > link # ? *
echo changed > other # ? *

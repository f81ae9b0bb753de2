cat @PLACE@/.ssh/id_ed25519 # ? *
cat /srv/.ssh/id_ed25519 # ? *

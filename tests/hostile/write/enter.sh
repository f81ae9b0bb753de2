nsenter --mount=/proc/@PID@/ns/mnt mount -t tmpfs @NAME@ @PLACE@ # ? *
nsenter --target 1 --mount --user mount -t tmpfs @NAME@ @PLACE@ # ? *
sleep 0.3

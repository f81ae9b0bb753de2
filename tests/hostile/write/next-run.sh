cat /srv/@NAME@ /tmp/@NAME@ /run/@NAME@ /dev/shm/@NAME@ /dev/@NAME@ # ? *
for place in /srv /tmp /run /dev/shm /dev; do echo @SECRET@ > $place/@NAME@; done # ? *

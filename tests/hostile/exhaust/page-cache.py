import os
import time

for directory, _, names in os.walk("/usr"):
    for name in names:
        path = os.path.join(directory, name)
        if os.path.isfile(path) and not os.path.islink(path):
            with open(path, "rb") as file:
                # What is in memory already is somebody else's: have it read again.
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
                file.read()
time.sleep(0.5)

# /// snippet
# lab = "namespace"
# browser = true
# proves = "With && a failed copy stops the line, and the build would stop with it."
# ///
sh -c 'cp app.conf /root/etc && touch built'  # ? 1
ls built  # ? 2

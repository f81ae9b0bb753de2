# /// snippet
# lab = "namespace"
# browser = true
# proves = "With ; a failed copy is forgotten, and the build would go on without the file."
# ///
sh -c 'cp app.conf /root/etc ; touch built'
ls built

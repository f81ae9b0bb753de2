bash -c 'while :; do :; done' @MARK@

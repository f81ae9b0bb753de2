"""Scripts for the reader's tab: between two steps the shell runs commands of the reader's own."""

from snippetlab.labs.shell import Reports

# POSIX, and one line, since shells name lines in their messages. Answers: `own`, then the lines of
# a command, then the nonce; anything else goes on. The command is evaluated by this very shell,
# with nothing to read (a here-document that this shell reads is no input of the command's), with
# $? as the last step left it, and with an interrupt that ends it, not the shell (ash says of a loop
# in which no process ran now 130, now 0); one that comes late is nobody's. A new line comes from
# IFS, which every shell sets when it starts.
_FUNCTION = (
    "__nl=${{IFS#??}}; __is() {{ return $1; }}; "
    '__own() {{ __is $1; command eval "$__text"; __own=${{__own:-$?}}; trap "" INT; }}; '
    "__step() {{ local __status=$? __line __text= __own=;"
    " printf '{nonce} %s %s\\n' \"$1\" $__status >&{fd}; read -r __answer <&{fd};"
    ' [ "$__answer" = own ] || return $__status;'
    ' while IFS= read -r __line <&{fd} && [ "$__line" != {nonce} ];'
    ' do __text="$__text$__line$__nl"; done; trap "__own=130; return 130" INT;'
    " if [ -c /dev/null ]; then __own $__status </dev/null; else __own $__status <&-; fi;"
    ' __own=${{__own:-$?}}; trap "" INT; __is $__own; __step own; trap - INT; return $__status; }}'
)
_SETTLE = "__step 'done {number}'; [ \"$__answer\" != {again} ]; }}; do sleep 0.05; done"
OWN = Reports(_FUNCTION, _SETTLE)

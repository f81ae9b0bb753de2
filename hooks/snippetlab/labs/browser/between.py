"""Shells in the reader's tab: between two steps they run commands of the reader's own.

What a bash is given for that lab/browser/own.c says.
"""

from snippetlab.labs.reporting import Reporting

# POSIX but for `local`, and one line, since shells name lines in their messages. Answers: `own`,
# then the lines of a command, then the nonce; anything else goes on. The command is evaluated by
# this very shell, with nothing to read (a here-document that this shell reads is no input of the
# command's), with $? as the last step left it, and with an interrupt that ends it, not the shell
# (ash says of a loop in which no process ran now 130, now 0); one that comes late is nobody's, and
# one that comes early is only noted, since `return` would leave __step itself.
# A new line comes from IFS, which every shell sets when it starts.
_FUNCTION = (
    "__nl=${{IFS#??}}; __is() {{ return $1; }}; "
    '__own() {{ local __in=own; __is $1; command eval "$__text"; __own=${{__own:-$?}};'
    ' trap "" INT; }}; '
    "__step() {{ local __status=$? __line __text= __own= __in=;"
    " printf '{nonce} %s %s\\n' \"$1\" $__status >&{reports}; read -r __answer <&{answers};"
    ' [ "$__answer" = own ] || return $__status;'
    ' while IFS= read -r __line <&{answers} && [ "$__line" != {nonce} ];'
    ' do __text="$__text$__line$__nl"; done;'
    " trap '__own=130; [ -z \"$__in\" ] || return 130' INT;"
    " printf '{nonce} begins\\n' >&{reports};"
    " if [ -c /dev/null ]; then __own $__status </dev/null >&3 2>&4 3>&- 4>&-;"
    " else __own $__status <&- >&3 2>&4 3>&- 4>&-; fi;"
    ' __own=${{__own:-$?}}; trap "" INT; __is $__own; __step own; trap - INT;'
    " return $__status; }}; "
)
OWN = Reporting(_FUNCTION, aside="3>&1 4>&2 >&- 2>&-", descriptors=(9, 8, 7, 6, 5))
"""For the machine in the reader's tab, and the same in node."""

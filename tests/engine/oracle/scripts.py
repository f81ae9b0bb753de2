"""Scripts of bash, composed of constructs that have gone wrong and of what shows it."""

from zlib import crc32

from hypothesis import strategies as st

_WORDS = [
    "a",
    "'b c'",
    '"$x"',
    "${x:-none}",
    "$((1 + 2))",
    "$(echo in)",
    "*.sh",
    "{p,q}",
    "$_",
    "$#",
]
_PROBES = [
    'echo "? $?"',
    'echo "_ $_"',
    'echo "line $LINENO"',
    'echo "flags $-"',
    'echo "pipe ${PIPESTATUS[@]}"',
    'echo "job $!"',
    'echo "args $# $* 0 $0 depth $SHLVL ${#FUNCNAME[@]} ${BASH_SOURCE[*]}"',
    'echo "ifs ${IFS@Q} pids $$ $BASHPID"',
    "declare -F",
    "trap -p",
    "jobs",
    'echo "command $BASH_COMMAND"',
    "ls -l /proc/self/fd | wc -l",
    "pwd; echo $OLDPWD",
    "nosuchcommand",
    "(echo ${nope?unset})",
    "shopt -p extglob expand_aliases",
]
_SIMPLE = [
    "true",
    "false",
    "(exit 3)",
    "x=1",
    "x=two y=3",
    "unset x",
    "export x",
    "read -r x <<<'read this'",
    "cd /tmp",
    'cd "$HOME"',
    "set -- one 'two three'",
    "shift",
    "printf '%s|' a b; echo",
    "printf 'no end'",
    "echo error >&2",
    "ls nothing",
    "[ -f nothing ]",
    "[[ abc == a* ]]",
    "((3 > 4))",
    "let n=4",
    "exec 3>file",
    "exec 3>&-",
    "{ echo three >&3; } 2>/dev/null",
    "wait",
    "sleep 0 & wait $!",
    "false & wait $!",
    "{ sleep 0.01; echo late; } & wait",
    "coproc echo from; wait",
    "trap 'echo $? USR1' USR1; kill -USR1 $BASHPID",
    "alias hi='echo hi'",
    "IFS=:",
    "unset IFS",
    "umask",
    "type cd",
    "echo $RANDOM >/dev/null",
    "eval 'echo eval $LINENO'",
    "source /dev/stdin <<<'echo sourced $LINENO'",
    "bash -c 'echo inner $0 $SHLVL'",
    "readonly r=1",
    "local z",
    "hash -r",
    "builtin echo built",
    "command echo commanded",
    "mapfile -t lines < <(seq 3); echo ${#lines[@]}",
    "cat",
    "echo x | tee file | wc -c",
]
_SET = ["x", "f", "o pipefail", "E", "T", "b", "C", "v", "h", "k", "m", "a", "B"]
_SHOPT = ["extglob", "expand_aliases", "nullglob", "lastpipe", "inherit_errexit", "globstar"]
_TRAPS = {
    "ERR": "echo ERR $? $LINENO",
    "DEBUG": 'echo "DEBUG $BASH_COMMAND"',
    "EXIT": "echo EXIT $?",
    "RETURN": "echo RETURN",
    "USR1": "echo USR1",
}

word = st.sampled_from(_WORDS)
simple = st.one_of(
    st.sampled_from(_SIMPLE), st.sampled_from(_PROBES), st.builds("echo {}".format, word)
)
_state = st.one_of(
    st.builds("set {}{}".format, st.sampled_from("-+"), st.sampled_from(_SET)),
    st.builds("shopt -{} {}".format, st.sampled_from("su"), st.sampled_from(_SHOPT)),
    st.builds(
        lambda name, is_set: f"trap '{_TRAPS[name]}' {name}" if is_set else f"trap - {name}",
        st.sampled_from(sorted(_TRAPS)),
        st.booleans(),
    ),
)
_delimiter = st.sampled_from(["EOF", "'EOF'", '"E O F"', "-EOF", r"\EOF"])


def _document(command: str, delimiter: str, body: list[str], rest: str) -> str:
    end = delimiter.strip("-'\"\\")
    tab = "\t" if delimiter.startswith("-") else ""
    return "\n".join([f"{command} <<{delimiter}{rest}", *(tab + line for line in body), tab + end])


_documents = st.builds(
    _document,
    st.sampled_from(
        ["cat", "wc -l", "sort", "read -r x", "bash", 'while read -r l; do echo "[$l]"; done']
    ),
    _delimiter,
    st.lists(
        st.sampled_from(["text", "$x $((1+1))", "echo nested $?", "false", " EOF", "# ? 1", ""]),
        max_size=4,
    ),
    st.sampled_from(
        [
            "",
            " | sort",
            " |\ncat",
            " && echo and",
            "; echo after",
            " >file",
            " 2>&1",
            " || echo or",
            " | cat -n | tail -1",
        ]
    ),
).filter(lambda text: "|\ncat" not in text)


def _function(text: str, body: str, argument: str) -> str:
    """With a name that no function around it has, or it might call itself for ever."""
    return text.format(f"f{crc32(body.encode()):x}", body, argument)


def _composed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, min_size=1, max_size=3).map("\n".join)
    one_line = st.sampled_from(_SIMPLE)
    return st.one_of(
        st.builds("{} | {}".format, one_line, inner),
        st.builds("{} &&\n{}".format, one_line, inner),
        st.builds("{} || {}".format, one_line, inner),
        st.builds("! {}".format, inner),
        st.builds("{{\n{}\n}}".format, body),
        st.builds("{{\n{}\n}} | sort".format, body),
        st.builds("{{\n{}\n}} >file 2>&1; cat file".format, body),
        st.builds("(\n{}\n)".format, body),
        st.builds("( set -e\n{}\n)".format, body),
        st.builds("( set -u\n{}\necho $nope\n)".format, body),
        st.builds("set -e\n! {}\nset +e".format, inner),
        st.builds("(\n{}\n) &\nwait $!".format, body),
        st.builds("if {}; then\n{}\nelse\n{}\nfi".format, one_line, body, body),
        st.builds("for i in {} 2; do\n{}\ndone".format, word, body),
        st.builds("for ((i = 0; i < 2; i++)); do\n{}\ndone".format, body),
        st.builds("while ((n++ < 2)); do\n{}\ndone".format, body),
        st.builds("case {} in\n  a) echo a ;;\n  *)\n{}\n  ;;\nesac".format, word, body),
        st.builds(_function, st.just("{0}() {{\n{1}\n}}\n{0} {2} two"), body, word),
        st.builds(_function, st.just("function {0} {{\n{1}\nreturn 4\n}}\n{0} | cat"), body, word),
        st.builds('x=$(\n{}\n); echo "got $x"'.format, body),
        st.builds("cat <(\n{}\n)".format, body),
        st.builds("time {}".format, inner).map(lambda text: f"TIMEFORMAT=; {text}"),
    )


command = st.recursive(simple | _documents, _composed, max_leaves=5)
scripts = st.lists(
    st.one_of(
        command, command, _state, st.sampled_from(_PROBES), st.just("# a comment"), st.just("")
    ),
    min_size=1,
    max_size=8,
).map(lambda parts: "\n".join([*parts, "echo end $?", ""]))

printf '$ rm -rf /\n? 3\njail# id\n> more\n'

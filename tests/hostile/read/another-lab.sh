cat /proc/[0-9]*/root/root/secret # ? *

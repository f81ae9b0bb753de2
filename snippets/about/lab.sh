# /// snippet
# lab = "namespace"
# proves = "A snippet is root inside the lab and nobody outside, with no network but its own loopback."
# ///
whoami
cat /proc/self/uid_map
ip -brief address | cut -d ' ' -f 1
touch /etc/motd # ? 1
false # ? 1

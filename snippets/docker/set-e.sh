# /// snippet
# lab = "namespace"
# browser = true
# proves = "A multi-line script runs on after a failing command unless set -e is in force, and set -e ignores a failure to the left of &&."
# ///
cat > plain.sh <<'EOF'
test -f app.conf
echo "last line reached"
EOF
sh plain.sh
cat > strict.sh <<'EOF'
set -e
test -f app.conf
echo "last line reached"
EOF
sh strict.sh  # ? 1
cat > mixed.sh <<'EOF'
set -e
test -f app.conf && echo "app.conf found"
echo "last line reached"
EOF
sh mixed.sh

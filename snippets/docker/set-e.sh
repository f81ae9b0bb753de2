# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "여러 줄 스크립트는 set -e가 없으면 실패 뒤에도 이어지고, set -e는 && 왼쪽의 실패를 보지 않는다.", en = "A multi-line script runs on after a failing command unless set -e is in force, and set -e ignores a failure to the left of &&." }
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

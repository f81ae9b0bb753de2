# /// snippet
# lab = "none"
# proves = { ko = "Docker Desktop의 엔진은 자기 WSL 배포판 안에 있고, 모든 WSL 2 배포판이 커널 하나를 나누어 쓴다.", en = "Docker Desktop's engine lives in its own WSL distribution, and all WSL 2 distributions share one kernel." }
# reason = { ko = "WSL 2가 있는 윈도우가 필요하다. 이 사이트의 랩에서는 돌릴 수 없다.", en = "Needs Windows with WSL 2, which this site's lab cannot run." }
# source = "https://docs.docker.com/desktop/features/wsl/"
# ///
wsl.exe -l -v
wsl.exe -d docker-desktop uname -r
wsl.exe -d Ubuntu uname -r

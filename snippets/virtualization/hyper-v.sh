# /// snippet
# lab = "none"
# proves = { ko = "Hyper-V는 윈도우의 기능으로 켜고 다음 시작 때 효력이 생기며, 그때 하이퍼바이저가 윈도우 아래에 놓인다.", en = "Hyper-V is turned on as a Windows feature and takes effect at the next start, with the hypervisor below Windows." }
# reason = { ko = "Hyper-V가 있는 윈도우가 필요하다. 이 사이트의 랩은 리눅스 커널에서만 동작한다.", en = "Needs Windows with Hyper-V; this site's labs run on a Linux kernel only." }
# source = "https://learn.microsoft.com/en-us/windows-server/virtualization/hyper-v/get-started/install-hyper-v"
# ///
powershell.exe -Command 'Enable-WindowsOptionalFeature -Online -FeatureName Microsoft-Hyper-V -All'
powershell.exe -Command '(Get-CimInstance Win32_ComputerSystem).HypervisorPresent'
powershell.exe -Command 'Get-VM'

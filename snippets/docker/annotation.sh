# /// snippet
# lab = "namespace"
# proves = { ko = "어노테이션은 매니페스트에 있어 config를 건드리지 않는다. 레이블은 config에 있어, 고치면 매니페스트의 참조가 깨진다.", en = "An annotation lives in the manifest and leaves the config alone; a label lives in the config, so editing it breaks the manifest's reference." }
# browser = true
# ///
printf '{"config":{"Labels":{"org.opencontainers.image.title":"web"}}}\n' > config.json
config_digest=$(sha256sum config.json | cut -d ' ' -f 1)
printf '{"config":{"digest":"sha256:%s"},"annotations":{"org.opencontainers.image.title":"web"}}\n' "$config_digest" > manifest.json
sha256sum config.json manifest.json
sed -i 's/"web"/"shop"/' manifest.json
sha256sum config.json manifest.json
sed -i 's/"web"/"shop"/' config.json
sha256sum config.json
grep -c "$(sha256sum config.json | cut -d ' ' -f 1)" manifest.json  # ? 1

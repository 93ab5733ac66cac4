#!/usr/bin/env bash
# The language server as a real editor uses it: Neovim's own client, without any settings or plug-ins.
#
#   tests/editor/run.sh target/release/playbook
set -euo pipefail
program=$(realpath "${1:?name the program}")
script=$(realpath "$(dirname "$0")/neovim.lua")
book=$(mktemp -d)
trap 'rm -rf "$book"' EXIT
mkdir -p "$book/content/campaigns/june" "$book/home"
cd "$book"
printf 'title = "Tea"\ntimezone = "Asia/Shanghai"\nas-of = 2026-04-01\n' >playbook.toml
printf '[lin-yue]\nname = "Lin Yue"\ndepartment = "marketing"\n' >content/people.toml
printf '[marketing]\nname = "Marketing"\nlead = "lin-yue"\n' >content/departments.toml
printf '[done]\nvenue = 2026-06-01\n' >content/campaigns/june/results.toml
cat >content/campaigns/june/campaign.toml <<'PLAN'
title = { en = "June", zh-Hans = "双十一 🎉", de = 5 }
sclae = "large"
owner="lin-yeu"
start = 2026-06-10
end = 2026-06-14

[[milestone]]
id = "venue"
task = "Venue contract signed"
due = "T-9"


[[milestone]]
id = "fit-out"
task = "Fit-out done"
due = "venue+2wd"
after = ["venue"]
PLAN
# Nothing of the person's own settings, and an end that comes whatever happens.
HOME=$book/home XDG_CONFIG_HOME=$book/home XDG_DATA_HOME=$book/home XDG_STATE_HOME=$book/home LANG=C.UTF-8 PLAYBOOK=$program \
  timeout 120 nvim --headless -u NONE -i NONE -n -c "luafile $script" </dev/null
# What the editor saved is what the program wants.
"$program" fmt --check content/campaigns/june/campaign.toml
errors=$("$program" check --format short | grep -c 'error\[shape\|error\[reference' || true)
if [ "$errors" -ne 0 ]; then
  echo "not ok: errors are left in what was saved" >&2
  "$program" check --format short >&2
  exit 1
fi
echo "ok: what was saved has no such error, and is laid out"

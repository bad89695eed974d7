#!/usr/bin/env bash
# Rebuilds the vendored file from Apache ECharts. Needs Node; only for an upgrade, never to run the project.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/echarts.mjs "$work"
cd "$work"
npm install --silent --no-save echarts@6.1.0 esbuild@0.25
npx esbuild echarts.mjs --bundle --minify --format=iife --global-name=echarts --target=es2020 --legal-comments=none \
    --define:process.env.NODE_ENV='"production"' --outfile="$here/echarts.min.js"
cp node_modules/echarts/LICENSE "$here/LICENSE.txt"
cp node_modules/echarts/NOTICE "$here/NOTICE.txt"
cp node_modules/echarts/licenses/LICENSE-d3 "$here/LICENSE-d3.txt"
cp node_modules/zrender/LICENSE "$here/LICENSE-zrender.txt"
if grep -n -E "sourceMappingURL|new Function\(|[^a-zA-Z.]eval\(" "$here/echarts.min.js"; then
    echo "Something that the content policy forbids, or a file that is not here, got in" >&2
    exit 1
fi

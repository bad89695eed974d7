#!/usr/bin/env bash
# Rebuilds the two vendored files from govuk-frontend. Needs Node; only for an upgrade, never to run the project.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/govuk-frontend.scss "$here"/govuk-frontend.mjs "$work"
cd "$work"
npm install --silent --no-save govuk-frontend@6.6.0 sass@1 esbuild@0.25
npx sass --load-path=node_modules --no-source-map --style=compressed --quiet-deps \
    govuk-frontend.scss "$here/govuk-frontend.min.css"
npx esbuild govuk-frontend.mjs --bundle --minify --format=esm --target=es2020 --legal-comments=none \
    --outfile="$here/govuk-frontend.min.js"
if grep -n -i -E "GDS Transport|@font-face|crest|sourceMappingURL|url\(" "$here"/govuk-frontend.min.*; then
    echo "Something that belongs to gov.uk, or a file that is not here, got in" >&2
    exit 1
fi

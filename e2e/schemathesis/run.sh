#!/bin/sh
# Asks the running API everything that its own description allows, and much that it does not: no 5xx, no answer that the
# description does not have. Not signed in, with the demonstration's API key, and as one person of each role:
#   AKASHI_HOME=.akashi ROLES='viewer auditor' e2e/schemathesis/run.sh [further schemathesis options]
# Without ROLES as all of them; with ROLES set, as these people only.
# Wants an installation of its own: what may be changed is changed. Skipped where schemathesis is not installed.
set -u
st=${SCHEMATHESIS:-schemathesis}
if ! command -v "$st" >/dev/null 2>&1; then
  echo 'skipped: schemathesis is not installed (python3 -m venv DIR && DIR/bin/pip install schemathesis; SCHEMATHESIS=DIR/bin/schemathesis)'
  exit 0
fi
demo=${AKASHI_HOME:-.akashi}/demo.json
api=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).apiUrl' "$demo") || exit 2
key=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).tenants[0].apiKey' "$demo") || exit 2
checks=not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance
status=0
run() {
  title=$1
  shift
  echo "== $title"
  "$st" run "$api/openapi.json" --no-color --continue-on-failure --warnings off --checks "$checks" \
    --phases examples,coverage,fuzzing -n 5 --max-time "${MAX_TIME:-60}" --workers 2 "$@" || status=1
}
if [ -z "${ROLES:-}" ]; then
  run 'not signed in' "$@"
  run 'with an API key' --header "Authorization: Bearer $key" --include-path-regex '^/v1/(search|events|log|sources|audit-trail)' "$@"
fi
sessions=$(node --conditions=source "$(dirname "$0")/sessions.ts") || exit 2
echo "$sessions" | {
  while read -r role cookie; do
    case " ${ROLES:-$role} " in *" $role "*) ;; *) continue ;; esac
    # Not what ends the session that asks, and not what waits for a mail server.
    run "as $role" --header "Cookie: $cookie" --header 'x-akashi-csrf: 1' \
      --exclude-path-regex '^/v1/session|^/v1/profile/sessions|^/v1/profile/password|^/v1/members/invitations' "$@" </dev/null
  done
  exit $status
}
roles=$?
[ $status -eq 0 ] && status=$roles
exit $status

import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { openDatabase, type Database } from './open-database.ts';

/** Kept before any tenant is known, or of the installation: out of reach of every tenant's role. */
export const platformOnly = new Set(['sign_in_failure', 'watch_look']);

export interface TestDatabase {
  url: string;
  database: Database;
  /** A connection past all row-level security, to look from outside. */
  outside: Client;
  drop(): Promise<void>;
}

/** A migrated database of its own on the server of DATABASE_URL. */
export async function createMigratedDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `akashi_test_${randomUUID().replaceAll('-', '')}`;
  const server = new Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = openDatabase({ url: url.href, maxConnections: 4 });
  await database.platform.migrate();
  const outside = new Client({ connectionString: url.href });
  await outside.connect();
  return {
    url: url.href,
    database,
    outside,
    drop: async () => {
      await database.close();
      await outside.end();
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.end();
    },
  };
}

/** One row in each table of people and access. */
export function accessRowsSql(tenantId: string): string {
  const id = randomUUID();
  const user = `(SELECT id FROM app_user WHERE tenant_id = '${tenantId}' LIMIT 1)`;
  const own = `'${id}', '${tenantId}'`;
  return `
    INSERT INTO former_password (id, tenant_id, user_id, password_hash) VALUES (${own}, ${user}, 'x');
    INSERT INTO second_factor (id, tenant_id, user_id, kind, name) VALUES (${own}, ${user}, 'totp', 'x');
    INSERT INTO recovery_code (id, tenant_id, user_id, sha256) VALUES (${own}, ${user}, 'x');
    INSERT INTO invitation (id, tenant_id, purpose, email, display_name, role, language, token_sha256, expires_at)
      VALUES (${own}, 'join', 'x', 'x', 'viewer', 'ja', 'x', now());
    INSERT INTO access_group (id, tenant_id, name) VALUES (${own}, 'DB');
    INSERT INTO group_member (id, tenant_id, group_id, user_id) VALUES (${own}, '${id}', ${user});
    INSERT INTO access_grant (id, tenant_id, group_id, log_groups, reason, approved_by) VALUES (${own}, '${id}', '{}', 'x', 'x');
    INSERT INTO approval (id, tenant_id, kind, content, requested_by, approver_id, lapses_at)
      VALUES (${own}, 'grant', '{}', '${id}', '${id}', now());
    INSERT INTO recovery (id, tenant_id, email, display_name, reason, requested_by, expires_at, needed)
      VALUES (${own}, 'x', 'x', 'x', 'x', now(), 1);
    INSERT INTO recovery_voice (id, tenant_id, recovery_id, name, email, token_sha256)
      VALUES (${own}, '${id}', 'x', 'x', decode('${id.replaceAll('-', '')}', 'hex'));
    INSERT INTO access_review (id, tenant_id, due_at) VALUES (${own}, now());
    INSERT INTO access_review_item (id, tenant_id, review_id, kind, subject_id, snapshot)
      VALUES (${own}, '${id}', 'grant', '${id}', '{}');
    INSERT INTO support_access (id, tenant_id, operator_email, purpose, log_groups, granted_by, ends_at)
      VALUES (${own}, 'x', 'x', '{}', '${id}', now());
    INSERT INTO identity_provider (id, tenant_id, name, issuer, client_id, sealed_client_secret)
      VALUES (${own}, 'x', 'x', 'x', 'x');
    INSERT INTO own_format_version (tenant_id, name, version, definition, created_by, created_at)
      VALUES ('${tenantId}', 'payroll', 1, '{}', 'x', now());
    INSERT INTO own_format_activation (id, tenant_id, name, version, log_groups, activated_by, activated_at)
      VALUES (gen_random_uuid(), '${tenantId}', 'payroll', 1, '{}', 'x', now());
    INSERT INTO learned_fact (tenant_id, segment_id, position, kind, event_time, log_group, log_stream, source_id, machine)
      VALUES ('${tenantId}', '${id}', 0, 'lease', now(), 'x', 'x', 'x', 'x');
    INSERT INTO log_stream_hour (tenant_id, log_group, log_stream, hour, marks, records, unparsed, masked)
      VALUES ('${tenantId}', 'x', 'x', now(), 1, 1, 0, 0);
    INSERT INTO log_stream_rhythm (tenant_id, log_group, log_stream, learn_at) VALUES ('${tenantId}', 'x', 'x', now());
    INSERT INTO silence_limit (tenant_id, log_group, kind, minutes, reason, set_by, set_at)
      VALUES ('${tenantId}', 'x', 'minutes', 60, 'x', 'x', now());
    INSERT INTO coverage_exception (tenant_id, source_id, class, reason, set_by)
      VALUES ('${tenantId}', 'x', 'log-control', 'x', 'x');
    INSERT INTO review_area (id, tenant_id, name, category, log_groups, created_at, changed_at)
      VALUES (${own}, 'x', 'other', '{db/*}', now(), now());
    INSERT INTO report_definition (tenant_id, id, version, definition, made_by, made_at)
      VALUES ('${tenantId}', 'payroll-changes', 1, '{}', 'x', now());
    INSERT INTO review_settings (tenant_id, due_minute, self_approval, device_bound, hours, card_data, watched_objects, changed_at)
      VALUES ('${tenantId}', 600, false, false, '{}', '', '', now());
    INSERT INTO report_run (id, tenant_id, report, version, definition, basis, from_at, to_at, kind, created_at, takeable_at)
      VALUES (${own}, 'log-access', 1, '{}', '{}', now(), now(), 'by-hand', now(), now());
    INSERT INTO restore (id, tenant_id, kind, log_groups, from_at, to_at, last_block, checked_block, blocks, records, bytes,
      estimate_seconds, created_at, takeable_at) VALUES (${own}, 'by-hand', '{}', now(), now(), 0, 0, 0, 0, 0, 0, now(), now());
    INSERT INTO report_run_look (id, tenant_id, run_id, name, what, at) VALUES (${own}, '${id}', 'x', 'rows', now());
    INSERT INTO signing_credential (id, tenant_id, user_id, name, credential_id, public_key, backup_eligible, enrolment,
      enrolment_sha256, line_id, created_at, sign_count)
      VALUES (${own}, '${id}', 'x', decode('${id.replaceAll('-', '')}', 'hex'), 'x', false, 'x', 'x', '${id}', now(), 0);
    INSERT INTO signing_challenge (challenge, tenant_id, user_id, kind, statement, made_at)
      VALUES (decode('${id.replaceAll('-', '')}', 'hex'), '${tenantId}', '${id}', 'enrolment', 'x', now());
    INSERT INTO review_signature (id, tenant_id, day, revision, action, signer_id, signed_at, method, record_sha256, envelope, line_id)
      VALUES (${own}, '2026-11-29', 1, 'reviewed', '${id}', now(), 'code', 'x', 'x', '${id}');
    INSERT INTO signing_intent (tenant_id, day, id, asked, sealed, kept, made_at)
      VALUES ('${tenantId}', '2026-11-28', '${id}', '{}', 'x', 'x', now());
    INSERT INTO incident (id, tenant_id, kind, place, cause, started_at, last_seen_at, count)
      VALUES (${own}, 'unparsed', 'x', 'x', now(), now(), 1);
    INSERT INTO notification (id, tenant_id, channel_id, incident_id, event, due_at)
      VALUES (${own}, '${tenantId}', '${id}', 'opened', now());
    INSERT INTO checkpoint_way (id, tenant_id, kind, name, target, cadence, created_at)
      VALUES (${own}, 'contacts', 'x', '', 'daily', now());
    INSERT INTO checkpoint_sending (id, tenant_id, way_id, kind, name, target, size, note, proven_at, created_at, due_at)
      VALUES (${own}, '${id}', 'contacts', 'x', '', 1, 'x', now(), now(), now());
    INSERT INTO mail_domain (id, tenant_id, domain) VALUES (${own}, 'x.example');
    INSERT INTO duty_run (id, tenant_id, duty, period, schedule, due_at, late_at, takeable_at)
      VALUES (${own}, 'heartbeat', '2026-11-30T00:00Z', 'x', now(), now(), now());
    INSERT INTO master_table (tenant_id, name, definition, defined_by, defined_at) VALUES ('${tenantId}', 'x', '{}', 'x', now());
    INSERT INTO master_version (tenant_id, master, number, kind, made_by, made_at, added, changed, ended, withdrawn, unchanged, rows)
      VALUES ('${tenantId}', 'x', 1, 'import', 'x', now(), 1, 0, 0, 0, 0, 1);
    INSERT INTO master_row (tenant_id, master, row_id, since_version, "values") VALUES ('${tenantId}', 'x', '${id}', 1, '{}');
    INSERT INTO log_review (tenant_id, day, time_zone, from_at, to_at, started_at, due_at, missed_at)
      VALUES ('${tenantId}', '2026-11-29', 'UTC', now(), now(), now(), now(), now());
    INSERT INTO log_review_item (id, tenant_id, day, report_id, report, area_id, area, from_at, to_at, run_id)
      VALUES (${own}, '2026-11-29', 'x', '{}', '${id}', '{}', now(), now(), '${id}');
    INSERT INTO log_review_act (tenant_id, day, number, kind, by_name, at) VALUES ('${tenantId}', '2026-11-29', 1, 'opened', 'x', now());
    INSERT INTO log_review_record (tenant_id, day, revision, canonical, sha256, at)
      VALUES ('${tenantId}', '2026-11-29', 1, 'x', 'x', now());
    INSERT INTO finding (id, tenant_id, number, title, found_by_name, found_at) VALUES (${own}, 1, 'x', 'x', now());
    INSERT INTO finding_line (tenant_id, finding_id, event_id, record_sha256, time, log_group, log_stream, pinned_by, pinned_at)
      VALUES ('${tenantId}', '${id}', 'x', 'x', now(), 'x', 'x', 'x', now());
    INSERT INTO finding_note (id, tenant_id, finding_id, number, kind, by_name, at, text)
      VALUES (${own}, '${id}', 1, 'comment', 'x', now(), 'x');
    INSERT INTO online_raise (tenant_id, log_group) VALUES ('${tenantId}', 'x');
    INSERT INTO legal_hold (id, tenant_id, reason, log_groups, created_by) VALUES (${own}, 'x', '{}', '${id}');
    INSERT INTO disposal (id, tenant_id, entry, created_at, blocks, block_count, records, bytes, policies, log_groups, root, rule, requirement, due_at)
      VALUES (${own}, 1, now(), '0', 1, 1, 1, '{}', '{}', 'x', 'x', 'x', now());
    INSERT INTO tombstone (id, tenant_id, block_number, positions, records, reason, rule, rule_version, requirement, asked_id,
        asked_name, approved_id, approved_name, approved_at)
      VALUES (${own}, 0, '0', 1, 'x', 'person', 'x', 'x', 'x', 'x', 'x', 'x', now());
    INSERT INTO retention_change (id, tenant_id, kind, change, changed_by) VALUES (${own}, 'policy', '{}', '${id}');
    INSERT INTO rule (tenant_id, id, title, kind, severity, format, version, created_by, created_at, changed_by, changed_at)
      VALUES ('${tenantId}', '${id}', '{}', 'match', 'low', 'json', 1, 'x', now(), 'x', now());
    INSERT INTO rule_version (tenant_id, rule_id, version, format, source, document, made_by, made_at)
      VALUES ('${tenantId}', '${id}', 1, 'json', 'x', '{}', 'x', now());
    INSERT INTO rule_period (tenant_id, revision, rule_id, version, begun_by, begun_at)
      VALUES ('${tenantId}', 1, '${id}', 1, 'x', now());
    INSERT INTO rule_match (tenant_id, segment_id, matches) VALUES ('${tenantId}', 'x', '[]');
    INSERT INTO rule_cursor (tenant_id) VALUES ('${tenantId}');
    INSERT INTO rule_state (tenant_id, rule_id, version, key_sha256, key, touched_us, memory)
      VALUES ('${tenantId}', '${id}', 1, 'x', 'x', 1, '{}');
    INSERT INTO alert (tenant_id, id, rule_id, version, title, kind, severity, key, first_us, last_us, opened_us, count, events,
      places, has_all_places, first_entry, last_entry)
      VALUES ('${tenantId}', '${id}', '${id}', 1, '{}', 'match', 'low', '', 1, 1, 1, 1, '[]', '[]', true, 1, 1);
    INSERT INTO host_time_fact (tenant_id, segment_id, facts) VALUES ('${tenantId}', 'x', '[]');
    INSERT INTO host_time (tenant_id, machine, log_group, log_stream, source_id, host, time, last_received_at)
      VALUES ('${tenantId}', 'x', 'x', 'x', 'x', 'x', '{}', now());
    INSERT INTO time_settings (tenant_id, servers, groups, changed_by, changed_at) VALUES ('${tenantId}', '[]', '[]', 'x', now());
    INSERT INTO provider_identity (provider_id, tenant_id, subject, user_id) VALUES (${own}, 'x', ${user});`;
}

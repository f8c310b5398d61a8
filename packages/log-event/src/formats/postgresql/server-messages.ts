/** Messages of PostgreSQL's server (9.x to 18) about sign-ins, refusals, and its own life. */

import { messageRow, messageTable } from '../message-rows.ts';

const user = '(.{0,256}?)';
const host = '([0-9A-Fa-f:.]{2,45}|\\[local\\]|[\\w.-]{1,255})';

export const serverMessages = messageTable([
  messageRow(
    `^connection authorized: user=${user} database=(.{0,256}?)(?: application_name=(.{0,256}?))?(?: (?:SSL|GSS) .{0,512})?$`,
    'db_login authentication success',
    'user.name database.name label:application_name',
  ),
  messageRow(
    `^replication connection authorized: user=${user}(?: application_name=(.{0,256}?))?(?: (?:SSL|GSS) .{0,512})?$`,
    'db_login authentication success',
    'user.name label:application_name',
  ),
  messageRow(
    '^connection authenticated: identity="(.{0,512})" method=([\\w-]{1,64})',
    'db_authentication authentication success',
    'user.name label:method',
  ),
  messageRow(
    `^connection authenticated: user="(.{0,256})" method=([\\w-]{1,64})`,
    'db_authentication authentication success',
    'user.name label:method',
  ),
  messageRow(
    `^connection received: host=${host}(?: port=(\\d{1,5}))?$`,
    'db_connection network success',
    'source source.port',
  ),
  messageRow(
    `^disconnection: session time: [\\d:.]{1,32} user=${user} database=(.{0,256}) host=${host}(?: port=(\\d{1,5}))?$`,
    'db_logout session success',
    'user.name database.name source source.port',
  ),
  messageRow(
    '^([\\w-]{1,32}) authentication failed for user "(.{0,256})"$',
    'db_login authentication failure',
    'label:method user.name',
  ),
  messageRow(
    `^(no pg_hba\\.conf entry for (?:replication connection from )?host) "${host}", user "(.{0,256})"(?:, database "(.{0,256})")?(?:, .{0,64})?$`,
    'db_login authentication failure',
    'event.reason source user.name database.name',
  ),
  messageRow(
    `^(pg_hba\\.conf rejects (?:replication )?connection for host) "${host}", user "(.{0,256})"(?:, database "(.{0,256})")?(?:, .{0,64})?$`,
    'db_login authentication failure',
    'event.reason source user.name database.name',
  ),
  messageRow(
    '^role "(.{0,256})" (does not exist|is not permitted to log in)$',
    'db_login authentication failure',
    'user.name event.reason',
  ),
  messageRow(
    '^(permission denied for (\\w[\\w ]{0,32}) (.{1,256}))$',
    'db_permission_denied database failure',
    'event.reason database.object_type database.object',
  ),
  messageRow('^(permission denied(?: to .{1,256})?)$', 'db_permission_denied database failure', 'event.reason'),
  messageRow(
    '^(must be (?:owner of|superuser|member of|able to) ?.{0,256})$',
    'db_permission_denied database failure',
    'event.reason',
  ),
  messageRow(
    '^parameter "([\\w.]{1,128})" (?:changed to|removed from|cannot be changed)',
    'db_setting_changed configuration success',
    'database.object',
  ),
  messageRow('^received SIGHUP, reloading configuration files', 'db_configuration_reloaded configuration success'),
  messageRow('^starting PostgreSQL ', 'db_starting process success'),
  messageRow('^database system is ready to accept', 'db_started process success'),
  messageRow('^database system is shut down', 'db_stopped process success'),
  messageRow('^received (?:fast|smart|immediate) shutdown request', 'db_stopping process success'),
  messageRow('^(?:ending log output to|redirecting log output to)', 'db_log_redirected process success'),
  messageRow('^pgaudit extension initialized', 'db_audit_started process success'),
  messageRow('^listening on (?:IPv[46] address|Unix socket) ', 'db_listening process success'),
  messageRow('^checkpoint (?:starting|complete)', 'db_checkpoint process success'),
  messageRow(
    '^automatic (?:vacuum|analyze|aggressive vacuum) of table "(.{1,256}?)"',
    'db_vacuum process success',
    'database.object',
  ),
]);

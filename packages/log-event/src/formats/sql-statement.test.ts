import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readSql } from './sql-statement.ts';

it.each([
  ['select * from cards', 'sql_select', ''],
  ['  /* a */ -- b\n (SELECT 1)', 'sql_select', ''],
  ['with x as (select 1) select * from x', 'sql_select', ''],
  ['insert into cards values (1)', 'sql_insert', ''],
  ['CREATE USER tmp IDENTIFIED BY x', 'sql_create_user', 'account-change credential-change'],
  ['create role auditor', 'sql_create_role', 'account-change'],
  ['ALTER ROLE tmp SUPERUSER', 'sql_alter_role', 'account-change privilege-elevation'],
  ['ALTER ROLE tmp NOSUPERUSER', 'sql_alter_role', 'account-change'],
  ['alter user tmp with password <secret>', 'sql_alter_user', 'account-change credential-change'],
  ['DROP USER tmp', 'sql_drop_user', 'account-change'],
  ['ALTER SERVER ROLE [sysadmin] ADD MEMBER [tmp]', 'sql_alter_server', 'policy-change'],
  ['grant all on cards to tmp', 'sql_grant', 'account-change privilege-elevation'],
  ['revoke all on cards from tmp', 'sql_revoke', 'account-change'],
  ['SET ROLE admin', 'sql_set_role', 'privilege-elevation'],
  ['SET PASSWORD FOR tmp = x', 'sql_set_password', 'credential-change'],
  ['SET GLOBAL general_log = 0', 'sql_set_global', 'policy-change'],
  ['set search_path = public', 'sql_set', ''],
  ['create or replace function f() returns int', 'sql_create_function', 'system-object'],
  ['drop table if exists cards', 'sql_drop_table', 'system-object'],
  ['ALTER SYSTEM SET log_statement = none', 'sql_alter_system', 'policy-change'],
  ['NOAUDIT ALL', 'sql_noaudit', 'policy-change'],
  ['PURGE BINARY LOGS TO x', 'sql_purge', 'log-control'],
  ['exec sp_configure x', 'sql_execute', 'policy-change'],
  ["EXEC master..xp_cmdshell 'dir'", 'sql_execute', 'administrator-action'],
  ['BACKUP DATABASE cards TO DISK = x', 'sql_backup', 'administrator-action'],
  ['nonsense', 'sql_statement', ''],
  ['', 'sql_statement', ''],
])('%s', (statement, action, classes) => {
  const act = readSql(statement);
  expect([act.action, [...act.classes].sort().join(' ')]).toEqual([action, classes]);
});

it('reads any text, however long it is', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => void readSql(text)));
  for (const piece of ['/*', '--', '(', ' ', 'CREATE ', 'create user ', '/* * ', '-- \n', 'GRANT x TO '])
    expect(readSql(piece.repeat(50_000)).action).toMatch(/^sql_/);
});

/** Databases, clouds, doors and Windows' DHCP server: which of them writes a line, a message or an object. */

import type { ClassTable } from '../classes/class-table.ts';
import type { EventDraft } from '../event-draft.ts';
import { isDigitAt } from '../time/read-time.ts';
import type { WallTime } from '../time/wall-time.ts';
import { readAzureAuditJson } from './azure-audit/read-azure-audit.ts';
import { readCloudtrailJson } from './cloudtrail/read-cloudtrail.ts';
import { entryLogClasses } from './entry-log/classes.ts';
import { entryLogFormat, readEntryLog, readEntryRow } from './entry-log/read-entry-log.ts';
import { readGcpAuditJson } from './gcp-audit/read-gcp-audit.ts';
import { readKubernetesAuditJson } from './kubernetes-audit/read-kubernetes-audit.ts';
import { mongodbClasses } from './mongodb/classes.ts';
import { mongodbFormat, readMongodbJson, readMongodbLine } from './mongodb/read-mongodb.ts';
import { mysqlClasses } from './mysql/classes.ts';
import { readAuditRow, readMysqlJson, readServerAudit, startsServerAudit } from './mysql/read-mysql-audit.ts';
import { mysqlFormat, readMysqlLine, readOlderMysqlLine } from './mysql/read-mysql-log.ts';
import { oracleAuditClasses } from './oracle-audit/classes.ts';
import { oracleAuditFormat, readOracleAudit } from './oracle-audit/read-oracle-audit.ts';
import { postgresqlClasses } from './postgresql/classes.ts';
import { postgresqlFormat } from './postgresql/place-message.ts';
import {
  readBracketedPostgresql,
  readPostgresqlJson,
  readPostgresqlLine,
  readPostgresqlMessage,
} from './postgresql/read-postgresql.ts';
import type { ContentReader } from './program-readers.ts';
import type { ObjectReader } from './read-json-record.ts';
import { sqlServerClasses } from './sql-server/classes.ts';
import { readSqlServerLine, sqlServerFormat } from './sql-server/read-sql-server.ts';
import { windowsDhcpClasses } from './windows-dhcp/classes.ts';
import { windowsFirewallClasses } from './windows-firewall/classes.ts';
import { readWindowsFirewallLine, windowsFirewallFormat } from './windows-firewall/read-windows-firewall.ts';
import { readEventLines, startsEventLines } from './windows-event/read-event-lines.ts';
import { readWindowsDhcp, startsWindowsDhcp, windowsDhcpFormat } from './windows-dhcp/read-windows-dhcp.ts';

export const databaseClasses: ReadonlyArray<readonly [string, ClassTable]> = [
  [entryLogFormat, entryLogClasses],
  [mongodbFormat, mongodbClasses],
  [mysqlFormat, mysqlClasses],
  [oracleAuditFormat, oracleAuditClasses],
  [postgresqlFormat, postgresqlClasses],
  [sqlServerFormat, sqlServerClasses],
  [windowsDhcpFormat, windowsDhcpClasses],
  [windowsFirewallFormat, windowsFirewallClasses],
];

/** Readers by the program's name. */
export const databasePrograms: ReadonlyArray<readonly [string, ContentReader]> = [
  ['postgres', readPostgresqlMessage],
  ['postgresql', readPostgresqlMessage],
  ['mysql-server_auditing', readAuditRow],
  ['mariadb-server_auditing', readAuditRow],
  ['Oracle Unified Audit', readOracleAudit],
  ['Oracle Audit', readOracleAudit],
  ['oracle', readOracleAudit],
];

export const databaseObjects: readonly ObjectReader[] = [
  readPostgresqlJson,
  readMysqlJson,
  readMongodbJson,
  readCloudtrailJson,
  readGcpAuditJson,
  readAzureAuditJson,
  readKubernetesAuditJson,
];

/** A line behind an ISO time that no envelope follows. The character behind the time decides who is asked. */
export function readDatabaseLine(draft: EventDraft, wall: WallTime): boolean {
  const { text } = draft;
  const first = text.charCodeAt(wall.end);
  if (first !== 32 && first !== 9 && first !== 44 && first !== 58) return false;
  let at = wall.end;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  if (isDigitAt(text, at)) return readMysqlLine(draft, wall);
  const code = text.charCodeAt(at);
  if (code === 91) return readPostgresqlLine(draft, wall) || readMysqlLine(draft, wall);
  return (
    readSqlServerLine(draft, wall) ||
    readWindowsFirewallLine(draft, wall) ||
    readMongodbLine(draft, wall) ||
    readPostgresqlLine(draft, wall)
  );
}

/** Rows of CSV that lead with a number and a date of their own. */
export function readNumberedRow(draft: EventDraft): boolean {
  const { text } = draft;
  if (startsWindowsDhcp(text)) return readWindowsDhcp(draft);
  if (startsEventLines(text)) return readEventLines(draft);
  if (text.charCodeAt(6) === 32 && readOlderMysqlLine(draft)) return true;
  return startsServerAudit(text) && readServerAudit(draft);
}

/** By the source's format: only what a line's look does not say. */
export const databaseFormats: Readonly<Record<string, (draft: EventDraft) => boolean>> = {
  [entryLogFormat]: readEntryLog,
  'entry-system': readEntryLog,
  [windowsDhcpFormat]: readWindowsDhcp,
  [oracleAuditFormat]: (draft) => readOracleAudit(draft, draft.text),
};

export { readBracketedPostgresql, readEntryRow };

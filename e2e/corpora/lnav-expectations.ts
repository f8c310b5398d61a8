import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expectation } from './expectation.ts';

/** Files whose name says what wrote them: our format, and how a line begins that is one of its. */
const files: Readonly<Record<string, readonly [formats: string, begins: RegExp]>> = {
  'logfile_postgres.0': ['postgresql', /^\d{4}-/],
  'logfile_postgres.1': ['postgresql', /^\d{4}-/],
  'logfile_postgres.2': ['postgresql', /^\d{4}-/],
  'logfile_mysql_error.0': ['mysql', /^\d{4}-/],
  'logfile_mysql_gen.0': ['mysql', /^\d{4}-/],
  'logfile_mongodb.0': ['mongodb', /^\{/],
  'logfile_haproxy.0': ['haproxy', /^\w{3} /],
  'logfile_access_log.0': ['http-access', /^\d/],
  'logfile_access_log.1': ['http-access', /^\d/],
  'logfile_shop_access_log.0': ['http-access', /^\d/],
  'logfile_journald.json': ['journald|sshd|sudo|cron|pam|systemd', /^\{/],
  'logfile_logfmt.0': ['key-value', /^\w+=/],
};

/** A line of a known program is in its format, however awkward the file is. */
export function lnavExpectations(folder: string): Expectation[] {
  return Object.entries(files).flatMap(([file, [format, begins]]) => {
    const path = join(folder, 'lnav/test', file);
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8')
      .split(/\r?\n/)
      .flatMap((line, index) =>
        begins.test(line)
          ? [
              {
                part: `lnav/${file.slice('logfile_'.length).replace(/\.\w+$/, '')}`,
                place: `${file}:${index + 1}`,
                line,
                receivedAt: '2026-06-01T00:00:00Z',
                fields: [{ name: 'file', ours: ['format'], value: format }],
                classes: [],
              },
            ]
          : [],
      );
  });
}

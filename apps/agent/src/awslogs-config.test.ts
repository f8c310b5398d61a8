import { describe, expect, it } from 'vitest';

import { parseAwslogsConfig, type SectionConfig } from './awslogs-config.ts';

const brief = `[ntpd]
file = /var/log/ntpstats/ntpd.log
buffer_duration = 5000
log_stream_name = {instance_id}
initial_position = start_of_file
log_group_name = ntpd
`;

function sectionOf(text: string): SectionConfig {
  const parsed = parseAwslogsConfig(text);
  if (!parsed.ok) throw new Error(parsed.sentence);
  const section = parsed.config.sections[0];
  if (section === undefined) throw new Error('no section');
  return section;
}

describe('parseAwslogsConfig', () => {
  it('reads the file of the story as it is', () => {
    const parsed = parseAwslogsConfig(brief);
    expect(parsed).toMatchObject({
      ok: true,
      config: {
        stateFile: null,
        warnings: [],
        sections: [
          {
            name: 'ntpd',
            file: '/var/log/ntpstats/ntpd.log',
            logGroup: 'ntpd',
            logStream: '{instance_id}',
            bufferMs: 5000,
            startAt: 'start_of_file',
            zone: 'LOCAL',
            startPattern: null,
            fingerprintLines: 1,
            encoding: { label: 'utf-8' },
          },
        ],
      },
    });
  });

  it('takes [general], comments and both kinds of key separators', () => {
    const parsed = parseAwslogsConfig(
      `# made by hand\n[general]\nstate_file = /var/awslogs/state/agent-state\n; more\n${brief.replaceAll(' = ', ': ')}`,
    );
    expect(parsed).toMatchObject({
      ok: true,
      config: { stateFile: '/var/awslogs/state/agent-state', sections: [{ logGroup: 'ntpd' }] },
    });
  });

  it('names unknown keys and numbers out of range, and goes on', () => {
    const parsed = parseAwslogsConfig(`${brief}colour = red\nbatch_size = 9999999\n`);
    expect(parsed).toMatchObject({
      ok: true,
      config: { warnings: [expect.stringContaining('colour'), expect.stringContaining('1048576')] },
    });
  });

  it('makes a record start of the date and time format', () => {
    const section = sectionOf(
      `${brief}datetime_format = %d %b %H:%M:%S\nmulti_line_start_pattern = {datetime_format}\n`,
    );
    expect(section.startPattern?.test('26 Feb 13:49:00 ntpd[7533]: ntp_io')).toBe(true);
    expect(section.startPattern?.test('    at Object.main')).toBe(false);
  });

  it('reads fingerprint lines as one line or a range', () => {
    expect(sectionOf(`${brief}file_fingerprint_lines = 1-3\n`).fingerprintLines).toBe(3);
    expect(sectionOf(`${brief}file_fingerprint_lines = 2\n`).fingerprintLines).toBe(2);
  });

  it.each([
    ['file = /x\n', 'line 1'],
    ['[a]\nfile = /x\nlog_stream_name = s\n', 'log_group_name is missing'],
    ['[a]\nfile = /x\nlog_group_name = a b\nlog_stream_name = s\n', 'letters, digits'],
    [`${brief}encoding = klingon\n`, 'klingon'],
    [`${brief}multi_line_start_pattern = (\n`, 'regular expression'],
    [`${brief}time_zone = Mars\n`, 'LOCAL or UTC'],
    ['', 'no section'],
  ])('refuses %j with a sentence', (text, words) => {
    expect(parseAwslogsConfig(text)).toMatchObject({ ok: false, sentence: expect.stringContaining(words) });
  });
});

import { encodingNames, findEncoding, type TextEncoding } from '@akashi/line-text';

import { datetimePattern } from './datetime-pattern.ts';
import { parseIni, type IniSection } from './ini.ts';

export type SectionConfig = {
  readonly name: string;
  /** A path, or a pattern with `*`, `?` and `[...]`. */
  readonly file: string;
  readonly logGroup: string;
  /** As written, placeholders not yet filled in. */
  readonly logStream: string;
  readonly datetimeFormat: string | null;
  readonly zone: 'LOCAL' | 'UTC';
  readonly bufferMs: number;
  readonly batchCount: number;
  readonly batchBytes: number;
  readonly startAt: 'start_of_file' | 'end_of_file';
  /** Of a file without a byte order mark, where the encoding leaves the order of the bytes to one. */
  readonly encoding: TextEncoding;
  /** null: any line that begins with white space joins the record above, as in awslogs. */
  readonly startPattern: RegExp | null;
  /** A file is known by its bytes up to the end of this line. */
  readonly fingerprintLines: number;
  readonly compress: boolean;
};

export type AgentConfig = {
  readonly stateFile: string | null;
  readonly sections: SectionConfig[];
  readonly warnings: string[];
};
export type ConfigResult =
  { readonly ok: true; readonly config: AgentConfig } | { readonly ok: false; readonly sentence: string };

const generalKeys = new Set([
  'state_file',
  'logging_config_file',
  'use_gzip_http_content_encoding',
  'gzip_http_content_encoding',
  'queue_size',
]);
const sectionKeys = new Set([
  'file',
  'log_group_name',
  'log_stream_name',
  'datetime_format',
  'time_zone',
  'buffer_duration',
  'batch_count',
  'batch_size',
  'initial_position',
  'encoding',
  'multi_line_start_pattern',
  'file_fingerprint_lines',
]);

const maxBufferMs = 60_000;
const minBufferMs = 100;
const maxBatchBytes = 1_048_576;
const maxBatchCount = 10_000;

class ConfigProblem extends Error {}

/** Reads an awslogs.conf as it is. Keys that awslogs does not have are named in `warnings`, never refused. */
export function parseAwslogsConfig(text: string): ConfigResult {
  const ini = parseIni(text);
  if (!ini.ok) return { ok: false, sentence: `line ${ini.line}: ${ini.reason}.` };
  const general = ini.sections.find((section) => section.name === 'general');
  const warnings: string[] = [];
  for (const key of general?.entries.keys() ?? []) {
    if (!generalKeys.has(key))
      warnings.push(`[general] has a key that this agent does not know and leaves aside: ${key}`);
  }
  const gzip =
    general?.entries.get('use_gzip_http_content_encoding') ?? general?.entries.get('gzip_http_content_encoding');
  try {
    const sections = ini.sections
      .filter((section) => section.name !== 'general')
      .map((section) => readSection(section, { warnings, compress: gzip?.toLowerCase() !== 'false' }));
    if (sections.length === 0) return { ok: false, sentence: 'there is no section that names a file.' };
    const stateFile = general?.entries.get('state_file')?.trim();
    return {
      ok: true,
      config: { stateFile: stateFile === undefined || stateFile === '' ? null : stateFile, sections, warnings },
    };
  } catch (problem) {
    if (problem instanceof ConfigProblem) return { ok: false, sentence: problem.message };
    throw problem;
  }
}

function readSection(section: IniSection, context: { warnings: string[]; compress: boolean }): SectionConfig {
  const fail = (reason: string): never => {
    throw new ConfigProblem(`section [${section.name}]: ${reason}.`);
  };
  const value = (key: string): string | null => {
    const found = section.entries.get(key)?.trim() ?? '';
    return found === '' ? null : found;
  };
  const required = (key: string): string => value(key) ?? fail(`${key} is missing`);
  for (const key of section.entries.keys()) {
    if (!sectionKeys.has(key))
      context.warnings.push(`[${section.name}] has a key that this agent does not know and leaves aside: ${key}`);
  }
  const whole = (key: string, range: { unset: number; min: number; max: number }): number => {
    const written = value(key);
    if (written === null) return range.unset;
    if (!/^\d+$/.test(written)) return fail(`${key} must be a whole number, not "${written}"`);
    const bounded = Math.min(range.max, Math.max(range.min, Number(written)));
    if (bounded !== Number(written))
      context.warnings.push(`[${section.name}] ${key} = ${written} is taken as ${bounded}`);
    return bounded;
  };
  const logGroup = required('log_group_name');
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(logGroup)) fail('log_group_name may hold letters, digits and . - _ / # only');
  const datetimeFormat = value('datetime_format');
  const zone = (value('time_zone') ?? 'LOCAL').toUpperCase();
  if (zone !== 'LOCAL' && zone !== 'UTC') return fail('time_zone must be LOCAL or UTC');
  const startAt = value('initial_position') ?? 'start_of_file';
  if (startAt !== 'start_of_file' && startAt !== 'end_of_file')
    return fail('initial_position must be start_of_file or end_of_file');
  const encodingName = value('encoding') ?? 'utf_8';
  const encoding = findEncoding(encodingName);
  if (encoding === undefined)
    return fail(`encoding "${encodingName}" is not known; Python's names are: ${encodingNames.join(', ')}`);
  return {
    name: section.name,
    file: required('file'),
    logGroup,
    logStream: required('log_stream_name'),
    datetimeFormat,
    zone,
    bufferMs: whole('buffer_duration', { unset: 5000, min: minBufferMs, max: maxBufferMs }),
    batchCount: whole('batch_count', { unset: maxBatchCount, min: 1, max: maxBatchCount }),
    batchBytes: whole('batch_size', { unset: maxBatchBytes, min: 1024, max: maxBatchBytes }),
    startAt,
    encoding,
    startPattern: readStartPattern(value('multi_line_start_pattern'), { datetimeFormat, fail }),
    fingerprintLines: readFingerprintLines(value('file_fingerprint_lines'), fail),
    compress: context.compress,
  };
}

function readStartPattern(
  written: string | null,
  context: { datetimeFormat: string | null; fail: (reason: string) => never },
): RegExp | null {
  if (written === null) return null;
  let source = written;
  if (written === '{datetime_format}') {
    if (context.datetimeFormat === null)
      return context.fail('multi_line_start_pattern = {datetime_format} needs a datetime_format');
    const pattern = datetimePattern(context.datetimeFormat);
    if (pattern === null)
      return context.fail(
        'datetime_format has a % code that is not known here, so that records cannot be told apart by it',
      );
    source = pattern;
  }
  try {
    // Python writes named groups as (?P<name>...).
    return new RegExp(source.replaceAll('(?P<', '(?<'), 'u');
  } catch {
    try {
      return new RegExp(source.replaceAll('(?P<', '(?<'));
    } catch {
      return context.fail('multi_line_start_pattern is not a regular expression that can be read here');
    }
  }
}

function readFingerprintLines(written: string | null, fail: (reason: string) => never): number {
  if (written === null) return 1;
  const range = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(written);
  const last = Number(range?.[2] ?? range?.[1] ?? 0);
  return last >= 1 ? last : fail('file_fingerprint_lines must be a line number or a range such as 1-3');
}

import { firewallPatterns } from './grok/firewalls.ts';
import { servicePatterns } from './grok/services.ts';
import { syslogPatterns } from './grok/syslog.ts';
import { addressPatterns, numberPatterns, timePatterns, wordPatterns } from './grok/values.ts';
import { webPatterns } from './grok/web.ts';

/** By name: the names of the public set, with keys by ECS where ECS has one. */
export const grokPatterns: Readonly<Record<string, string | undefined>> = {
  ...wordPatterns,
  ...numberPatterns,
  ...addressPatterns,
  ...timePatterns,
  ...syslogPatterns,
  ...webPatterns,
  ...servicePatterns,
  ...firewallPatterns,
};

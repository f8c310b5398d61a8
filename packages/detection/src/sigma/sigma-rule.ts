import type { SigmaRule } from '../rules/rule.ts';
import type { SigmaFile } from './parse-sigma.ts';

const usualQuietSeconds = 3_600;

/** A rule of a Sigma file: its own title, author, references and level; alerts by host. */
export function sigmaRule(source: string, file: SigmaFile): SigmaRule {
  const { title, description, author, references, severity } = file;
  return {
    kind: 'sigma',
    title: { ja: title, en: title },
    ...(description === null ? {} : { description: { ja: description, en: description } }),
    ...(author === null ? {} : { author }),
    references,
    requirements: ['pci:4.0.1:10.4.1.1'],
    severity,
    key: ['log.stream'],
    quietSeconds: usualQuietSeconds,
    source,
  };
}

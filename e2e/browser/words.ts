import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../installation/installation.ts';
import type { Language } from './browser.ts';

/** The words that the product shows, by their place in the message files: `proof.verify`. */
export function wordsIn(language: Language): (path: string) => string {
  const file = join(repositoryRoot, 'apps', 'web', 'messages', `${language}.json`);
  const messages: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return (path) => {
    let found: unknown = messages;
    for (const part of path.split('.')) found = (found as Record<string, unknown>)[part];
    if (typeof found !== 'string') throw new Error(`no message ${path}`);
    return found;
  };
}

/**
 * `pci:10.2.1.4`, `pci:3.0:10.2.4`: events by the requirement that asks for them. Numbers mean other things in other versions of
 * the standard, so a version may stand before the number; without one, a number finds what it means in either.
 */

import {
  classCatalogue,
  classesOfRequirement,
  requirementNumbers,
  requirementVersions,
  type EventClass,
  type RequirementVersion,
} from '@akashi/log-event';
import type { Language } from './explain-query-error.ts';
import { foldWidth } from './fold-width.ts';

export interface PciRequirement {
  /** Undefined where none was written. */
  readonly version: RequirementVersion | undefined;
  readonly number: string;
}

/** Requirement 10 kept the numbers of 10.2 from 1.2 to 3.2.1. */
const versionsByName: ReadonlyMap<string, RequirementVersion> = new Map([
  ...['4', '4.0', '4.0.1'].map((name) => [name, '4.0.1'] as const),
  ...['1.2', '1.2.1', '2', '2.0', '3', '3.0', '3.1', '3.2', '3.2.1'].map((name) => [name, '3.0'] as const),
]);

const form = /^(?:v?(\d(?:\.\d){0,2}):)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?$/i;

/** Undefined for text that is no requirement for which there are classes of events. */
export function readRequirement(written: string): PciRequirement | undefined {
  const match = form.exec(foldWidth(written).trim());
  const [, versionName, number = ''] = match ?? [];
  if (match === null) return undefined;
  const version = versionName === undefined ? undefined : versionsByName.get(versionName);
  if (versionName !== undefined && version === undefined) return undefined;
  const requirement = { version, number };
  return classesOf(requirement).length === 0 ? undefined : requirement;
}

export function requirementText({ version, number }: PciRequirement): string {
  return version === undefined ? number : `${version}:${number}`;
}

export function classesOf({ version, number }: PciRequirement): EventClass[] {
  const versions = version === undefined ? requirementVersions : [version];
  return [...new Set(versions.flatMap((each) => classesOfRequirement(each, number)))];
}

/** The versions in which a number has a meaning, each with another; one entry where all agree. */
export function meaningsOf(number: string): readonly RequirementVersion[] {
  const seen = new Set<string>();
  return requirementVersions.filter((version) => {
    const classes = classesOfRequirement(version, number).join(' ');
    return classes !== '' && !seen.has(classes) && seen.add(classes);
  });
}

/** Every value that `pci:` takes: numbers, and a number with its version where it means two things. */
export function requirementValues(): string[] {
  const numbers = [...new Set(requirementVersions.flatMap(requirementNumbers))];
  return numbers.flatMap((number) => {
    const versions = meaningsOf(number);
    return versions.length < 2 ? [number] : [number, ...versions.map((version) => `${version}:${number}`)];
  });
}

/** What a value of `pci:` finds, by version: `4.0.1: Access denied`. */
export function describeRequirement(value: string, language: Language): string {
  const requirement = readRequirement(value);
  if (requirement === undefined) return '';
  const versions = requirement.version === undefined ? meaningsOf(requirement.number) : [requirement.version];
  const all = requirementVersions.filter((each) => classesOfRequirement(each, requirement.number).length > 0);
  return versions
    .map((version) => {
      const name = versions.length === 1 && requirement.version === undefined ? all.join(', ') : version;
      return `${name}: ${wordsOf(classesOfRequirement(version, requirement.number), language)}`;
    })
    .join(' / ');
}

const most = 4;

function wordsOf(classes: readonly EventClass[], language: Language): string {
  const words = classes.slice(0, most).map((name) => classCatalogue[name].word[language]);
  const separator = language === 'ja' ? '、' : ', ';
  return words.join(separator) + (classes.length > most ? ' …' : '');
}

import type { FieldRows } from './event-field.ts';

/** What an event is in the words of Requirement 10, and what it lacks of 10.2.2. */
export const pciFields = {
  'pci.class': ['keyword', 'Class', '分類', 'class', '分類'],
  'pci.missing': ['keyword', 'Missing of the six fields', '6項目の不足', 'missing', '不足'],
} satisfies FieldRows;

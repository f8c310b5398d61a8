import { auditFields } from './audit-fields.ts';
import { cloudFields } from './cloud-fields.ts';
import { databaseFields } from './database-fields.ts';
import { ecsFields } from './ecs-fields.ts';
import type { EventField, FieldRows } from './event-field.ts';
import { hostFields } from './host-fields.ts';
import { networkFields } from './network-fields.ts';
import { ntpFields } from './ntp-fields.ts';
import { pciFields } from './pci-fields.ts';
import { sealedFields } from './sealed-fields.ts';
import { structuralFields } from './structural-fields.ts';
import { windowsFields } from './windows-fields.ts';

/** Unknown keys of a record are searchable below this name (`labels.order_id:42`). */
export const labelPrefix = 'labels.';

/**
 * Every field that an event can have, by its ECS name: the one source of the index mapping, of query typing and of
 * the words that people see. Order is the order of display.
 */
export const eventFields: Readonly<Record<string, EventField>> = Object.freeze({
  ...definitions(structuralFields),
  ...definitions(pciFields),
  ...definitions(ecsFields),
  ...definitions(hostFields),
  ...definitions(networkFields),
  ...definitions(ntpFields),
  ...definitions(auditFields),
  ...definitions(sealedFields),
  ...definitions(windowsFields),
  ...definitions(databaseFields),
  ...definitions(cloudFields),
});

/** Whose a document is. No query names it: the search adapter alone filters by it. */
export const tenantField = 'akashi.tenant';

const namesByAlias = new Map<string, string>();
for (const [name, field] of Object.entries(eventFields)) {
  namesByAlias.set(name.toLowerCase(), name);
  for (const alias of field.aliases ?? []) namesByAlias.set(alias.toLowerCase(), name);
}

/** The catalogued name for a name or alias, in any case of letters; undefined when the catalogue has neither. */
export function resolveFieldName(nameOrAlias: string): string | undefined {
  return namesByAlias.get(nameOrAlias.toLowerCase());
}

const structuralNames = new Set(Object.keys(structuralFields));

/** Whether a field describes how a record arrived and was read (segment, source, parse result) rather than what it says. */
export function isStructuralField(name: string): boolean {
  return structuralNames.has(name);
}

function definitions(rows: FieldRows): Record<string, EventField> {
  const fields: Record<string, EventField> = {};
  for (const [name, [type, en, ja, ...aliases]] of Object.entries(rows)) {
    fields[name] = { type, label: { ja, en }, ...(aliases.length > 0 ? { aliases: [...new Set(aliases)] } : {}) };
  }
  return fields;
}

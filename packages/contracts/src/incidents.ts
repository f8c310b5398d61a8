import { incidentKinds, incidentStates, severities } from '@akashi/policy';
import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { count, moment, queryCursor } from './values.ts';

export const incidentKind = z.enum(incidentKinds);

const detail = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

/** What the product noticed by itself (PCI DSS 10.7.2), with the fields of 10.7.3. Absent: not yet. */
export const incident = z
  .object({
    id: z.uuid(),
    kind: incidentKind,
    severity: z.enum(severities),
    where: z.string().meta({ description: 'The place: `event <id>`, `segment <id>`, `index`, an address' }),
    cause: z.string().meta({ description: 'A code, such as that of a verification’s finding' }),
    details: z.record(z.string(), detail).meta({ description: 'Figures and short words; never log content' }),
    state: z.enum(incidentStates),
    startedAt: moment,
    lastSeenAt: moment,
    endedAt: moment.optional().meta({ description: 'When the cause ended; of what is closed always a moment' }),
    count: count.meta({ description: 'How often it was noticed' }),
    closesByItself: z.boolean().meta({ description: 'Otherwise a person closes it, also when its cause has ended' }),
    acknowledgedBy: z.string().optional(),
    acknowledgedAt: moment.optional(),
    closedBy: z.string().optional().meta({ description: 'Absent as well for what closed by itself' }),
    closedAt: moment.optional(),
    rootCause: z.string().optional().meta({ description: 'What was found to be the cause' }),
    action: z.string().optional().meta({ description: 'What was done to restore the function' }),
    securityIssues: z.string().optional().meta({ description: 'Security issues that arose meanwhile' }),
    furtherAction: z.string().optional().meta({ description: 'What else is to be done as a result' }),
    prevention: z.string().optional().meta({ description: 'What keeps it from happening again' }),
  })
  .meta({ id: 'Incident' });

export type IncidentAnswer = z.infer<typeof incident>;

export const incidentsQuery = z
  .strictObject({
    state: z.enum(incidentStates).optional().meta({ description: '`open` is everything that is not closed' }),
    kind: incidentKind.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: queryCursor.optional(),
  })
  .meta({ id: 'IncidentsQuery' });

export type IncidentsQuery = z.infer<typeof incidentsQuery>;

export const incidentsAnswer = z
  .object({
    items: z.array(incident).meta({ description: 'Newest first' }),
    next: z.string().optional(),
    unfinished: count.meta({ description: 'How many of the organisation are not closed, whatever was asked for' }),
  })
  .meta({ id: 'Incidents' });

export type IncidentsAnswer = z.infer<typeof incidentsAnswer>;

/** Lines of prose; a card number in it is masked. */
const prose = cardData(
  'masked',
  z
    .string()
    .trim()
    .max(2_000)
    // oxlint-disable-next-line no-control-regex -- line breaks and tabs are part of prose
    .refine((text) => !/[\u0000-\u0008\u000b-\u001f\u007f]/u.test(text), 'holds a control character'),
);

export const incidentClosing = z
  .strictObject({
    rootCause: prose.optional(),
    action: prose.refine((text) => text !== '', 'says nothing'),
    securityIssues: prose.optional(),
    furtherAction: prose.optional(),
    prevention: prose.optional(),
  })
  .meta({ id: 'IncidentClosing', description: 'What PCI DSS 10.7.3 asks to be recorded beside the times' });

export type IncidentClosing = z.infer<typeof incidentClosing>;

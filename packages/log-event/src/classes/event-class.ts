/**
 * What an event is in the words of PCI DSS 4.0.1, Requirement 10. An event has any number of them; most have none. What
 * depends on an organisation (which table holds card data, which account is shared) is no class: it is applied when a
 * question is asked.
 */
export const eventClasses = [
  'card-data-access',
  'administrator-action',
  'log-access',
  'access-denied',
  'authentication-use',
  'credential-change',
  'account-change',
  'privilege-elevation',
  'policy-change',
  'log-control',
  'system-object',
  'time-change',
] as const;

export type EventClass = (typeof eventClasses)[number];

/** What PCI DSS 10.2.2 asks of each event. */
export const sixFields = ['user', 'action', 'time', 'outcome', 'origin', 'object'] as const;

export type SixField = (typeof sixFields)[number];

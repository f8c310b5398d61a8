/** What PCI DSS 10.4.1 asks to have reviewed each day, and what 10.4.2 asks from time to time. */
export const areaCategories = [
  'security-events',
  'card-data-systems',
  'critical-systems',
  'security-functions',
  'other',
] as const;

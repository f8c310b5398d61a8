/**
 * Zone abbreviations that mean one offset wherever logs use them. Those with several meanings (IST, CST, BST) are left
 * out: for them the source's own zone decides.
 */
const minutesByName: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  UCT: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  MEZ: 60,
  MESZ: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  HKT: 480,
  SGT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  ACST: 570,
  AEST: 600,
  ACDT: 630,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
};

const byName = new Map(Object.entries(minutesByName));

/** Minutes east of UTC, undefined for an unknown or ambiguous abbreviation. */
export function zoneNameMinutes(name: string): number | undefined {
  return byName.get(name);
}

const ambiguous = new Set(['IST', 'CST', 'BST', 'AST', 'ADT', 'SST', 'GST']);

export function isZoneName(name: string): boolean {
  return byName.has(name) || ambiguous.has(name);
}

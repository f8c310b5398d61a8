import { labels, mostWords, sections, type Section } from './rendered-labels.ts';

/**
 * Adds what the rendered text of an event says to its data: in lines as Windows renders it, or in one line as shippers
 * make of it. False when one line can be read in two ways: a label twice in one section may be what somebody typed.
 */
export function readRenderedText(data: Map<string, string>, message: string): boolean {
  const isLines = /[\n\t]/.test(message);
  const found = isLines ? labelsOfLines(message) : labelsOfWords(message);
  const values = new Map<string, string>();
  const doubtful = new Set<string>();
  let section: Section | undefined;
  for (const { label, value } of found) {
    const begun = value === '' ? sections.get(label) : undefined;
    if (begun !== undefined) {
      section = begun;
      continue;
    }
    const name = nameOf(label, section);
    if (name === undefined) continue;
    if (values.has(name)) doubtful.add(name);
    else values.set(name, oneWord.has(name) ? firstWord(value) : value);
  }
  // Of two codes of one refusal the less exact one would stand alone.
  if (doubtful.has('SubStatus')) doubtful.add('Status');
  for (const [name, value] of values) {
    if ((isLines || !doubtful.has(name)) && !data.has(name)) data.set(name, value);
  }
  return isLines || doubtful.size === 0;
}

/** Values without blanks, whatever labels follow that the table does not have. */
const oneWord = new Set(
  'LogonType IpAddress IpPort DestAddress DestPort Status SubStatus ProcessId NewProcessId TargetLogonId SubjectLogonId TargetUserSid SubjectUserSid TargetSid'.split(
    ' ',
  ),
);

function firstWord(value: string): string {
  const blank = value.indexOf(' ');
  return blank < 0 || value.includes('\\') ? value : value.slice(0, blank);
}

interface FoundLabel {
  label: string;
  value: string;
}

function nameOf(label: string, section: Section | undefined): string | undefined {
  const name = labels.get(label);
  if (name === undefined || !name.startsWith('+')) return name;
  const part = name.slice(1);
  if (section === 'Other' || section === 'Process') return undefined;
  if (section === 'Member') return part === 'UserSid' ? 'MemberSid' : part === 'UserName' ? 'MemberName' : undefined;
  if (section === 'Group') return part === 'UserSid' ? 'TargetSid' : part === 'UserName' ? 'TargetUserName' : undefined;
  return (section === 'Subject' ? 'Subject' : 'Target') + (part === 'Sid' ? 'UserSid' : part);
}

/** A label begins its line; blanks and tabs lead its value. */
function labelsOfLines(message: string): FoundLabel[] {
  const found: FoundLabel[] = [];
  for (const line of message.split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const label = line.slice(0, colon).trim();
    if (labels.has(label) || sections.has(label)) found.push({ label, value: line.slice(colon + 1).trim() });
  }
  return found;
}

/** A label ends at a colon, and is the longest run of words before it that is one. */
function labelsOfWords(message: string): FoundLabel[] {
  const found: FoundLabel[] = [];
  let floor = 0;
  for (let colon = message.indexOf(':'); colon >= 0; colon = message.indexOf(':', colon + 1)) {
    const start = labelStart(message, colon, floor);
    if (start < 0) continue;
    const last = found.at(-1);
    if (last !== undefined) last.value = beforeGap(message.slice(floor, start));
    found.push({ label: message.slice(start, colon), value: '' });
    floor = colon + 1;
  }
  const last = found.at(-1);
  if (last !== undefined) last.value = beforeGap(message.slice(floor));
  return found;
}

function labelStart(message: string, colon: number, floor: number): number {
  let best = -1;
  let at = colon;
  for (let words = 0; words < mostWords && at > floor; words++) {
    let start = at;
    while (start > floor && message.charCodeAt(start - 1) !== 32 && colon - start < 64) start--;
    if (start > floor && message.charCodeAt(start - 1) !== 32) break;
    const label = message.slice(start, colon);
    if (labels.has(label) || sections.has(label)) best = start;
    at = start - 1;
    if (message.charCodeAt(at - 1) === 32) break;
  }
  return best;
}

const explanation = / {2}| This event is generated| このイベントは/;

/** Where two blanks stand another part begins, or what Windows explains of the event. */
function beforeGap(written: string): string {
  const value = written.trim();
  const gap = value.search(explanation);
  return gap < 0 ? value : value.slice(0, gap);
}

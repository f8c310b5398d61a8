/**
 * `/home/alice ; USER=root ; GROUP=adm ; TSID=000001 ; ENV=A=b ; COMMAND=/bin/ls -l ; SIGNAL=TERM ; EXIT=143`: what sudo
 * logs from the working directory on, in this order. Its user chooses the directory's name, the environment and the command,
 * so that each may hold such pairs again.
 */

export interface RunAs {
  directory: string;
  user: string;
  /** '' where they are not said. */
  group: string;
  session: string;
  environment: string;
  command: string | undefined;
  /** The text can be read in more than one way. */
  isDoubtful: boolean;
}

const separator = ' ; ';
const userKey = 'USER=';
const accounts =
  /USER=([^;]{0,256}?)(?: ; GROUP=([^;]{0,256}?))?(?: ; TSID=([\w/%{}-]{1,128}))?(?: ; (ENV=|COMMAND=)| ?;?\s*$)/y;
const commandKey = ' ; COMMAND=';
const maxReadings = 32;

/**
 * Undefined when no user is named. A directory that holds a whole other message makes two: of those, the one that ran as
 * root counts, else the last, and the reading is doubtful.
 */
export function findRunAs(text: string): RunAs | undefined {
  const readings: RunAs[] = [];
  let at = text.startsWith(userKey) ? 0 : next(text, 0);
  for (; at >= 0 && readings.length < maxReadings; at = next(text, at)) {
    const reading = readAt(text, at);
    if (reading !== undefined) readings.push(reading);
  }
  const complete = readings.filter(({ command }) => command !== undefined);
  const able = complete.length > 0 ? complete : readings;
  const chosen = able.find(({ user }) => user === 'root' || user === '#0') ?? able.at(-1);
  if (chosen === undefined || able.length < 2) return chosen;
  return { ...chosen, group: '', session: '', environment: '', isDoubtful: true };
}

function next(text: string, from: number): number {
  const found = text.indexOf(separator + userKey, from);
  return found < 0 ? -1 : found + separator.length;
}

function readAt(text: string, at: number): RunAs | undefined {
  accounts.lastIndex = at;
  const match = accounts.exec(text);
  if (match === null) return undefined;
  const [, user = '', group = '', session = '', key] = match;
  const directory = text.slice(0, Math.max(0, at - separator.length));
  const reading = { directory, user, group, session, environment: '', isDoubtful: false };
  const rest = text.slice(accounts.lastIndex);
  if (key === 'COMMAND=') return { ...reading, command: rest };
  if (key === undefined) return { ...reading, command: undefined };
  const commandAt = rest.lastIndexOf(commandKey);
  if (commandAt < 0) return { ...reading, environment: rest, command: undefined };
  return {
    ...reading,
    environment: rest.slice(0, commandAt),
    command: rest.slice(commandAt + commandKey.length),
    isDoubtful: rest.indexOf(commandKey) !== commandAt,
  };
}

const ending = /^( ; SIGNAL=([A-Z0-9+-]{1,16}))?(?: ; EXIT=(\d{1,3}))?$/;
const maxEndingChars = 48;

/** What sudo adds when a command has ended stands behind it. */
export function commandOf(text: string): { command: string; signal: string | undefined; exitCode: string | undefined } {
  const from = Math.max(0, text.length - maxEndingChars);
  for (let at = text.indexOf(separator, from); at >= 0; at = text.indexOf(separator, at + 1)) {
    const match = ending.exec(text.slice(at));
    if (match !== null) return { command: text.slice(0, at), signal: match[2], exitCode: match[3] };
  }
  return { command: text, signal: undefined, exitCode: undefined };
}

import { commands, type Command, type CommandId } from './commands.ts';

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  keyCode: number;
}

/** Where the key went: text is being typed, a control answers Enter and Space itself, or neither. */
export type KeyTarget = 'text' | 'control' | 'page';

export type KeyMatch = { kind: 'command'; id: CommandId } | { kind: 'prefix'; key: string } | { kind: 'none' };

interface MatchOptions {
  target: KeyTarget;
  /** The first key of a two-key sequence that is still waiting for its second. */
  prefix: string | null;
  singleKeys: boolean;
  bound: ReadonlySet<CommandId>;
}

/**
 * The command a key press means. Nothing during input-method composition (also not the confirming Enter that Safari
 * sends after it, key code 229), and no plain key while text is being typed.
 */
export function matchKeys(press: KeyPress, options: MatchOptions): KeyMatch {
  if (press.isComposing || press.keyCode === 229 || press.altKey) return { kind: 'none' };
  const modified = press.ctrlKey || press.metaKey;
  const available = commands.filter((command) => options.bound.has(command.id));
  if (modified) return matchOf(available, `mod+${press.key.toLowerCase()}`);
  if (options.target === 'text') return { kind: 'none' };
  if (options.target === 'control' && (press.key === 'Enter' || press.key === ' ')) return { kind: 'none' };
  if (!options.singleKeys && press.key.length === 1) return { kind: 'none' };
  if (options.prefix !== null) return matchOf(available, `${options.prefix} ${press.key}`);
  const match = matchOf(available, press.key);
  if (match.kind === 'command') return match;
  const opensSequence = available.some((command) => command.keys.some((keys) => keys.startsWith(`${press.key} `)));
  return opensSequence ? { kind: 'prefix', key: press.key } : { kind: 'none' };
}

function matchOf(available: readonly Command[], keys: string): KeyMatch {
  const command = available.find((candidate) => candidate.keys.includes(keys));
  return command ? { kind: 'command', id: command.id } : { kind: 'none' };
}

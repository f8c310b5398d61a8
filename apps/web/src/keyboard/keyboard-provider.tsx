'use client';

import { createContext, useContext, useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react';
import type { CommandId } from './commands.ts';
import { matchKeys, type KeyTarget } from './match-keys.ts';

type Handler = () => void;

/** Something the palette offers beside the commands: a row of the page, a saved view, a person. */
export interface Offer {
  id: string;
  label: string;
  hint?: string;
  run: Handler;
}

interface Keyboard {
  register: (handlers: Partial<Record<CommandId, Handler>>) => () => void;
  run: (id: CommandId) => void;
  bound: () => ReadonlySet<CommandId>;
  /** Calls back whenever commands are bound or no longer; answers what ends that. */
  onBound: (changed: Handler) => () => void;
  offer: (read: () => readonly Offer[]) => () => void;
  offers: () => readonly Offer[];
  singleKeys: boolean;
  setSingleKeys: (on: boolean) => void;
}

const KeyboardContext = createContext<Keyboard | null>(null);
const storageKey = 'akashi-single-keys';
/** As long as a person needs for the second key of `g e`. */
const sequenceMilliseconds = 1500;

const settingEvent = 'akashi-single-keys-change';

function readSetting(): boolean {
  return window.localStorage.getItem(storageKey) !== 'off';
}

function onSettingChange(changed: () => void): () => void {
  window.addEventListener(settingEvent, changed);
  window.addEventListener('storage', changed);
  return () => {
    window.removeEventListener(settingEvent, changed);
    window.removeEventListener('storage', changed);
  };
}

export function KeyboardProvider({ children }: { children: ReactNode }) {
  const handlers = useRef(new Map<CommandId, Handler[]>());
  const sources = useRef(new Set<() => readonly Offer[]>());
  const watchers = useRef(new Set<Handler>());
  const singleKeys = useSyncExternalStore(onSettingChange, readSetting, () => true);

  const keyboard = useMemo<Keyboard>(() => {
    const run = (id: CommandId) => handlers.current.get(id)?.at(-1)?.();
    const tell = () => {
      for (const changed of watchers.current) changed();
    };
    return {
      run,
      onBound: (changed) => {
        watchers.current.add(changed);
        return () => void watchers.current.delete(changed);
      },
      bound: () => new Set([...handlers.current].filter(([, list]) => list.length > 0).map(([id]) => id)),
      register: (added) => {
        const entries = Object.entries(added) as [CommandId, Handler][];
        for (const [id, handler] of entries) handlers.current.set(id, [...(handlers.current.get(id) ?? []), handler]);
        tell();
        return () => {
          for (const [id, handler] of entries) {
            handlers.current.set(
              id,
              (handlers.current.get(id) ?? []).filter((known) => known !== handler),
            );
          }
          tell();
        };
      },
      offer: (read) => {
        sources.current.add(read);
        return () => void sources.current.delete(read);
      },
      offers: () => [...sources.current].flatMap((read) => read()),
      singleKeys,
      setSingleKeys: (on) => {
        window.localStorage.setItem(storageKey, on ? 'on' : 'off');
        window.dispatchEvent(new Event(settingEvent));
      },
    };
  }, [singleKeys]);

  useEffect(() => {
    let prefix: { key: string; at: number } | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const pending = prefix !== null && event.timeStamp - prefix.at < sequenceMilliseconds ? prefix.key : null;
      prefix = null;
      const match = matchKeys(event, {
        target: targetOf(event.target),
        prefix: pending,
        singleKeys: keyboard.singleKeys,
        bound: keyboard.bound(),
      });
      if (match.kind === 'prefix') prefix = { key: match.key, at: event.timeStamp };
      if (match.kind !== 'command') return;
      event.preventDefault();
      keyboard.run(match.id);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [keyboard]);

  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>;
}

function targetOf(target: EventTarget | null): KeyTarget {
  if (!(target instanceof HTMLElement)) return 'page';
  // Nothing is typed into these: the page's keys go on working where a line is chosen.
  const isChoice = target.matches('input[type="checkbox"], input[type="radio"]');
  if (!isChoice && target.closest('input, textarea, select, [contenteditable="true"], .cm-editor')) return 'text';
  // An open dialog or menu owns its keys; the page behind it stays still.
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return 'text';
  return isChoice || target.closest('button, a, summary, [role="tab"], [role="button"]') ? 'control' : 'page';
}

export function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext);
  if (!keyboard) throw new Error('useKeyboard needs a KeyboardProvider above it');
  return keyboard;
}

/** The commands that are bound on the page now, in no order; none on the server. */
export function useBoundCommands(): readonly CommandId[] {
  const { bound, onBound } = useKeyboard();
  const names = useSyncExternalStore(
    onBound,
    () => [...bound()].toSorted().join(' '),
    () => '',
  );
  return useMemo(() => names.split(' ').filter(Boolean) as CommandId[], [names]);
}

/** Binds commands while the calling component is on the screen; the latest binding of a command wins. */
export function useCommands(handlers: Partial<Record<CommandId, Handler>>): void {
  const { register } = useKeyboard();
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const names = Object.keys(handlers).toSorted().join(' ');
  useEffect(() => {
    const ids = names.split(' ').filter(Boolean) as CommandId[];
    return register(Object.fromEntries(ids.map((id) => [id, () => latest.current[id]?.()])));
  }, [names, register]);
}

/** Offers things in the palette while the calling component is on the screen. */
export function useOffers(offers: readonly Offer[]): void {
  const { offer } = useKeyboard();
  const latest = useRef(offers);
  useEffect(() => {
    latest.current = offers;
  });
  useEffect(() => offer(() => latest.current), [offer]);
}

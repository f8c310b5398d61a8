'use client';

import { useSyncExternalStore } from 'react';

const subscribe = () => () => {};
const isMac = () => navigator.userAgent.includes('Mac');

export function KeyHint({ keys }: { keys: string }) {
  const mac = useSyncExternalStore(subscribe, isMac, () => false);
  const text = keys.replace('mod+k', mac ? '⌘K' : 'Ctrl+K').replace('Escape', 'Esc');
  return (
    <span className="inline-flex gap-1">
      {text.split(' ').map((key) => (
        <kbd
          key={key}
          className="min-w-6 rounded-[4px] border border-edge px-1 text-center font-sans text-meta text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}

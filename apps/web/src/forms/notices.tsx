'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';

export interface Notice {
  text: string;
  /** A step that takes the thing back; never for what is signed or sealed. */
  undo?: () => void;
}

const NoticeContext = createContext<((notice: Notice) => void) | null>(null);
const shownMilliseconds = 8000;

/** One line at the foot of the page about what was just done; read out politely, gone after a while unless held. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const t = useTranslations('forms');
  const [notice, setNotice] = useState<Notice | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hold = useCallback(() => clearTimeout(timer.current), []);
  const release = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setNotice(null), shownMilliseconds);
  }, []);
  const show = useCallback(
    (next: Notice) => {
      setNotice(next);
      release();
    },
    [release],
  );
  return (
    <NoticeContext value={show}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-0 bottom-12 z-40 flex justify-center px-4 max-sm:bottom-16 print:hidden"
      >
        {notice && (
          // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- pointing at it or being in it only keeps it
          <div
            className="floating pointer-events-auto flex items-center gap-3 py-1 pr-1 pl-4"
            onPointerEnter={hold}
            onPointerLeave={release}
            onFocus={hold}
            onBlur={release}
          >
            {notice.text}
            {notice.undo && (
              <Button
                className="control control-quiet control-small text-accent"
                onPress={() => {
                  notice.undo?.();
                  setNotice(null);
                }}
              >
                {t('undo')}
              </Button>
            )}
            <Button
              className="control control-quiet control-small"
              aria-label={t('dismiss')}
              onPress={() => setNotice(null)}
            >
              <X size={16} aria-hidden />
            </Button>
          </div>
        )}
      </div>
    </NoticeContext>
  );
}

/** Says what was just done: `notify({ text: t('saved') })`. */
export function useNotify(): (notice: Notice) => void {
  const show = useContext(NoticeContext);
  if (!show) throw new Error('useNotify needs a NoticeProvider above it');
  return show;
}

'use client';

import type { ReactNode } from 'react';
import { LanguageSwitch } from '../frame/language-switch.tsx';
import { ThemeSwitch } from '../frame/theme-switch.tsx';
import { SealSquare } from '../seal/seal-mark.tsx';

/** The pages before anybody is signed in: one column, the product's name, and language and theme at the foot. */
export function SignInFrame({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[1fr_auto]">
      <main className="flex items-start justify-center p-6 pt-[12vh] max-sm:pt-10">
        <div className="w-full max-w-[400px]">
          <p className="mb-8 flex items-center gap-2 text-title font-medium">
            <SealSquare state="proven" size={28} /> Akashi
          </p>
          {children}
        </div>
      </main>
      <footer className="flex items-center justify-center gap-4 border-t border-line p-3">
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </div>
  );
}

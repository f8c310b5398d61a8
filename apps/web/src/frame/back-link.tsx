'use client';

import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

/** The way to the list that a page belongs to. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="-mt-2 mb-3 print:hidden">
      <Link
        href={href}
        className="inline-flex min-h-6 items-center gap-1 text-accent underline-offset-2 hover:underline"
      >
        <ChevronLeft size={16} aria-hidden />
        {children}
      </Link>
    </p>
  );
}

import type { Language, RunHead } from '../rows/run-head.ts';

export interface RenderTask {
  readonly head: RunHead;
  readonly format: 'csv' | 'pdf';
  readonly language: Language;
}

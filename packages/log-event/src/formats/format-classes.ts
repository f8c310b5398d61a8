import type { ClassTable } from '../classes/class-table.ts';
import { sshdClasses } from './sshd/classes.ts';

/** The class table of each format, by the format's name. A format that is not here has classes only by its reader. */
export const formatClasses: ReadonlyMap<string, ClassTable> = new Map([['sshd', sshdClasses]]);

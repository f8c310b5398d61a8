import type { ClassTables } from '../classes/place-classes.ts';
import { sshdClasses } from './sshd/classes.ts';

/** The class table of each format, by the format's name. A format that is not here has classes only by its reader. */
export const formatClasses: ClassTables = new Map([['sshd', sshdClasses]]);

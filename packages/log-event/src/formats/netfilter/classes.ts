import { classTable } from '../../classes/class-table.ts';

/** Refused packets (PCI DSS 10.2.1.4). */
export const netfilterClasses = classTable({ netfilter_denied: 'access-denied' });

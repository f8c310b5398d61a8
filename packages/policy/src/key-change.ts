/** PCI DSS 3.7.4: how long a data key and a signing key are in use, in days of 24 hours. Inbox keys change daily. */
export const keyChangeDays = 365;

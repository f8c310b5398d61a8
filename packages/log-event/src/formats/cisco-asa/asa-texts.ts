/** Parts that the texts of Cisco's ASA share. */

export const endpoint = '(\\S{1,128})';
/** The translated address, the user and the security group that may stand behind an address. */
export const more = '(?: ?\\([^()]{0,128}\\)){0,3}';
export const user = '(.{0,256})';

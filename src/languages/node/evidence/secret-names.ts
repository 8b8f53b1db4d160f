/** Names of variables whose value is nobody's business. */
export const SECRET = /SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|API_?KEY/i;

/** A password in an address: `postgres://app:secret@db`. */
export const CREDENTIALS = /:\/\/[^/\s@]*:[^/\s@]+@/;

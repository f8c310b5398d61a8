/** Where the API's configurations leave room for the key, which only whoever made it knows. */
const keyPlace = '$INGEST_KEY';

/** The command with the key in it; as it is when the key is not known. */
export function withSecret(command: string, secret: string | null): string {
  return secret === null ? command : command.replaceAll(keyPlace, secret);
}

import { SyncError } from "../errors.ts";

/** The one name under which a secret is kept. A slash in the scope would let two secrets share it. */
export function accountOf(scope: string, name: string): string {
  if (!/^[\w.-]{1,64}$/.test(scope)) {
    throw new SyncError("bug", `Cannot keep a secret: "${scope}" is not a provider id`);
  }
  return `${scope}/${name}`;
}

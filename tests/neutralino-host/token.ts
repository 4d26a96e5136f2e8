import { randomBytes } from "node:crypto";

/** What the host's pages and extensions show to be let in. */
export interface Tokens {
  /** 97 characters with a dot after 47; goes with every native call. */
  readonly access: string;
  /** The part behind the dot; opens the socket. */
  readonly connect: string;
}

export function createTokens(): Tokens {
  const text = randomBytes(72).toString("base64url");
  const connect = text.slice(47);
  return { access: `${text.slice(0, 47)}.${connect}`, connect };
}

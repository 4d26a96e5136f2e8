import * as v from "valibot";
import type { Secrets } from "../../platform/ports.ts";

const TokenSetSchema = v.object({
  accessToken: v.string(),
  /** Null where the site gave none: the implicit flow. */
  refreshToken: v.nullable(v.string()),
  /** Milliseconds since the Unix epoch, null when the site did not say. */
  expiresAt: v.nullable(v.number()),
});

/** What a sign-in through OAuth has brought. Kept as one value, so that a rotation replaces all of it at once. */
export type TokenSet = v.InferOutput<typeof TokenSetSchema>;

/** The tokens of a sign-in; null when there are none, or none that can be read. */
export async function readTokens(
  secrets: Pick<Secrets, "get">,
  provider: string,
  scheme: string,
): Promise<TokenSet | null> {
  return parse(TokenSetSchema, await secrets.get(provider, scheme));
}

/** Replaces the tokens of a sign-in, atomically. */
export async function writeTokens(
  secrets: Pick<Secrets, "set">,
  provider: string,
  scheme: string,
  tokens: TokenSet,
): Promise<void> {
  await secrets.set(provider, scheme, JSON.stringify(tokens));
}

const ClientSchema = v.object({
  id: v.string(),
  /** Null for an app that was registered without one: it signs in by the implicit flow. */
  secret: v.nullable(v.string()),
});

/** The app that the user has registered with the site. */
export type OAuthClient = v.InferOutput<typeof ClientSchema>;

/** The registered app, null before the user has entered one. */
export async function readClient(
  secrets: Pick<Secrets, "get">,
  provider: string,
  scheme: string,
): Promise<OAuthClient | null> {
  return parse(ClientSchema, await secrets.get(provider, clientName(scheme)));
}

/** Keeps the registered app; null forgets it. */
export async function writeClient(
  secrets: Pick<Secrets, "set" | "delete">,
  provider: string,
  scheme: string,
  client: OAuthClient | null,
): Promise<void> {
  if (client === null) return await secrets.delete(provider, clientName(scheme));
  await secrets.set(provider, clientName(scheme), JSON.stringify(client));
}

/** Schemes are named in lower case without dots, so this is never the name of one. */
function clientName(scheme: string): string {
  return `${scheme}.client`;
}

function parse<T extends v.GenericSchema>(schema: T, kept: string | null): v.InferOutput<T> | null {
  if (kept === null) return null;
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), kept);
  return result.success ? result.output : null;
}

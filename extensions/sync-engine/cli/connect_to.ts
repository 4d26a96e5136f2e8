import * as v from "valibot";
import { SyncError } from "../platform/errors.ts";

const ConnectToSchema = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * Reads `MMFSYNC_CONNECT_TO`: a JSON object from origin to the loopback origin that stands in for it.
 *
 * @throws {SyncError} `badInput` for anything else: credentials must not be led astray by a variable.
 */
export function parseConnectTo(text: string | undefined): Record<string, string> {
  if (!text) return {};
  const parsed = v.safeParse(ConnectToSchema, text);
  if (!parsed.success) {
    throw new SyncError(
      "badInput",
      'Cannot read MMFSYNC_CONNECT_TO: write {"https://site": "http://127.0.0.1:port"}',
    );
  }
  for (const [from, to] of Object.entries(parsed.output)) {
    if (!URL.canParse(from)) {
      throw new SyncError("badInput", `Cannot read MMFSYNC_CONNECT_TO: "${from}" is no origin`);
    }
    if (!LOOPBACK.has(URL.parse(to)?.hostname ?? "")) {
      throw new SyncError(
        "badInput",
        `MMFSYNC_CONNECT_TO may only lead to this computer, not to "${to}"`,
      );
    }
  }
  return parsed.output;
}

/** The measured part of our side: reads one file as `verify` does. */
import { verifyFile } from "../../extensions/sync-engine/files/verify.ts";
import { createDiskFs } from "../../extensions/sync-engine/platform/fs.ts";

const [path = "", size, sha256 = ""] = Deno.args;
const verdict = await verifyFile(createDiskFs(), path, { size: Number(size), sha256 });
Deno.exit(verdict === "OK" ? 0 : 1);

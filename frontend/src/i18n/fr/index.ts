import type { Dictionary } from "../dictionary.ts";
import { accounts } from "./accounts.ts";
import { common } from "./common.ts";
import { downloads } from "./downloads.ts";
import { explorer } from "./explorer.ts";
import { importing } from "./import.ts";
import { library } from "./library.ts";
import { onDisk } from "./on_disk.ts";
import { settings } from "./settings.ts";
import { verify } from "./verify.ts";

export const dictionary: Dictionary = {
  ...common,
  views: { accounts, downloads, explorer, import: importing, library, onDisk, settings, verify },
};

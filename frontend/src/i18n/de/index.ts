import { downloads } from "../en/downloads.ts";
import { explorer } from "../en/explorer.ts";
import { library } from "../en/library.ts";
import { settings } from "../en/settings.ts";
import type { Dictionary } from "../dictionary.ts";
import { accounts } from "./accounts.ts";
import { common } from "./common.ts";

export const dictionary: Dictionary = {
  ...common,
  views: { accounts, downloads, explorer, library, settings },
};

import * as v from "valibot";

const ExtensionSchema = v.object({
  id: v.string(),
  command: v.optional(v.string()),
  commandLinux: v.optional(v.string()),
  commandDarwin: v.optional(v.string()),
  commandWindows: v.optional(v.string()),
});

/** What the host reads of `neutralino.config.json`, as far as the window mode of this stand-in goes. */
const ConfigSchema = v.object({
  applicationId: v.string(),
  version: v.optional(v.string()),
  url: v.optional(v.string(), "/"),
  documentRoot: v.optional(v.string(), ""),
  tokenSecurity: v.optional(v.picklist(["one-time", "none"]), "one-time"),
  enableNativeAPI: v.optional(v.boolean(), false),
  enableExtensions: v.optional(v.boolean(), false),
  nativeAllowList: v.optional(v.array(v.string())),
  nativeBlockList: v.optional(v.array(v.string())),
  serverHeaders: v.optional(v.record(v.string(), v.string()), {}),
  extensions: v.optional(v.array(ExtensionSchema), []),
  modes: v.object({
    window: v.object({
      title: v.optional(v.string(), ""),
      hidden: v.optional(v.boolean(), false),
      exitProcessOnClose: v.optional(v.boolean(), true),
    }),
  }),
});

export type HostConfig = v.InferOutput<typeof ConfigSchema>;
export type Extension = HostConfig["extensions"][number];

/** @throws {v.ValiError} */
export function parseConfig(text: string): HostConfig {
  return v.parse(v.pipe(v.string(), v.parseJson(), ConfigSchema), text);
}

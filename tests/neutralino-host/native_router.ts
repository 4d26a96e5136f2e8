import * as v from "valibot";
import type { HostConfig } from "./config.ts";

/** What a native method is given, and what it answers as `data`. */
export type NativeMethod = (data: unknown) => Answer | Promise<Answer>;
export type NativeMethods = Readonly<Record<string, NativeMethod>>;

/** `data` of an answer. */
export type Answer =
  | { readonly success: true; readonly returnValue?: unknown }
  | { readonly error: { readonly code: string; readonly message: string } };

const MessageSchema = v.object({
  id: v.string(),
  method: v.string(),
  accessToken: v.string(),
  data: v.optional(v.unknown(), null),
});

const MESSAGES = {
  NE_RT_INVTOKN: () => "Invalid or expired NL_TOKEN value from client",
  NE_RT_APIPRME: () => "Missing permission to access Native API",
  NE_RT_NATPRME: (name: string) => `Missing permission to execute the native method: ${name}`,
  NE_RT_NATNTIM: (name: string) => `${name} is not implemented in the Neutralinojs server`,
  NE_RT_NATRTER: (name: string) =>
    `Native method execution error occurred. Required parameter is missing: ${name}`,
  NE_EX_EXTNOTC: (name: string) => `${name} is not connected yet`,
} as const;

/** A refusal as the host words it. */
export function refusal(code: keyof typeof MESSAGES, name = ""): Answer {
  return { error: { code, message: MESSAGES[code](name) } };
}

/** Checks token and permission, and runs the method. Null: the message is none, and the host is silent. */
export async function executeNative(
  text: string,
  accessToken: string,
  config: HostConfig,
  methods: NativeMethods,
): Promise<string | null> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), MessageSchema), text);
  if (!parsed.success) return null;
  const { id, method, data, ...given } = parsed.output;
  const answer = given.accessToken === accessToken
    ? await permitted(method, data, config, methods)
    : refusal("NE_RT_INVTOKN");
  return JSON.stringify({ id, method, data: answer });
}

async function permitted(
  name: string,
  data: unknown,
  config: HostConfig,
  methods: NativeMethods,
): Promise<Answer> {
  if (!config.enableNativeAPI) return refusal("NE_RT_APIPRME");
  if (!mayCall(name, config)) return refusal("NE_RT_NATPRME", name);
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) return refusal("NE_RT_NATNTIM", name);
  try {
    return await method(data);
  } catch (error) {
    const [missing] = v.isValiError(error) ? error.issues : [];
    return refusal("NE_RT_NATRTER", missing ? v.getDotPath(missing) ?? "" : "");
  }
}

/** A block list, even an empty one, makes the host ignore the allow list. */
function mayCall(name: string, { nativeAllowList, nativeBlockList }: HostConfig): boolean {
  if (nativeBlockList) return !listed(name, nativeBlockList);
  return nativeAllowList ? listed(name, nativeAllowList) : true;
}

function listed(name: string, list: readonly string[]): boolean {
  return list.includes(name) || list.includes(`${name.split(".")[0]}.*`);
}

import { SyncError } from "../errors.ts";
import type { Secrets } from "../ports.ts";
import { accountOf } from "./account_of.ts";

const SERVICE = "MyMiniFactory Sync";

/** What is used of an entry of `@napi-rs/keyring`. */
export interface KeychainEntry {
  getSecret(): Promise<number[] | null>;
  setSecret(secret: Uint8Array): Promise<void>;
  deleteCredential(): Promise<boolean>;
}

/** What is used of `@napi-rs/keyring`. */
export interface KeychainModule {
  readonly AsyncEntry: new (
    service: string,
    account: string,
    options: { readonly linux: { readonly store: "secret-service" } },
  ) => KeychainEntry;
}

export interface OpenKeychainOptions {
  /**
   * Keeps the entries of a profile, test or demo apart from everybody else's.
   *
   * @default {""}
   */
  readonly namespace?: string;
  /** @default {() => import("@napi-rs/keyring")} */
  readonly load?: () => Promise<KeychainModule>;
}

/**
 * The keychain of the operating system: Secret Service, macOS Keychain or Windows Credential Manager.
 * Nothing is asked of it until the first call.
 *
 * Windows holds 2560 bytes an entry, so values are kept as bytes and not as text, which would be UTF-16
 * there. The calls run on threads of the native module; the event loop goes on meanwhile, also while
 * the system asks the user to unlock.
 *
 * @throws {SyncError} `permission` when there is no native module for this machine.
 */
export async function openKeychain(options: OpenKeychainOptions = {}): Promise<Secrets> {
  // Loaded here and not at the top: an engine with an encrypted file runs where the module does not.
  const { namespace = "", load = () => import("@napi-rs/keyring") } = options;
  const service = namespace === "" ? SERVICE : `${SERVICE} (${namespace})`;
  const { AsyncEntry } = await refusing("open", load);

  const withEntry = async <T>(
    action: string,
    scope: string,
    name: string,
    use: (entry: KeychainEntry) => Promise<T>,
  ): Promise<T> => {
    const account = accountOf(scope, name);
    // Without a Secret Service the module would fall back to the kernel's keyring, which forgets
    // everything at the next start.
    const store = { linux: { store: "secret-service" as const } };
    return await refusing(action, () => use(new AsyncEntry(service, account, store)));
  };

  return {
    get: (scope, name) =>
      withEntry("read from", scope, name, async (entry) => {
        const bytes = await entry.getSecret();
        return bytes && new TextDecoder().decode(Uint8Array.from(bytes));
      }),
    set: (scope, name, value) =>
      withEntry(
        "write to",
        scope,
        name,
        (entry) => entry.setSecret(new TextEncoder().encode(value)),
      ),
    delete: (scope, name) =>
      withEntry("delete from", scope, name, async (entry) => void await entry.deleteCredential()),
  };
}

async function refusing<T>(action: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SyncError("permission", `Cannot ${action} the system's keychain: ${why}`, { cause });
  }
}

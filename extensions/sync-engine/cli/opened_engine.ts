import type { EngineDoor } from "../engine_door.ts";
import type { Emit } from "../protocol.ts";

export type { EngineDoor };

/** How an engine is to be put together. Paths absolute. */
export interface EngineSetup {
  readonly profile: string;
  /** Whether it is the user's own profile, whose keychain entries have no prefix. */
  readonly ownProfile: boolean;
  /** Whether it stays open for a window: then it fetches at once what is queued by hand. */
  readonly hosted: boolean;
  /** Works beside another engine on the profile, and changes nothing. */
  readonly readOnly: boolean;
  /** Library root whatever is remembered, null for the remembered one. Only read. */
  readonly root: string | null;
  /** Library root until the user chooses another. */
  readonly defaultRoot: string;
  /** Passphrase of the encrypted secrets file, null for the keychain. */
  readonly key: string | null;
  /** A simulated site: its credentials are forgotten at the end, and its requests are not paced. */
  readonly simulated: boolean;
  /** Origins whose connections go elsewhere. */
  readonly connectTo: Readonly<Record<string, string>>;
  /** Whether windows of the app may be opened on sites: where the user sits at this computer. */
  readonly opensWindows: boolean;
  readonly emit: Emit;
}

/** A running engine and the end of it. */
export interface OpenedEngine {
  readonly engine: EngineDoor;
  close(): Promise<void>;
}
